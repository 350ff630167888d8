import type { Plugin } from 'graphql-yoga';
import type { Author } from '../../domain/role.ts';
import { clientError, errorResponse } from '../http/client-error.ts';
import { requestState } from '../http/request-state.ts';
import { authorByCookie } from './session-cookie.ts';
import type { SignIn } from './sign-in.ts';
import { JWT_PATTERN, TOKEN_PATTERN, type Tokens } from './tokens.ts';

/** Finds the author of a request. Throws if anonymous requests are not allowed, or the token is not valid. */
export type Authenticate = (request: Request) => Promise<Author | null>;

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
/** Parameters in which tokens are sent in addresses elsewhere. */
const TOKEN_PARAMETERS: ReadonlySet<string> = new Set([
  ...['token', 'access_token', 'auth', 'authorization', 'bearer'],
  ...['api_key', 'apikey', 'api-key'],
]);

/** One message for a token that is missing, unknown, expired or malformed: the reason is not disclosed. */
const unauthenticated = (): Error =>
  clientError('UNAUTHENTICATED', 'Say who you are: send a bearer token that this server knows.', {
    wellFormed: false,
    status: 401,
  });

interface Options {
  readonly publicRead?: boolean;
  /** The signed-in browsers. Omitted: none. */
  readonly signIn?: SignIn | null;
}

/** Identifies authors by token, else by signed-in browser. Without either they may read, if reading is public. */
export function authentication(tokens: Tokens, { publicRead = true, signIn = null }: Options = {}): Authenticate {
  return async (request) => {
    const given = request.headers.get('authorization');
    if (given === null) {
      const author = signIn && authorByCookie(request, signIn);
      if (author !== null || publicRead) return author;
    }
    const [, token] = BEARER.exec(given?.trim() ?? '') ?? [];
    const author = token === undefined ? null : await tokens.authorOf(token);
    if (author === null) throw unauthenticated();
    return author;
  };
}

/** Whether an address contains a token: proxies, logs and histories store addresses. */
function hasToken({ search, searchParams }: URL): boolean {
  if (search === '') return false;
  const values = [...searchParams].flat();
  return (
    [...searchParams.keys()].some((name) => TOKEN_PARAMETERS.has(name.toLowerCase())) ||
    values.some((value) => TOKEN_PATTERN.test(value) || JWT_PATTERN.test(value))
  );
}

/**
 * Identifies the author before the request is parsed, and rejects tokens in addresses. `challenge` is the WWW-Authenticate
 * header of answers 401.
 *
 * @example createYoga({ schema, plugins: [useAuthentication(authentication(NO_TOKENS))] })
 */
export function useAuthentication(
  authenticate: Authenticate,
  challenge: (request: Request) => string = () => 'Bearer',
): Plugin {
  return {
    onRequest({ request, url, endResponse }) {
      if (!hasToken(url as URL)) return;
      requestState(request).errorCodes = ['TOKEN_IN_URL'];
      const message =
        'A token in an address is stored by every proxy and log on its way: send it as Authorization: Bearer, and revoke this one.';
      endResponse(errorResponse(clientError('TOKEN_IN_URL', message)));
    },
    async onRequestParse({ request }) {
      requestState(request).author = await authenticate(request);
    },
    onResponse({ request, response }) {
      if (response.status === 401) response.headers.set('WWW-Authenticate', challenge(request));
    },
  };
}
