import type { Author } from '../../domain/role.ts';
import { isDirect, isOwnPage } from '../http/origin.ts';
import type { SignIn } from './sign-in.ts';

/**
 * The name of the cookie. Browsers store cookies by host without the port: two servers of one machine need two names.
 */
function cookieName({ headers }: Request): string {
  const [, port = '80'] = /:(\d+)$/.exec(headers.get('host') ?? '') ?? [];
  return `grappe-session-${port}`;
}

/** The Set-Cookie header with the session of a browser: not for scripts, and sent by pages of this machine only. */
export function sessionCookie(request: Request, session: string): string {
  return `${cookieName(request)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
}

function sessionsIn(request: Request): string[] {
  const prefix = `${cookieName(request)}=`;
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
}

/** Whether a person opened the address, for example from the address bar: no page has sent the request. */
const isOpenedByHand = ({ method, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && headers.get('sec-fetch-site') === 'none';

/** The author that is signed in with the browser of a request, from any page. */
export function signedIn(request: Request, signIn: SignIn): Author | null {
  if (!isDirect(request.headers)) return null;
  // A page at another port of this machine may add a cookie of the same name.
  for (const session of sessionsIn(request)) {
    const author = signIn.authorOf(session);
    if (author !== null) return author;
  }
  return null;
}

/**
 * The author of a request by the session of the browser. It is accepted only from pages of this server, and for
 * addresses that a person opens: a browser also sends the cookie for pages at other ports of this machine.
 */
export function authorByCookie(request: Request, signIn: SignIn): Author | null {
  return isOwnPage(request.headers) || isOpenedByHand(request) ? signedIn(request, signIn) : null;
}
