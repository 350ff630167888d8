import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { namedHere, nameHere } from '../../domain/own-server.ts';
import { type Author, may } from '../../domain/role.ts';
import { shortened } from '../../domain/text.ts';
import { MAX_PIECE_BYTES } from '../../domain/upload.ts';
import type { Authenticate } from '../auth/authentication.ts';
import type { Readiness } from '../observe/readiness.ts';
import { readWithin } from './body-limit.ts';
import { clientError } from './client-error.ts';
import { failureOf } from './failure.ts';
import { assertNamedHere } from './other-server.ts';
import { requestState } from './request-state.ts';
import { answerOf } from './routes.ts';

/** Where the files of an import are sent, and where the graph is checked. */
const IMPORTS = '/imports';
/** In the place of an import: what published lists are matched with. */
const MATCHED = 'matched';
const CHECK = '/check';
/** Where a backup is made, and sent as a file. */
const BACKUP = '/backup';

/** How a running server imports the files that are sent to it. */
export interface Imports {
  begin(): Promise<string>;
  write(id: string, file: string, offset: number, piece: Uint8Array): Promise<number>;
  run(
    id: string,
    options: { readonly dryRun: boolean; readonly by: string | null; readonly signal: AbortSignal },
  ): AsyncGenerator<object>;
  matched(what: 'organisations' | 'networks', signal: AbortSignal): AsyncGenerator<object>;
  rejected(id: string): Promise<Uint8Array | null>;
  end(id: string): Promise<void>;
}

/** What administrators do with a running server, beside the API. */
export interface Administration {
  readonly imports: Imports;
  /** Checks the consistency of the graph: a sentence for each problem. */
  readonly check: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Writes a backup of the graph as it is at one moment. A stream that fails lacks its end. */
  readonly backup: (signal: AbortSignal) => Readable;
}

interface Options {
  readonly authenticate: Authenticate;
  readonly readiness: Readiness;
  readonly closing: AbortSignal | undefined;
  /** Whether there may be other servers of the graph, which have imports of their own. */
  readonly isShared: boolean;
  readonly logger: Logger;
}

function offsetIn({ searchParams }: URL): number {
  const text = searchParams.get('offset') ?? '0';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw clientError('BAD_REQUEST', `offset=${text.slice(0, 20)} is no number of bytes.`);
}

/** Whether a dry run is asked for. What is misspelt must not write: anything else than true and false is an error. */
function isDryRun({ searchParams }: URL): boolean {
  const unknown = [...searchParams.keys()].find((name) => name !== 'dryRun');
  if (unknown !== undefined) {
    throw clientError(
      'BAD_REQUEST',
      `The parameter ${shortened(unknown)} is unknown: an import takes dryRun=true or false.`,
    );
  }
  const given = searchParams.get('dryRun') ?? 'false';
  if (given === 'true' || given === 'false') return given === 'true';
  throw clientError('BAD_REQUEST', `dryRun=${shortened(given)} is neither true nor false: nothing was done.`);
}

/** Throws a ClientError for a request by another method than POST. */
function onlyPost({ method }: Request, path: string): void {
  if (method === 'POST') return;
  throw clientError('METHOD_NOT_ALLOWED', `${path} takes POST.`, { status: 405, headers: { Allow: 'POST' } });
}

async function pieceIn({ body, headers }: Request): Promise<Uint8Array> {
  if (Number(headers.get('content-length')) > MAX_PIECE_BYTES) {
    const message = `A piece of a file has ${MAX_PIECE_BYTES.toLocaleString('en')} bytes at the most: send the next with offset.`;
    throw clientError('BODY_TOO_LARGE', message, { status: 413, headers: { Connection: 'close' } });
  }
  return body === null ? new Uint8Array() : readWithin(MAX_PIECE_BYTES, body);
}

