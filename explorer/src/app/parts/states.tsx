import type { ComponentChildren } from 'preact';
import type { Failure } from '../../api/ask.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** There is nothing, and why. */
export function Empty({ children }: { readonly children?: ComponentChildren }) {
  const words = useWords(SHELL);
  return <p class="state empty">{children ?? words.empty}</p>;
}

/** An answer is awaited. Nothing is shown for the first moment, so that quick answers do not flicker. */
export function Loading() {
  const words = useWords(SHELL);
  return (
    <p class="state loading" role="status">
      {words.loading}
    </p>
  );
}

/** Why there is no answer, by codes of docs/errors.md: asking the same again helps with `failed` alone. */
function reasonOf(code: string): 'failed' | 'misread' | 'tooMuch' | 'signIn' | 'untrusted' {
  if (code === 'UNAUTHENTICATED') return 'signIn';
  if (code === 'DOCUMENT_NOT_TRUSTED') return 'untrusted';
  if (/^BAD_(?:USER_INPUT|FILTER|CURSOR|PAGE)$/.test(code)) return 'misread';
  return /^TOO_|_TOO_LARGE$/.test(code) ? 'tooMuch' : 'failed';
}

/** The server's sentence about a value, without the words about types of GraphQL before it. */
const plainly = (message: string): string =>
  message.replace(/^Variable "\$\w+" got invalid value .*; Expected type "[^"]+"\. (?=.)/s, '');

/** There is no answer: why, and what to do. */
export function Failed({ failure, again }: { readonly failure: Failure; readonly again?: () => void }) {
  const words = useWords(SHELL);
  const reason = reasonOf(failure.code);
  const said = (): string => {
    if (reason === 'signIn') return words.signInHow;
    if (reason === 'untrusted') return words.untrustedHow;
    return failure.code === 'OFFLINE' ? words.offline : `${words.saidByServer} ${plainly(failure.message)}`;
  };
  return (
    <div class="state failed" role="alert">
      <p>
        <strong>{words[reason]}.</strong> {said()}
      </p>
      {reason === 'signIn' && (
        <a class="button" href="/account">
          {words.giveToken}
        </a>
      )}
      {reason === 'misread' && location.search !== '' && <a href={location.pathname}>{words.withoutSettings}</a>}
      {reason === 'failed' && again && (
        <button type="button" onClick={again}>
          {words.again}
        </button>
      )}
    </div>
  );
}
