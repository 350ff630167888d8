import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Author } from '../../domain/role.ts';
import type { GraphEngine } from '../../graph/engine.ts';
import type { VersionProbe } from '../../graph/version-probe.ts';
import type { ResultCache } from '../../loaders/result-cache.ts';
import type { Requester } from '../../scheduling/requester.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { PersistedStore } from '../documents/persisted-store.ts';
import type { LoadingReader } from '../observe/loading.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Readiness } from '../observe/readiness.ts';
import type { Tracing } from '../observe/tracing.ts';
import type { Administration } from './administration.ts';
import type { OpenExport } from './exports.ts';

/** The configuration that the application needs. */
export type ApplicationConfig = Pick<Config, 'graphiql' | 'introspection' | 'corsOrigins' | 'publicRead' | 'limits'> &
  Partial<Omit<Config, 'engine'>>;

/** The parts of the application. */
export interface ApplicationParts {
  readonly config: ApplicationConfig;
  readonly engine: GraphEngine;
  readonly schema: GraphQLSchema;
  /**
   * Creates the context of the resolvers for one request of an author. The signal aborts if nobody waits for the
   * answer.
   */
  readonly createContext: (signal: AbortSignal, author: Author | null, requester?: Requester) => object;
  /** The tokens that allow more than reading. Omitted: none. */
  readonly tokens?: Tokens | undefined;
  /** Signs in browsers of the person who started the server. Omitted: no sign-in. */
  readonly signIn?: SignIn | null | undefined;
  /** The results cached across requests: complete answers, beside those of the loaders of `createContext`. */
  readonly cache?: ResultCache | null | undefined;
  /** What the graph is asked for its version by, ahead of documents that read memory. Omitted: nothing is asked ahead. */
  readonly versions?: VersionProbe | undefined;
  /** The graph in memory, for /readyz. Omitted: none. */
  readonly snapshot?: { readonly state: string } | null | undefined;
  /** Reads what is being loaded into the graph. Omitted: nothing. */
  readonly loading?: LoadingReader | undefined;
  /** The documents that requests may name. Omitted: those that clients register. */
  readonly documents?: PersistedStore | undefined;
  /** Opens the file of a link. Omitted: there are no such links. */
  readonly openExport?: OpenExport | undefined;
  /** The folder of the built explorer, the page at / for browsers. Omitted: / is a page of figures. */
  readonly explorer?: URL | null | undefined;
  /** What administrators may do beside the API. Omitted: nothing. */
  readonly administration?: Administration | undefined;
  /** Sends a trace of each request. Omitted: none. */
  readonly tracing?: Tracing | null | undefined;
  /** Prints the schema for /schema.graphql. Omitted: as graphql-js does. */
  readonly printSchema?: (() => string) | undefined;
  /** Shows a line to the person who started the server. Omitted: nobody. */
  readonly say?: ((line: string) => void) | undefined;
  /** How many servers have a part of each client's requests. Omitted: this one alone. */
  readonly serverCount?: (() => number) | undefined;
  /** Counts requests. Omitted: it is made here. */
  readonly metrics?: Metrics | undefined;
  /** Aborted when the server stops and subscriptions must end. */
  readonly closing?: AbortSignal | undefined;
  readonly logger: Logger;
  readonly readiness: Readiness;
}
