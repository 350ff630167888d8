import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { graphql } from 'graphql';
import neo4j from 'neo4j-driver';
import { expect, inject } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { createGraph, type Graph, type GraphOptions } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import { readConfig } from '../../src/config.ts';
import type { Author } from '../../src/domain/role.ts';
import type { GraphEngine, GraphTransaction } from '../../src/graph/engine.ts';
import { type EngineSettings, openEngine } from '../../src/graph/open.ts';
import { SCHEMA_RULES } from '../../src/store/rules.ts';
import { importFolder } from '../../src/transfer/import.ts';
import type { ImportOptions, ImportSummary } from '../../src/transfer/import-options.ts';
import type { Rejection } from '../../src/transfer/rejected.ts';
import type { Agent } from './agent.ts';
import { neo4jUnderTest } from './neo4j-under-test.ts';
import { planned, type ServedAnswer, ServedGraph } from './served.ts';
import { scratchFolder, type World } from './world.ts';

/** Which engine this project tests. */
export const engineUnderTest: EngineSettings['engine'] = inject('engine');

/** An engine that remembers the names of the statements that it was given. */
export interface WatchedEngine extends GraphEngine {
  readonly statements: string[];
}

function watched(engine: GraphEngine): WatchedEngine {
  const statements: string[] = [];
  return {
    description: engine.description,
    seeksRelationships: engine.seeksRelationships,
    isShared: engine.isShared,
    statements,
    read: (statement, parameters, options) => {
      statements.push(statement.name);
      return engine.read(statement, parameters, options);
    },
    write: (work, options) =>
      engine.write((transaction) => {
        const watching = (send: GraphTransaction['run']): GraphTransaction['run'] => {
          return (statement, parameters) => {
            statements.push(statement.name);
            return send(statement, parameters);
          };
        };
        return work({
          run: watching((...call) => transaction.run(...call)),
          commitWith: watching((...call) => transaction.commitWith(...call)),
        });
      }, options),
    version: (options) => engine.version(options),
    ensureSchema: (rules, options) => engine.ensureSchema(rules, options),
    ping: (options) => engine.ping(options),
    close: () => engine.close(),
  };
}

/** What was answered, and what it cost. */
export interface Answer extends ServedAnswer {
  /** Names of the statements that ran, in the order in which they were sent. */
  readonly statements: readonly string[];
}

/** Somebody who asks a graph. */
abstract class Asker {
  /** Executes a document as one request, anonymously or in the name of an author. */
  abstract answer(source: string, variables?: Record<string, unknown>, author?: Author | null): Promise<Answer>;

  /** The data of a question that has an answer. */
  async ask(source: string, variables?: Record<string, unknown>): Promise<Answer['data']> {
    const { data, errors } = await this.answer(source, variables);
    if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
    return data;
  }

  /** The messages of a question that is rejected. */
  async errorMessages(source: string, variables?: Record<string, unknown>): Promise<readonly string[]> {
    return (await this.answer(source, variables)).errors.map(({ message }) => message);
  }
}

/**
 * Asks without a server: graphql-js parses each query again, nothing outlives a request, and the process knows nothing
 * of the graph. Served answers are compared with it, and the cost of a query is counted here.
 */
class PlainAsker extends Asker {
  readonly #engine: WatchedEngine;
  readonly #graph: Graph;

  constructor(engine: GraphEngine) {
    super();
    this.#engine = watched(engine);
    this.#graph = createGraph(this.#engine);
  }

