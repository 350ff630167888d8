import type { Plugin } from 'graphql-yoga';
import type { Author } from '../domain/role.ts';
import { clientError } from './client-error.ts';
import { requestState } from './request-state.ts';
import { authorByCookie } from './session-cookie.ts';
import type { SignIn } from './sign-in.ts';
import { TOKEN_PATTERN, type Tokens } from './tokens.ts';

/** Tells who sends a request; refuses it where nobody may, or where its token is none. */
export type Authenticate = (request: Request) => Promise<Author | null>;

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
/** Names under which tokens are sent in addresses elsewhere. */
const TELLTALE: ReadonlySet<string> = new Set([
  ...['token', 'access_token', 'auth', 'authorization', 'bearer'],
  ...['api_key', 'apikey', 'api-key'],
]);

/** One message for a token that is missing, unknown, expired or malformed: none of that is for strangers to know. */
const unauthenticated = (): Error =>
  clientError('UNAUTHENTICATED', 'Say who you are: send a bearer token that this server knows.', {
    wellFormed: false,
    status: 401,
  });

interface Ways {
  readonly publicRead?: boolean;
  /** Knows the browsers that were signed in; none are when it is left out. */
  readonly signIn?: SignIn | null;
}

/** Knows people by their tokens, else by their browsers; without either they are readers, where reading is public. */
export function authentication(tokens: Tokens, { publicRead = true, signIn = null }: Ways = {}): Authenticate {
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

/** Addresses are kept by proxies, logs and histories. */
function hasToken({ search, searchParams }: URL): boolean {
  if (search === '') return false;
  const values = [...searchParams].flat();
  return (
    [...searchParams.keys()].some((name) => TELLTALE.has(name.toLowerCase())) ||
    values.some((value) => TOKEN_PATTERN.test(value))
  );
}

/**
 * Finds out who asks before anything of the question is read, and turns away tokens in addresses.
 *
 * @example createYoga({ schema, plugins: [useAuthentication(authentication(NO_TOKENS))] })
 */
export function useAuthentication(authenticate: Authenticate): Plugin {
  return {
    onRequest({ url, endResponse }) {
      if (!hasToken(url as URL)) return;
      const message =
        'A token in an address is known to every proxy and log on its way: send it as Authorization: Bearer, and revoke this one.';
      endResponse(Response.json({ errors: [{ message, extensions: { code: 'TOKEN_IN_URL' } }] }, { status: 400 }));
    },
    async onRequestParse({ request }) {
      requestState(request).author = await authenticate(request);
    },
    onResponse({ response }) {
      if (response.status === 401) response.headers.set('WWW-Authenticate', 'Bearer');
    },
  };
}
