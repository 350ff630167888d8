import type { CORSOptions } from 'graphql-yoga';
import type { Config } from '../../config.ts';
import { EXPORTS_PATH } from './exports.ts';

/** What the pages of other origins may read. */
export type CorsSettings = Pick<Config, 'corsOrigins'> & Partial<Pick<Config, 'exportOrigins'>>;

/** The origins whose pages may read the files of links: those that may query, and viewers. */
export const fileReaders = ({ corsOrigins, exportOrigins = [] }: CorsSettings): readonly string[] => [
  ...new Set([...corsOrigins, ...exportOrigins]),
];

/** The rules for pages of other origins: some may send queries, these and others may read files. Never with credentials. */
export function corsRules(settings: CorsSettings): (request: Request) => CORSOptions {
  const readers = fileReaders(settings);
  return (request) => {
    const origin = request.headers.get('origin');
    const isFile = new URL(request.url).pathname.startsWith(EXPORTS_PATH);
    if (origin === null || !(isFile ? readers : settings.corsOrigins).includes(origin)) return false;
    if (isFile) return { origin: [origin], credentials: false, methods: ['GET'], maxAge: 600 };
    return {
      origin: [origin],
      credentials: false,
      methods: ['GET', 'POST'],
      allowedHeaders: ['Content-Type', 'Authorization', 'X-Request-Id', 'Mcp-Protocol-Version'],
      exposedHeaders: ['X-Request-Id', 'ETag'],
      maxAge: 600,
    };
  };
}
