import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import manifest from '../../package.json' with { type: 'json' };
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { openExport } from '../../schema/graph-exports.ts';
import { printedSchema } from '../../schema/print.ts';
import { schema } from '../../schema/schema.ts';
import type { Config } from '../config.ts';
import type { Author } from '../domain/role.ts';
import { verifyGraph } from '../editing/verify.ts';
import { AdmittingEngine } from '../graph/admission.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { observingStatements } from '../graph/observed.ts';
import { openEngine } from '../graph/open.ts';
import { reportingOutages } from '../graph/outage.ts';
import { SignIn } from '../server/auth/sign-in.ts';
import { signInLink } from '../server/auth/sign-in-route.ts';
import {
  anyOf,
  modeProblem,
  NO_TOKENS,
  newToken,
  openTokenFile,
  singleToken,
  type Tokens,
} from '../server/auth/tokens.ts';
import { openManifests } from '../server/documents/persisted-store.ts';
import { EXPLORER_FOLDER, explorerManifest, isExplorerBuilt } from '../server/http/explorer.ts';
import { isLoopback } from '../server/http/loopback.ts';
import { type ServerParts, startServer } from '../server/http/server.ts';
import { Metrics } from '../server/observe/metrics.ts';
import { createReadiness, notReadyBy, type Readiness } from '../server/observe/readiness.ts';
import { saveSnapshot } from '../snapshot/warm-start.ts';
import { RegisteredDocuments } from '../store/registered-documents.ts';
import { LiveServers } from '../store/servers.ts';
import { backupStream } from '../transfer/backup/write.ts';
import { seedWhenEmpty } from '../transfer/seed.ts';
import { prepareStore, StoreFormatError } from '../transfer/store-format.ts';
import { UploadedImports } from '../transfer/uploaded-imports.ts';
import { persistently } from './persistently.ts';
import { type Progress, stepOf } from './progress.ts';
import { readAhead } from './read-ahead.ts';
import { countServers, indexOldChanges, trimRegularly } from './upkeep.ts';

/** The outputs of a server, and replacements for tests. */
export interface ServeOptions {
  readonly logger: Logger;
  /** Shows a line to the person who started it. */
  readonly say: (line: string) => void;
  readonly progress: Progress;
  readonly open?: typeof openEngine;
  readonly seed?: typeof seedWhenEmpty;
}

/** A running Grappe. It answers, and may still be importing the seed. */
export interface Serving {
  readonly url: string;
  readonly engine: GraphEngine;
  readonly readiness: Readiness;
  /** Resolves when the seed is imported, or cannot be. */
  readonly filled: Promise<void>;
  /** Finishes requests in progress, stops importing where it can be resumed, closes the store. */
  close(): Promise<void>;
}

/** Milliseconds that the import may take to end when the server stops: as long as requests in progress. */
const FILL_GRACE_MS = 10_000;
/** Milliseconds that the last traces may take to be sent when the server stops. */
const TRACES_GRACE_MS = 3_000;

async function fill(
  { seed }: Config,
  { engine, readiness, signal }: { engine: GraphEngine; readiness: Readiness; signal: AbortSignal },
  { logger, say, progress, seed: seedStore = seedWhenEmpty }: ServeOptions,
): Promise<void> {
  const reach = async (): Promise<void> => {
    await engine.ping({ signal });
    try {
      await prepareStore(engine, {
        signal,
        onMigrated: ({ number, name }) => logger.info({ migration: number, name }, 'the store was migrated'),
      });
    } catch (error) {
      if (error instanceof GraphError && error.code === 'OCCUPIED' && readiness.reason !== 'DATABASE_OCCUPIED') {
        readiness.become('DATABASE_OCCUPIED');
        say(error.message);
      }
      if (error instanceof StoreFormatError) {
        readiness.become(error.code);
        say(error.message);
      }
      throw error;
    }
  };
  const startedAt = performance.now();
  let imported = false;
  let isCuratedIn = false;
  const seedAll = async (): Promise<void> => {
    if (!isCuratedIn) readiness.become('SEEDING');
    try {
      await seedStore(engine, seed, {
        signal,
        onProgress: (step) => {
          imported = true;
          progress.step(stepOf(step));
        },
        onPart: (part) => {
          // The curated part suffices for first queries; the other follows in the background.
          isCuratedIn ||= part === 'curated';
          if (isCuratedIn) readiness.become(null);
        },
      });
    } catch (error) {
      const reason = notReadyBy(error);
      // Small writes may still find room on a full disk, so that the store itself does not say so.
      if (!isCuratedIn && reason !== 'DATABASE_UNAVAILABLE') readiness.become(reason);
      throw error;
    }
  };
  try {
    await persistently(reach, { logger, signal });
    if (signal.aborted) return;
    await persistently(seedAll, { logger, signal });
    readiness.become(null);
    if (imported && !signal.aborted) say(`Filled in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`);
  } catch (error) {
    if (signal.aborted) return;
    const isOfStorage = error instanceof GraphError && error.code === 'STORAGE_FAILED';
    if (readiness.reason !== null && !(error instanceof StoreFormatError))
      readiness.become(isOfStorage ? 'STORAGE_FAILED' : 'SEED_FAILED');
    logger.error({ err: error }, 'the store could not be made ready');
  } finally {
    progress.end();
  }
}

