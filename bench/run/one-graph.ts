import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalNeo4j } from '../../src/neo4j-local.ts';
import { Random } from '../graph/random.ts';
import type { Size } from '../graph/size.ts';
import { makeWorld, type World } from '../graph/world.ts';
import { WORKLOADS } from '../workloads/all.ts';
import { organisation } from '../workloads/organisation.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Prepared } from './client.ts';
import { type Imports, loadGraph } from './load.ts';
import { type Line, measure } from './measure.ts';
import { residentMegabytes } from './process.ts';
import { figure, figuresOf, type ProcessFigures, type StartFigures } from './report.ts';
import { type Engines, prepared, RunningServer, type ServerKind } from './servers.ts';
import { type Delay, subscriptionDelays } from './subscription.ts';

/** Connections of the measure of throughput. */
export const CONNECTIONS = 10;
/** How many times as long a workload takes that writes: Neo4j has compiled what a creation runs after some ten thousand only. */
const SHARES_OF_WRITES = 6;
/** Milliseconds of one workload at the least, however late it is. */
const LEAST_MS = 1_500;

/** What is measured on one graph. */
export interface GraphOptions {
  readonly size: Size;
  readonly kinds: readonly ServerKind[];
  /** Identifiers of workloads; null: all of them. */
  readonly workloads: readonly string[] | null;
  /** Where the loaded graph is stored for other runs; null: nowhere. */
  readonly folder: string | null;
  /** When the measuring ends, from when the servers are there. */
  readonly endOf: () => number;
  /** Whether servers of ours are started a second time, from what they saved at their first end. */
  readonly startsTwice: boolean;
  readonly say: (line: string) => void;
}

/** What was measured on one graph. */
export interface GraphRun {
  readonly size: Size;
  readonly lines: readonly Line[];
  readonly processes: ReadonlyMap<string, ProcessFigures>;
  readonly imports: Imports;
  readonly delays: readonly Delay[];
  readonly neo4jVersion: string | null;
}

function summary({ cells }: Line): string {
  return [...cells]
    .map(([id, cell]) => `${id} ${cell.is === 'measured' ? `${figure(cell.measured.p50)} ms` : cell.is}`)
    .join(', ');
}

/** A server that was started, with the figures of its starts. */
interface Started {
  readonly server: RunningServer;
  /** The first start, with nothing saved; null where there was one start only. */
  readonly cold: StartFigures | null;
  readonly last: StartFigures;
}

/** One graph with the servers on it, until it is closed. */
export class OneGraph {
  readonly #options: GraphOptions;
  readonly #work = mkdtempSync(join(tmpdir(), 'grappe-bench-'));
  readonly #started: Started[] = [];
  #neo4j: LocalNeo4j | null = null;

  constructor(options: GraphOptions) {
    this.#options = options;
  }

  async run(): Promise<GraphRun> {
    const { size, kinds, folder, workloads, say } = this.#options;
    say(`Making the ${size.name} graph`);
    const world = makeWorld(size);
    const store = folder === null ? this.#work : resolve(folder, size.name);
    mkdirSync(store, { recursive: true });
    const engines = [...new Set(kinds.map(({ engine }) => engine))];
    const loaded = await loadGraph({ world, store, work: this.#work, engines, say });
    this.#neo4j = loaded.engines.neo4j;
    // One after the other: each has the machine to itself while it starts.
    for (const kind of kinds) this.#started.push(await this.#start(kind, loaded.engines, world));
    const servers = this.#started.map(({ server }) => server);
    const lines = await this.#measureAll(world, servers);
    const delays: Delay[] = workloads === null ? await subscriptionDelays(servers) : [];
    const processes = new Map<string, ProcessFigures>();
    for (const { server, cold, last } of this.#started) {
      const memory = residentMegabytes(server.child.pid)!;
      const snapshot = server.kind.tongue === 'grappe' ? await server.inMemory() : null;
      processes.set(server.kind.id, figuresOf({ cold, last, memory, snapshot, atStart: server.startMegabytes }));
    }
    return { size, lines, processes, imports: loaded.imports, delays, neo4jVersion: this.#neo4j?.version ?? null };
  }

  /** Stops what runs and removes what was made. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#started.map(({ server }) => server.stop()));
    await this.#neo4j?.stop();
    rmSync(this.#work, { recursive: true, force: true });
  }

  async #start(kind: ServerKind, engines: Engines, world: World): Promise<Started> {
    const [question] = organisation.questions(world, new Random(1));
    const probe = ({ tongue }: ServerKind): Prepared =>
      prepared(
        tongue,
        organisation.id,
        organisation[tongue]!,
        tongue === 'grappe' ? question!.grappe(() => '') : question![tongue]!,
      );
    const once = async (): Promise<{ server: RunningServer; figures: StartFigures }> => {
      const server = await RunningServer.start(kind, { engines, work: this.#work, connections: CONNECTIONS, probe });
      try {
        const figures = { answers: server.startSeconds, hasRead: await server.untilRead() };
        const read = figures.hasRead === null ? '' : `, has read the graph after ${figure(figures.hasRead)} s`;
        this.#options.say(`${kind.title} answers after ${figure(figures.answers)} s${read}`);
        return { server, figures };
      } catch (error) {
        await server.stop();
        throw error;
      }
    };
    const first = await once();
    if (kind.tongue !== 'grappe' || !this.#options.startsTwice) {
      return { server: first.server, cold: null, last: first.figures };
    }
    await first.server.stop();
    const second = await once();
    return { server: second.server, cold: first.figures, last: second.figures };
  }

  async #measureAll(world: World, servers: readonly RunningServer[]): Promise<Line[]> {
    const { say, endOf, workloads: only } = this.#options;
    const end = endOf();
    const workloads = WORKLOADS.filter(({ id }) => only?.includes(id) ?? true);
    const sharesOf = ({ writes }: Workload): number => (writes ? SHARES_OF_WRITES : 1);
    const lines: Line[] = [];
    for (const [place, workload] of workloads.entries()) {
      const sharesLeft = workloads.slice(place).reduce((sum, each) => sum + sharesOf(each), 0);
      const milliseconds = Math.max(LEAST_MS, ((end - performance.now()) * sharesOf(workload)) / sharesLeft);
      const databasePid = this.#neo4j?.pid ?? null;
      const line = await measure(workload, { world, servers, databasePid, milliseconds, say });
      lines.push(line);
      const left = Math.max(0, Math.round((end - performance.now()) / 1_000));
      say(
        `${String(place + 1).padStart(2)} of ${workloads.length}, ${left} s left: ${workload.id} (${line.questions} questions): ${summary(line)}`,
      );
      for (const [id, cell] of line.cells) if (cell.is !== 'measured') say(`      ${id} ${cell.is}: ${cell.reason}`);
    }
    return lines;
  }
}
