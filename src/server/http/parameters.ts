import type { Plugin } from 'graphql-yoga';
import { clientError } from './client-error.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value);

/** What each parameter of a request must be, where it is given. */
const PARAMETERS = {
  query: ['a text', isText],
  operationName: ['a text', isText],
  variables: ['an object', isObject],
  extensions: ['an object', isObject],
} as const;

/**
 * Rejects parameters of another type than GraphQL over HTTP has them: plugins and libraries read them as what they are meant
 * to be. Must be the first plugin that looks at them.
 */
export function useParameterTypes(): Plugin {
  return {
    onParams({ params }) {
      if (typeof params !== 'object' || params === null) return;
      for (const [name, [type, isRight]] of Object.entries(PARAMETERS)) {
        const value: unknown = (params as Readonly<Record<string, unknown>>)[name];
        if (value === undefined || value === null || isRight(value)) continue;
        throw clientError('BAD_REQUEST', `${name} must be ${type}.`, { wellFormed: false });
      }
    },
  };
}