/** The tokens, and notes about them for the operator. */
interface Access {
  readonly tokens: Tokens;
  /**
   * The token of the person who started it, for this start: only without settings, and if only this machine can
   * connect.
   */
  readonly local: { readonly token: string; readonly author: Author } | null;
  readonly notes: readonly string[];
}

const READING_ONLY = 'nothing can be changed over GraphQL: neither GRAPPE_TOKENS_FILE nor GRAPPE_JWT_JWKS_URL is set';

async function accessOf({ tokensFile, jwt, host, profile, publicRead }: Config, logger: Logger): Promise<Access> {
  // Most servers have no identity provider, and start without its library.
  const ofProvider =
    jwt && (await import('../server/auth/jwt.ts')).jwtTokens(jwt, { logger, otherwise: publicRead ? 'READER' : null });
  if (tokensFile !== null) {
    const tokens = await openTokenFile(tokensFile, (problem) => logger.error({ problem }, 'no token is accepted'));
    const problem = await modeProblem(tokensFile);
    const all = ofProvider === null ? tokens : anyOf(tokens, ofProvider);
    return { tokens: all, local: null, notes: problem === null ? [] : [problem] };
  }
  if (ofProvider !== null) return { tokens: ofProvider, local: null, notes: [] };
  // In production, a proxy for everybody may connect from loopback.
  if (isLoopback(host) && profile === 'development') {
    const token = newToken();
    const author: Author = { name: 'local', role: 'ADMIN' };
    return { tokens: singleToken(token, author), local: { token, author }, notes: [] };
  }
  const nobody = publicRead ? [] : ['nobody can read either: GRAPPE_PUBLIC_READ is false'];
  return { tokens: NO_TOKENS, local: null, notes: [READING_ONLY, ...nobody] };
}

/**
 * Composes a Grappe: opens the engine, listens at once, and in the background creates constraints and imports the seed
 * into an empty store. Rejects if the store or the port cannot be opened, with nothing left open.
 */