/** Answers what administrators ask a running server for: imports (docs/import.md), a check of the graph, a backup. */
export function useAdministration(
  { imports, check, backup }: Administration,
  { authenticate, readiness, closing, isShared, logger }: Options,
): Plugin {
  /** Browsers send cookies by themselves, also for pages of other sites; a token is sent on purpose. */
  async function admin(request: Request): Promise<Author> {
    if (!request.headers.has('authorization')) {
      throw clientError('UNAUTHENTICATED', 'This needs a token: send the header Authorization: Bearer <token>.', {
        status: 401,
      });
    }
    const author = await authenticate(request);
    if (author === null || !may(author.role, 'ADMIN')) {
      throw clientError('FORBIDDEN', 'This needs the role ADMIN.', { status: 403 });
    }
    if (readiness.reason !== null) {
      const message = 'The graph is not ready for this: try again when /readyz says ready.';
      throw clientError(readiness.reason, message, { status: 503, headers: { 'Retry-After': '5' } });
    }
    return author;
  }

  const signalOf = ({ signal }: Request): AbortSignal => (closing ? AbortSignal.any([signal, closing]) : signal);

  /** One line of JSON for each report; the last one has the summary or the error. */
  async function* linesOf(reports: AsyncGenerator<object>, request: Request): AsyncGenerator<Uint8Array> {
    const line = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);
    try {
      for await (const report of reports) yield line(report);
    } catch (error) {
      const { message, extensions } = failureOf(error, { state: requestState(request), logger });
      yield line({ error: { message, code: extensions.code } });
    }
  }

  async function started(reports: AsyncGenerator<object>, request: Request): Promise<Response> {
    // Errors at the start are answered as such: a status has not been sent yet.
    const first = await reports.next();
    const all = async function* (): AsyncGenerator<object> {
      try {
        if (!first.done) yield first.value;
        yield* reports;
      } finally {
        await reports.return(undefined);
      }
    };
    const body = ReadableStream.from(linesOf(all(), request));
    return new Response(body as unknown as BodyInit, { headers: { 'Content-Type': 'application/x-ndjson' } });
  }

  async function importing(request: Request, url: URL): Promise<Response> {
    const { method } = request;
    const [name = '', file, ...others] = url.pathname.slice(IMPORTS.length + 1).split('/');
    const by = (await admin(request)).name;
    if (name === '' && method === 'POST') {
      const begun = namedHere(await imports.begin());
      return Response.json({ id: begun }, { status: 201, headers: { Location: `${IMPORTS}/${begun}` } });
    }
    if (name === MATCHED && (file === 'organisations' || file === 'networks') && method === 'GET') {
      return started(imports.matched(file, signalOf(request)), request);
    }
    // Read to its end also where it is not for this server: a connection that is cut before has no answer.
    const piece = method === 'PUT' ? await pieceIn(request) : null;
    assertNamedHere(name, 'this import', isShared);
    const id = nameHere(name);
    if (id && file && others.length === 0 && piece !== null) {
      return Response.json({ size: await imports.write(id, file, offsetIn(url), piece) });
    }
    if (id && file === 'rejected.csv' && method === 'GET') {
      const rows = await imports.rejected(id);
      if (rows === null) throw clientError('NOT_FOUND', 'No row was rejected.', { status: 404 });
      return new Response(Buffer.from(rows), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
    }
    if (id && file === undefined && method === 'POST') {
      const dryRun = isDryRun(url);
      return started(imports.run(id, { dryRun, by, signal: signalOf(request) }), request);
    }
    if (id && file === undefined && method === 'DELETE') {
      await imports.end(id);
      return new Response(null, { status: 204 });
    }
    const message = 'docs/import.md has the requests that an import takes.';
    throw clientError('METHOD_NOT_ALLOWED', message, { status: 405, headers: { Allow: 'POST, PUT, GET, DELETE' } });
  }

  async function checked(request: Request): Promise<Response> {
    onlyPost(request, CHECK);
    await admin(request);
    return Response.json({ problems: await check(signalOf(request)) });
  }

  async function backedUp(request: Request): Promise<Response> {
    onlyPost(request, BACKUP);
    await admin(request);
    const file = backup(signalOf(request));
    file.once('error', (error) => {
      if (!request.signal.aborted)
        logger.error({ requestId: requestState(request).id, err: error }, 'the backup failed');
    });
    return new Response(Readable.toWeb(file) as unknown as BodyInit, {
      headers: { 'Content-Type': 'application/gzip' },
    });
  }

  return {
    onRequest({ request, url, endResponse }) {
      const { pathname } = url;
      const isImport = pathname === IMPORTS || pathname.startsWith(`${IMPORTS}/`);
      if (!isImport && pathname !== CHECK && pathname !== BACKUP) return;
      const answer = (): Promise<Response> => {
        if (isImport) return importing(request, url as URL);
        return pathname === CHECK ? checked(request) : backedUp(request);
      };
      return answerOf(answer, request, logger).then(endResponse);
    },
  };
}
