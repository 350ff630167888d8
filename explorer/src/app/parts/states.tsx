import type { ComponentChildren } from 'preact';
import type { Failure } from '../../api/ask.ts';
import { changes } from '../../api/changes.ts';
import { rememberToken, token } from '../../api/token.ts';
import { askViewer } from '../../api/viewer.ts';
import { useStore } from '../store.ts';
import { ERRORS } from '../words/errors.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { TokenField } from './token-field.tsx';

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

/** The value that the server could not read, in its sentence about it: a date, an identifier. */
const valueIn = (message: string): string | undefined =>
  /"([^"$]{1,100})" (?:is not|was not|does not)/.exec(message)?.[1];

/** The server's sentence about a value, without the words about types of GraphQL before it. */
const plainly = (message: string): string =>
  message.replace(/^Variable "\$\w+" got invalid value .*; Expected type "[^"]+"\. (?=.)/s, '');

/** What the server says, where the reader has no other words for it. */
function Said({ failure: { code, message, requestId } }: { readonly failure: Failure }) {
  const words = useWords(SHELL);
  const errors: Readonly<Record<string, string>> = useWords(ERRORS);
  const known = errors[code];
  const value = reasonOf(code) === 'misread' ? valueIn(message) : undefined;
  if (code === 'OFFLINE') return <>{words.offline}</>;
  return (
    <>
      {known ?? (
        <>
          {value !== undefined && `${words.notUnderstood(value)} `}
          {words.saidByServer} <span lang="en">{plainly(message)}</span>
        </>
      )}
      {requestId && <span class="small"> {words.request(requestId)}</span>}
    </>
  );
}

/** There is no answer: why, and what to do. */
export function Failed({ failure, again }: { readonly failure: Failure; readonly again?: () => void }) {
  const words = useWords(SHELL);
  const hasToken = useStore(token) !== null;
  const reason = reasonOf(failure.code);
  // A token that was good once: it has expired, or was revoked.
  const isExpired = reason === 'signIn' && hasToken;
  return (
    <div class="state failed" role="alert">
      <p>
        <strong>{isExpired ? words.expired : words[reason]}.</strong> {isExpired && words.expiredHow}
        {!isExpired && reason === 'signIn' && words.signInHow}
        {reason === 'untrusted' && words.untrustedHow}
        {reason !== 'signIn' && reason !== 'untrusted' && <Said failure={failure} />}
      </p>
      {isExpired && <TokenField />}
      {reason === 'signIn' && !isExpired && (
        <a class="button" href="/account">
          {words.giveToken}
        </a>
      )}
      {isExpired && (
        <button type="button" onClick={withoutToken}>
          {words.withoutToken}
        </button>
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

/** Goes on as a reader: everything is asked again. */
function withoutToken(): void {
  rememberToken(null);
  void askViewer();
  changes.set(changes.value + 1);
}