  override async answer(
    source: string,
    variableValues: Record<string, unknown> = {},
    author: Author | null = null,
  ): Promise<Answer> {
    const before = this.#engine.statements.length;
    const contextValue = createContext(this.#graph, new AbortController().signal, author);
    const { data, errors = [] } = await graphql({ schema, source, variableValues, contextValue });
    const { roundTrips } = contextValue.loaders.batches;
    // Objects without a prototype would not equal those that tests write down.
    const answer = JSON.parse(JSON.stringify({ data: data ?? null, errors }));
    return {
      ...answer,
      roundTrips,
      loading: null,
      plan: contextValue.loaders.plan.map(planned),
      headers: new Headers(),
      statements: ownStatements(this.#engine, before),
    };
  }
}

/** What an import did, with the rows of rejected.csv. */
export interface Imported extends ImportSummary {
  readonly rejections: readonly Rejection[];
}

/** Statements that bring what the process holds up to date for all requests: they are no single one's cost. */
const SERVES_ALL = /^(?:lastSequence|loadingMark|touchedAfter|order of .*|places in .*|idsOfType_.*)$/;

const ownStatements = ({ statements }: WatchedEngine, from: number): readonly string[] =>
  statements.slice(from).filter((name) => !SERVES_ALL.test(name));

/** Bytes of a snapshot: no graph of a test has as many. */
const SNAPSHOT_BYTES = 100_000_000;
/** What a server remembers of its graph by default. */
export const SERVED: GraphOptions = {
  cache: { bytes: 16 * 1_048_576, stalenessMs: 0 },
  snapshotBytes: SNAPSHOT_BYTES,
};

/** A graph of a test's own, queried as it is served. */
export class TestGraph extends Asker implements AsyncDisposable {
  readonly engine: WatchedEngine;
  readonly graph: Graph;
  /** Asks the same graph without a server. */
  readonly plain: Asker;
  readonly #served: ServedGraph;

  constructor(engine: GraphEngine, options: GraphOptions = SERVED) {
    super();
    this.engine = watched(engine);
    this.graph = createGraph(this.engine, options);
    this.plain = new PlainAsker(engine);
    this.#served = new ServedGraph(this.graph);
  }

  /** The same graph, answered from a snapshot alone. Closed with this one. */
  async inMemory(): Promise<TestGraph> {
    const served = new TestGraph(this.engine, { snapshotBytes: SNAPSHOT_BYTES });
    await served.graph.snapshot!.load();
    return served;
  }

  /** The same graph as a server that has just started has it: with nothing in memory. Closed with this one. */
  starting(): TestGraph {
    return new TestGraph(this.engine);
  }

  /** Imports a world, or a folder of files, and reads rejected.csv back. */
  async import(from: World | string, options: ImportOptions = {}): Promise<Imported> {
    const folder = typeof from === 'string' ? from : await from.write();
    const rejectedFile = join(await scratchFolder(), 'rejected.csv');
    const summary = await importFolder(this.engine, folder, { rejectedFile, ...options });
    return { ...summary, rejections: await rejectionsIn(rejectedFile) };
  }

  /** Imports a world. No row may be rejected. */
  async fill(world: World): Promise<this> {
    const { rejections } = await this.import(world);
    if (rejections.length > 0) throw new Error(`The fixture was refused: ${JSON.stringify(rejections, null, 2)}`);
    return this;
  }

  override async answer(
    source: string,
    variables: Record<string, unknown> = {},
    author: Author | null = null,
  ): Promise<Answer> {
    await this.#served.ready();
    const before = this.engine.statements.length;
    const answer = await this.#served.ask(source, variables, author);
    return { ...answer, statements: ownStatements(this.engine, before) };
  }

  /** Asks the server while it still reads what it holds in memory. */
  answerAtOnce(source: string): Promise<ServedAnswer> {
    return this.#served.askAtOnce(source);
  }

  /** Asks the server for a page beside /graphql. */
  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#served.get(path, headers);
  }

  /** Connects an agent with the server, by MCP. */
  agent(): Promise<Agent> {
    return this.#served.agent();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#served.close();
    await this.graph.subgraphs.close();
    await this.engine.close();
  }
}

async function rejectionsIn(file: string): Promise<Rejection[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const rows = parseCsv(text, { columns: true }) as Record<keyof Rejection, string>[];
  return rows.map((row) => ({ ...row, line: Number(row.line) }));
}

/**
 * Settings of the Neo4j under test. The contract of the engines is tested over neo4j://, as a cluster is reached, and
 * everything else over bolt://: so both are, in the time of one.
 */
export function neo4jSettings(): EngineSettings {
  const { uri, ...others } = neo4jUnderTest();
  const isContract = expect.getState().testPath?.includes('/contract/');
  return { engine: 'neo4j', uri: isContract ? uri.replace(/^bolt/, 'neo4j') : uri, ...others };
}

/** Empties the one database of the Neo4j under test, of constraints and indexes too when `rules` says so. */
async function wipe(rules: 'and its rules' | 'but its rules'): Promise<void> {
  const { uri, user, password, database } = neo4jUnderTest();
  await using driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  await using session = driver.session({ database });
  await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
  if (rules === 'but its rules') return;
  const constraints = await session.run('SHOW CONSTRAINTS YIELD name');
  for (const { name } of constraints.records.map((record) => record.toObject())) {
    await session.run(`DROP CONSTRAINT ${name}`);
  }
  const indexes = await session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name");
  for (const { name } of indexes.records.map((record) => record.toObject())) await session.run(`DROP INDEX ${name}`);
}

/** The test file that has seen to the constraints and indexes of the Neo4j under test: the next one does so again. */
let rulesBy: string | undefined;
const thisFile = (): string | undefined => expect.getState().testPath;

/** An empty store of the engine under test, without any constraint or index. */
export async function bareGraph(): Promise<TestGraph> {
  if (engineUnderTest === 'grafeo') return new TestGraph(await openEngine(await embeddedSettings()));
  rulesBy = undefined;
  await wipe('and its rules');
  return new TestGraph(await openEngine(neo4jSettings()));
}

/** An empty graph of the engine under test, as the server would find it at its first start. */
export async function emptyGraph(): Promise<TestGraph> {
  if (engineUnderTest === 'grafeo') return embeddedGraph();
  await wipe('but its rules');
  const engine = await openEngine(neo4jSettings());
  // To read which there are would take as long as to empty the database.
  const graph = rulesBy === thisFile() ? new TestGraph(engine) : await withRules(engine);
  rulesBy = thisFile();
  return graph;
}

/** Empties the store that the command line opens in the environment of a test file, and makes it ready for a world. */
export async function commandLineGraph(): Promise<TestGraph> {
  if (engineUnderTest === 'neo4j') await wipe('but its rules');
  return commandLineStore();
}

/** The store that the command line opens in the environment of a test file, as it was left. */
export async function commandLineStore(): Promise<TestGraph> {
  return withRules(await openEngine(readConfig().engine));
}

/** An empty graph of the embedded engine, whichever engine is under test. */
export async function embeddedGraph(): Promise<TestGraph> {
  return withRules(await openEngine(await embeddedSettings()));
}

/** Settings of an embedded store in a folder of its own. */
export async function embeddedSettings(): Promise<{ readonly engine: 'grafeo'; readonly folder: string }> {
  return { engine: 'grafeo', folder: await scratchFolder() };
}

async function withRules(engine: GraphEngine): Promise<TestGraph> {
  await engine.ensureSchema(SCHEMA_RULES);
  return new TestGraph(engine);
}
