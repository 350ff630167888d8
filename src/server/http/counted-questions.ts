import type { Plugin } from 'graphql-yoga';
import type { Questions } from '../../scheduling/questions.ts';
import { requestState } from './request-state.ts';

/** Counts the requests that are being answered as questions, so that imports and files let them go first. Must come after the plugins that answer other requests. */
export function useCountedQuestions(questions: Questions): Plugin {
  const answered = new WeakMap<Request, () => void>();
  return {
    onRequest({ request }) {
      answered.set(request, questions.begin(requestState(request)));
    },
    onResponse({ request }) {
      answered.get(request)?.();
    },
  };
}
