import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { ErrorCode } from '../../domain/client-error.ts';
import { requestState } from '../http/request-state.ts';

/** What a client was not allowed to do, rather than asked wrongly. */
const REFUSED: ReadonlySet<string> = new Set<ErrorCode>([
  'CROSS_SITE_REQUEST',
  'DOCUMENT_NOT_TRUSTED',
  'FORBIDDEN',
  'INTROSPECTION_DISABLED',
  'RATE_LIMITED',
  'SIGN_IN_REFUSED',
  'TOKEN_IN_URL',
  'UNAUTHENTICATED',
]);

/** A header as a client may have sent it, shortened. */
const shown = (value: string | null): string | null => (value === null ? null : value.slice(0, 200));

/**
 * Logs one line for each request that was refused: what, to whom, from where, why. Never a token, a query or its variables,
 * nor the parameters of the address.
 */
export function useAudit(logger: Logger): Plugin {
  return {
    onResponse({ request, response }) {
      const { id, errorCodes, author, address, operation } = requestState(request);
      const codes = errorCodes.filter((code) => REFUSED.has(code));
      if (codes.length === 0) return;
      const line = {
        requestId: id,
        codes,
        status: response.status,
        method: request.method,
        path: new URL(request.url).pathname.slice(0, 200),
        operation: operation?.name ?? null,
        address,
        by: author?.name ?? null,
        role: author?.role ?? null,
        origin: shown(request.headers.get('origin')),
        userAgent: shown(request.headers.get('user-agent')),
      };
      logger.warn(line, 'refused');
    },
  };
}

/** Logs a request to a name that is not the server's, which no plugin sees. */
export function auditedHost(logger: Logger): (request: IncomingMessage) => void {
  return ({ method, url = '', headers, socket }) => {
    const codes = ['HOST_NOT_ALLOWED'] satisfies ErrorCode[];
    const path = url.split('?', 1)[0]!.slice(0, 200);
    const host = shown(headers.host ?? null);
    logger.warn({ codes, status: 403, method, path, host, address: socket.remoteAddress ?? null }, 'refused');
  };
}
