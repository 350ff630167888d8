import { createHash } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { clientError } from '../http/client-error.ts';
import { RETURN_PATH } from '../http/graphiql-badge.ts';
import { isDirect, isOwnPage } from '../http/origin.ts';
import { requestState } from '../http/request-state.ts';
import { answerOf } from '../http/routes.ts';
import { sessionCookie, signedIn } from './session-cookie.ts';
import type { SignIn } from './sign-in.ts';

/** The path of the page that a sign-in link opens; the secret is behind the # of the link. */
export const SIGN_IN_PATH = '/sign-in';

/** Maximum of characters in the body that the page sends. */
const MOST_CHARACTERS = 1_000;

/** The colours are those of the explorer. */
const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; color: light-dark(#211d29, #ebe8f0);
  background: light-dark(#fbfaf8, #151318) } main { max-width: 36rem; margin: 3rem auto; padding: 0 1rem }
  a { color: light-dark(#5b3aa6, #bda6f5) }`;

/**
 * Browsers do not send the part after # with the address: it is in no log and no Referer. The script removes it from
 * the address and the history before it sends it. Programs that preview links run no script, and so do not use the link
 * up.
 */
const SCRIPT = `
const secret = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
// The language of the reader, as the explorer chooses it. Without script both are read.
const chosen = () => { try { return localStorage.getItem('grappe-language'); } catch { return null; } };
const isKnown = (language) => language === 'fr' || language === 'en';
const language = [chosen(), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isKnown) ?? 'fr';
document.documentElement.lang = language;
const shown = document.querySelector('p[lang=' + language + ']');
for (const other of document.querySelectorAll('p')) other.hidden = other !== shown;
const say = (text) => { shown.textContent = text; };
// The page that was looked at last, if it is one of this server.
const pageBefore = () => {
  try {
    const url = new URL(localStorage.getItem('${RETURN_PATH}') ?? '/', location.origin);
    return url.origin === location.origin ? url.pathname + url.search : '/';
  } catch {
    return '/';
  }
};
const sendSecret = async () => {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('${SIGN_IN_PATH}', { method: 'POST', headers, body: JSON.stringify({ secret }) });
  if (response.ok) location.replace(pageBefore());
  else say((language === 'fr' ? 'La connexion est refusée. Le serveur dit : ' : '') + (await response.json()).errors[0].message);
};
const NO_ANSWER = { fr: 'Grappe ne répond pas : est-il encore en marche ?', en: 'Grappe does not answer: is it still running?' };
if (secret !== '') sendSecret().catch(() => say(NO_ANSWER[language]));
`;

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const POLICY = [
  "default-src 'none'",
  `script-src ${sourceOf(SCRIPT)}`,
  `style-src ${sourceOf(STYLE)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Grappe: sign in</title><style>${STYLE}</style></head>
<body>
<main>
<h1>Grappe</h1>
<p lang="fr">Le terminal où Grappe tourne montre un lien qui connecte un navigateur, une seule fois : ouvrez-le sur la même machine. Sans lui, <a href="/">l’explorateur</a> et <a href="/graphql">GraphiQL</a> lisent tout et ne changent rien.</p>
<p lang="en">The terminal in which Grappe runs shows a link that signs one browser in. Open it there. Without it, <a href="/">the explorer</a> and <a href="/graphql">GraphiQL</a> read everything and change nothing.</p>
<noscript>La connexion demande JavaScript, comme l’explorateur et GraphiQL. Signing in takes JavaScript, as the explorer and GraphiQL do.</noscript>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;

/** Between the secret of a link and the port of its server. */
const SEPARATOR = '.';

/** The link that signs one browser in at the server of an address, by a secret that SignIn has shown. */
export const signInLink = (url: string, secret: string): string =>
  `${url}${SIGN_IN_PATH}#${secret}${SEPARATOR}${new URL(url).port}`;

/** Throws OTHER_SERVER where a link names another port than the one that was asked: that of its server. */
function assertLinkOfThisServer(request: Request, port: string): void {
  const { port: own } = new URL(request.url);
  if (!/^\d{1,5}$/.test(port) || port === own) return;
  throw clientError(
    'OTHER_SERVER',
    `This link is of the server at port ${port} of this machine: open it with that port, as the terminal shows it. Each server signs browsers in for itself.`,
    { status: 421, headers: { Connection: 'close' } },
  );
}

const signInRefused = (message: string): Error => clientError('SIGN_IN_REFUSED', message, { status: 403 });

const FAILURES = {
  USED: 'This link was used already: each signs in one browser. The terminal in which Grappe runs shows a new one.',
  UNKNOWN:
    'This link is not the one that the server at this address shows: it is older, of another server, or was cut off. Open the one that works as the terminal of this server shows it, with its port.',
} as const;

async function secretIn(request: Request): Promise<string> {
  const { headers } = request;
  if (!/^application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) {
    throw clientError('UNSUPPORTED_MEDIA_TYPE', 'Send the secret as application/json.', { status: 415 });
  }
  const length = headers.get('content-length');
  if (length !== null && Number(length) <= MOST_CHARACTERS) {
    const body: unknown = await request.json().catch(() => null);
    const { secret } = (typeof body === 'object' && body !== null ? body : {}) as { secret?: unknown };
    if (typeof secret === 'string') return secret;
  }
  throw clientError('BAD_REQUEST', 'Send {"secret": "…"}: what is behind the # of the sign-in link.');
}

/** Exchanges the secret of a link for a cookie. The page of the link sends it. */
async function state(request: Request, signIn: SignIn, logger: Logger): Promise<Response> {
  const { headers } = request;
  if (!isDirect(headers)) {
    throw signInRefused(
      'A link signs in only at the machine that Grappe runs on, without a proxy: send the token as Authorization: Bearer instead.',
    );
  }
  if (!isOwnPage(headers)) throw signInRefused('Only the page that the sign-in link opens may sign in.');
  // What is behind a forwarded port signs in by its secret, whatever port the link names.
  const [secret = '', port = ''] = (await secretIn(request)).split(SEPARATOR);
  const { session, failure } = signIn.redeem(secret);
  // The same browser opens the link again: redirect it.
  if (failure === 'USED' && signedIn(request, signIn) !== null) return new Response(null, { status: 204 });
  if (failure === 'UNKNOWN') assertLinkOfThisServer(request, port);
  if (session === undefined) throw signInRefused(FAILURES[failure]);
  logger.info({ requestId: requestState(request).id }, 'a browser was signed in');
  return new Response(null, { status: 204, headers: { 'Set-Cookie': sessionCookie(request, session) } });
}

function page(): Response {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer',
  };
  return new Response(PAGE, { headers });
}

/** Serves the page of the sign-in link, and answers what it sends. */
export function useSignIn(signIn: SignIn, logger: Logger): Plugin {
  const answer = (request: Request): Response | Promise<Response> => {
    const { method } = request;
    if (method === 'GET' || method === 'HEAD') return page();
    if (method === 'POST') return state(request, signIn, logger);
    const message = `${SIGN_IN_PATH} takes GET and POST, not ${method}.`;
    throw clientError('METHOD_NOT_ALLOWED', message, { status: 405, headers: { Allow: 'GET, HEAD, POST' } });
  };
  return {
    onRequest({ request, url, endResponse }) {
      if (url.pathname !== SIGN_IN_PATH) return;
      return answerOf(answer, request, logger).then(endResponse);
    },
  };
}