export async function serve(config: Config, options: ServeOptions): Promise<Serving> {
  const { logger, say, open = openEngine } = options;
  const { tokens, local, notes } = await accessOf(config, logger);
  // The explorer that is served is an application of this server, too.
  const own = config.trustedDocumentsOnly ? explorerManifest() : null;
  const documents = await openManifests([...config.persistedDocuments, ...(own === null ? [] : [own])], {
    trustedOnly: config.trustedDocumentsOnly,
    complain: (problem) => logger.error({ problem }, 'a manifest of documents cannot be read'),
  });
  const metrics = new Metrics();
  const bare = await open(config.engine);
  const { files } = bare;
  const opened = reportingOutages(bare, {
    lost: ({ code, message }) => {
      metrics.databaseUp(false);
      logger.warn({ code, cause: message }, 'the database does not answer');
    },
    back: (awayMs) => {
      metrics.databaseUp(true);
      logger.info({ awayMs: Math.round(awayMs) }, 'the database answers again');
    },
  });
  const engine = new AdmittingEngine(observingStatements(opened, metrics.statement), config.statements);
  const readiness = createReadiness();
  const graph = createGraph(engine, { cache: config.cache, snapshotBytes: config.snapshotBytes });
  const build = { version: manifest.version, engine: config.engine.engine };
  metrics.observeBuild(build);
  const store = config.engine.engine === 'grafeo' ? config.engine.folder : null;
  metrics.observe({ snapshot: graph.snapshot, store });
  metrics.observePlaces('measure', graph.subgraphs.pool);
  const traced = { ...build, headers: config.tracingHeaders };
  const tracing = config.tracing ? (await import('../server/observe/otlp.ts')).openTracing(traced) : null;
  let shown = 0;
  const showLink = (secret: string): void => {
    if (shown++ > 0) say('A browser was signed in, and may change everything until the server stops. For another one:');
    say(`  sign in   ${signInLink(server.url, secret)}`);
    if (shown === 1)
      say('            gives one browser, once, the right to change everything, in the explorer and in GraphiQL');
  };
  const signIn = local !== null && config.graphiql ? new SignIn(local.author, showLink) : null;
  const imports = new UploadedImports(engine, (addition) => graph.snapshot?.wrote(addition));
  if (engine.isShared) {
    const onFailure = (err: unknown): void => logger.debug({ err }, 'documents of clients were not written');
    documents.share(new RegisteredDocuments(engine, onFailure));
  }
  // Where rates are limited, and nobody has said by how many servers.
  const servers =
    engine.isShared && config.costPerMinute > 0 && config.rateServers === null ? new LiveServers(engine) : null;
  const parts: ServerParts = {
    ...{ config, engine, schema, tokens, signIn, documents, logger, readiness, metrics, tracing },
    ...{ cache: graph.results, versions: graph.versions, snapshot: graph.snapshot },
    explorer: isExplorerBuilt() ? EXPLORER_FOLDER : null,
    printSchema: printedSchema,
    say,
    loading: (options) => graph.loading.current(options),
    serverCount: () => servers?.count ?? config.rateServers ?? 1,
    openExport: (token, signal) => openExport(graph, token, signal),
    administration: {
      imports,
      check: (signal) => verifyGraph(engine, signal),
      backup: (signal) => backupStream(engine, signal),
    },
    createContext: (signal, author, requester) => createContext(graph, signal, author, requester),
  };
  const server = await startServer(parts).catch(async (error) => {
    await engine.close();
    throw error;
  });
  say(`Grappe answers at ${server.url}`);
  if (isExplorerBuilt()) say(`  Explorer  ${server.url} in a browser`);
  say(`  GraphQL   ${server.url}/graphql`);
  if (config.graphiql) say(`  GraphiQL  ${server.url}/graphql in a browser, with worked examples`);
  signIn?.offerLink();
  if (local !== null) {
    say(`  token     ${local.token}`);
    say('            for scripts, as Authorization: Bearer: may change everything, until the server stops');
  }
  if (server.metricsUrl !== null) say(`  metrics   ${server.metricsUrl}`);
  say(`  graph     ${engine.description}`);
  for (const warning of [...notes, ...config.warnings]) say(`  note      ${warning}`);

  const stopping = new AbortController();
  const { signal } = stopping;
  const filled = fill(config, { engine, readiness, signal }, options);
  void filled.then(() => {
    // A store whose seed failed is left as it is: the next start goes on with it.
    if (readiness.reason !== null) return;
    void readAhead(graph, { files, logger, signal });
    if (servers) void countServers(servers, { signal, logger });
    void indexOldChanges(engine, { signal, logger });
    void trimRegularly(engine, config, { signal, logger });
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopping.abort();
    const grace = pause(FILL_GRACE_MS, undefined, { ref: false });
    await server.close();
    // A receiver of traces that does not answer must not hold up the end.
    const sent = tracing?.close().catch((error) => logger.warn({ err: error }, 'traces were not sent'));
    await Promise.race([sent, pause(TRACES_GRACE_MS, undefined, { ref: false })]);
    // Wait for the import to end, but not for a database that does not answer.
    await Promise.race([filled, grace]);
    await imports.close();
    await graph.subgraphs.close();
    await servers?.leave().catch((err) => logger.warn({ err }, 'this server is still counted for some minutes'));
    const saved = files && graph.snapshot?.saved(await graph.snapshot.probe());
    await engine.close();
    if (saved) {
      await saveSnapshot(saved, files).catch((err) => logger.warn({ err }, 'the next start reads the graph again'));
    }
  };
  return {
    url: server.url,
    engine,
    readiness,
    filled,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
