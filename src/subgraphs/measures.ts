import { ClientError } from '../domain/client-error.ts';
import { keyOf } from '../domain/key.ts';
import type { Assortativity, NodeValues } from '../measures/assortativity.ts';
import { type SourceSums, sourcesIn, spread } from '../measures/betweenness.ts';
import type { SharedResults } from '../measures/cache.ts';
import type { RankedCommunities } from '../measures/communities.ts';
import type { Positions } from '../measures/force-atlas.ts';
import type { WeightedGraph } from '../measures/graph.ts';
import { besideTwins } from '../measures/harmonic.ts';
import type { CondensedPaths, SimpleMeasure } from '../measures/jobs.ts';
import { groupsAround } from '../measures/pairs-between.ts';
import type { WorkerPool } from '../measures/pool.ts';
import { Progress } from '../measures/progress.ts';
import { drawn } from '../measures/random-sources.ts';
import type { Ranked } from '../measures/ranked.ts';
import { type Estimate, estimated } from '../measures/sampled.ts';
import type { Attribute, AttributeName } from './attributes.ts';
import type { Computations } from './computations.ts';
import type { EdgeWeight, SelectedGraph } from './selected-graph.ts';

/** Measures by which nodes are ranked. */
export const RANKING_MEASURES = [
  'PAGE_RANK',
  'DEGREE',
  'WEIGHTED_DEGREE',
  'CORE',
  'HARMONIC',
  'BETWEENNESS',
  'CONSTRAINT',
] as const;
export type RankingMeasure = (typeof RANKING_MEASURES)[number];

/** All that is computed of a graph by workers. */
export const MEASURES = [
  ...RANKING_MEASURES,
  'COMMUNITIES',
  'BROKERS',
  'ASSORTATIVITY',
  'POSITIONS',
  'COMPONENTS',
] as const;
export type Measure = (typeof MEASURES)[number];

/** A ranking, and how exact it is. */
export interface Ranking extends Ranked {
  /** Number of nodes from which shortest paths were searched; null where none are. */
  readonly sources: number | null;
  /** The standard error of each value; null where values are exact. */
  readonly errors: Float64Array | null;
}

/**
 * Up to how many nodes times edges shortest paths are searched from every node unasked: some seconds of two workers. Beyond,
 * from as many nodes as that allows, at least LEAST_SOURCES; from every node where exact values are asked for.
 */
export const EXACT_UP_TO = { HARMONIC: 2_500_000_000, BETWEENNESS: 400_000_000 } as const;
/** Up to how many nodes times edges exact values may be asked for: some minutes of two workers. */
export const EXACT_AT_MOST = 50_000_000_000;
const LEAST_SOURCES = 64;
/** Parts of a search at most: their number decides the order of sums, so it is constant. A long one has more, so that others have turns. */
const [PARTS, PARTS_OF_LONG] = [8, 64];
/** Sources times edges from which a search is long: some seconds of one worker. */
const LONG = 640_000_000;
/** Sources that a worker takes at once. */
const PASS = 32;
/** Parts of a computation that workers have or that wait for one. */
const AT_ONCE = 2;

/** The error of exact values of a graph that is too large. */
export class ExactTooLargeError extends ClientError {
  override readonly name = 'ExactTooLargeError';

  constructor(size: number) {
    super(
      'BAD_USER_INPUT',
      `exact: the selection has ${size.toLocaleString('en')} nodes times edges; the maximum is ${EXACT_AT_MOST.toLocaleString('en')}. Select less, or take the estimate.`,
    );
  }
}

/** How communities are found. */
export interface CommunityParameters {
  readonly resolution: number;
  readonly weights: EdgeWeight;
  readonly seed: number;
}

/** The groups between which brokers are: communities, or the networks that nodes are members of. */
export type BrokerGroups = 'COMMUNITIES' | 'NETWORKS';

/** Groups of nodes, by the parameters that they are found by. */
export interface GroupsOfNodes {
  readonly by: object;
  readonly values: NodeValues;
}

/** How nodes between groups are found. */
export interface Brokers extends Ranking {
  readonly constraints: Float64Array;
}

function bytesOf(value: object): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce((sum, each) => sum + (ArrayBuffer.isView(each) ? each.byteLength : 16), 64);
}

/** Shortest paths from `count` of some nodes, or of all; with groups, those between them alone. */
interface PathsFrom {
  readonly count: number;
  readonly from: Int32Array | null;
  readonly groups: NodeValues | null;
}

/** What measures are computed with: workers, the results of late, and what is under way. */
export interface Computing {
  readonly pool: WorkerPool;
  readonly results: SharedResults;
  readonly computations: Computations;
}

/** The measures of one selected graph, computed by workers, each once for the same parameters. */
export class GraphMeasures {
  readonly #graph: SelectedGraph;
  readonly #pool: WorkerPool;
  readonly #results: SharedResults;
  readonly #computations: Computations;
  readonly #signal: AbortSignal;

  constructor(graph: SelectedGraph, { pool, results, computations }: Computing, signal: AbortSignal) {
    this.#graph = graph;
    this.#pool = pool;
    this.#results = results;
    this.#computations = computations;
    this.#signal = signal;
  }

  #once<Value extends object>(
    measure: Measure,
    parameters: object,
    work: (signal: AbortSignal, progress: Progress) => Promise<Value>,
  ): Promise<Value> {
    const key = keyOf('measure', { of: this.#graph.key, measure, parameters });
    return this.#results.get(key, this.#signal, async (signal, hold) => {
      const progress = new Progress(measure);
      const computation = { progress, hold };
      const value = await this.#computations.run(this.#graph.selection, computation, () => work(signal, progress));
      return { value, bytes: bytesOf(value), version: this.#graph.version };
    });
  }

  /** The connected component of each node: numbers from 0, the largest first. */
  components(): Promise<Int32Array> {
    const graph = this.#graph.weighted('NONE');
    return this.#once('COMPONENTS', {}, (signal, progress) =>
      this.#pool.run('components', graph, {}, signal, progress),
    );
  }

  communities({ resolution, weights, seed }: CommunityParameters): Promise<RankedCommunities> {
    const graph = this.#graph.weighted(weights);
    return this.#once('COMMUNITIES', { resolution, weights, seed }, (signal, progress) =>
      this.#pool.run('communities', graph, { resolution, seed }, signal, progress),
    );
  }

  /** Nodes by a measure. DEGREE, CORE, HARMONIC and BETWEENNESS have no weights. */
  ranking(measure: RankingMeasure, weights: EdgeWeight, exact = false): Promise<Ranking> {
    if (measure === 'HARMONIC' || measure === 'BETWEENNESS') return this.#byPaths(measure, exact);
    const isWeighted = measure === 'PAGE_RANK' || measure === 'WEIGHTED_DEGREE' || measure === 'CONSTRAINT';
    return this.#simple(measure, isWeighted ? weights : 'NONE');
  }

  #simple(measure: SimpleMeasure, weights: EdgeWeight): Promise<Ranking> {
    const graph = this.#graph.weighted(weights);
    return this.#once(measure, { weights }, async (signal, progress) => ({
      ...(await this.#pool.run('ranking', graph, { measure }, signal, progress)),
      sources: null,
      errors: null,
    }));
  }

  /** From how many of so many nodes shortest paths are searched. Throws an ExactTooLargeError. */
  #sourceCount(measure: 'HARMONIC' | 'BETWEENNESS', exact: boolean, length = this.#graph.nodes.length): number {
    const edges = Math.max(1, this.#graph.pairCount);
    if (exact && length * edges > EXACT_AT_MOST) throw new ExactTooLargeError(length * edges);
    if (exact) return length;
    const most = Math.floor(EXACT_UP_TO[measure] / edges);
    return Math.min(length, Math.max(LEAST_SOURCES, most));
  }

  async #byPaths(measure: 'HARMONIC' | 'BETWEENNESS', exact: boolean): Promise<Ranking> {
    const name = measure === 'HARMONIC' ? 'harmonic' : 'dependencies';
    const count = this.#sourceCount(measure, exact);
    return this.#once(measure, { count }, (signal, progress) =>
      this.#fromSources(name, { count, from: null, groups: null }, signal, progress),
    );
  }

  /** The ranking of what shortest paths from some nodes add to each, in parts on all workers. */
  async #fromSources(
    name: 'harmonic' | 'dependencies',
    { count, from, groups }: PathsFrom,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<Ranking> {
    const graph = this.#graph.weighted('NONE');
    const of = from?.length ?? graph.size;
    const indices = drawn(of, count, 1);
    const sources = from === null ? indices : indices.map((index) => from[index]!);
    const sums = await this.#sumsOf(name, graph, { sources, groups }, signal, progress);
    // Of the pairs of other nodes, each counted from both ends.
    const factor = name === 'harmonic' ? 1 : 1 / Math.max(1, (graph.size - 1) * (graph.size - 2));
    const { values, errors }: Estimate = estimated(sums, of, Math.max(1, sources.length), factor);
    const order = await this.#pool.run('order', graph, { values }, signal);
    return { ...order, sources: sources.length, errors: sources.length < of ? errors : null };
  }

  /** What paths from some nodes add to each, with or without groups: found in a condensed graph. */
  async #sumsOf(
    name: 'harmonic' | 'dependencies',
    graph: WeightedGraph,
    { sources, groups }: { readonly sources: Int32Array; readonly groups: NodeValues | null },
    signal: AbortSignal,
    progress: Progress,
  ): Promise<SourceSums> {
    const small = await this.#pool.run('condensed', graph, { groups }, signal);
    const { counts, isEnd } = small;
    const own = sourcesIn(small, sources);
    const parameters = (part: Int32Array, first: number): CondensedPaths => ({
      ...{ sources: part, times: own.times.slice(first, first + part.length) },
      ...{ counts, isEnd, groups: small.groups },
    });
    const sums = await this.#sumsFrom(name, small.graph, own.sources, parameters, signal, progress);
    return name === 'harmonic' ? besideTwins(sums, small, sources) : spread(sums, small);
  }

  /** The sums of parts of some sources on all workers; `parametersOf` those of the part that begins with source `first`. */
  async #sumsFrom(
    name: 'harmonic' | 'dependencies',
    graph: WeightedGraph,
    sources: Int32Array,
    parametersOf: (own: Int32Array, first: number) => CondensedPaths,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<SourceSums> {
    const isLong = sources.length * (graph.neighbours.length / 2) > LONG;
    // Whole passes, so that only the last has fewer sources.
    const length = PASS * Math.max(1, Math.ceil(sources.length / PASS / (isLong ? PARTS_OF_LONG : PARTS)));
    const count = Math.ceil(sources.length / length);
    progress.expect(count);
    const total = { sums: new Float64Array(graph.size), squares: new Float64Array(graph.size) };
    const parts = new Map<number, SourceSums>();
    let [next, added] = [0, 0];
    // In the order of the parts, whichever is done first: sums are the same to the last digit.
    const add = (): void => {
      for (let part = parts.get(added); part !== undefined; part = parts.get(added)) {
        for (let node = 0; node < graph.size; node++) {
          total.sums[node]! += part.sums[node]!;
          total.squares[node]! += part.squares[node]!;
        }
        parts.delete(added++);
      }
    };
    // A few at a time: computations that came later have their turn between two parts.
    const work = async (): Promise<void> => {
      for (let part = next++; part < count; part = next++) {
        const own = sources.slice(part * length, (part + 1) * length);
        try {
          parts.set(part, await this.#pool.run(name, graph, parametersOf(own, part * length), signal, progress));
        } catch (error) {
          next = count;
          throw error;
        }
        add();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return total;
  }

  /** Nodes by the share of the shortest paths between nodes of different groups that lead through them. */
  async brokers({ by, values: groups }: GroupsOfNodes, weights: EdgeWeight, exact = false): Promise<Brokers> {
    // Paths from nodes without a group are not between groups.
    const grouped = this.#graph.nodes.flatMap((_, node) =>
      groups.offsets[node] === groups.offsets[node + 1] ? [] : [node],
    );
    const from = grouped.length === this.#graph.nodes.length ? null : Int32Array.from(grouped);
    const count = this.#sourceCount('BETWEENNESS', exact, grouped.length);
    return this.#once('BROKERS', { by, weights, count }, async (signal, progress) => {
      const [ranking, constraints] = await Promise.all([
        this.#fromSources('dependencies', { count, from, groups }, signal, progress),
        (async () => this.#pool.run('constraints', this.#graph.weighted(weights), {}, signal))(),
      ]);
      // A node that is on no such path is no broker.
      const order = ranking.order.filter((node) => ranking.values[node]! > 0);
      return { ...ranking, order, constraints };
    });
  }

  /** Positions of nodes by ForceAtlas2: those of node `n` at `2 n` and `2 n + 1`. Edges attract by their strength. */
  positions(seed: number): Promise<Positions> {
    const graph = this.#graph.weighted('STRENGTH');
    return this.#once('POSITIONS', { seed }, (signal, progress) =>
      this.#pool.run('layout', graph, { seed }, signal, progress),
    );
  }

  /** How many groups the neighbours of a node belong to. */
  groupsAround(node: number, groups: NodeValues): number {
    return groupsAround(this.#graph.weighted('NONE'), node, groups);
  }

  /** Whether nodes with the same values are joined more than by chance. Every pair counts once. */
  assortativity(by: AttributeName, { offsets, values, count }: Attribute): Promise<Assortativity> {
    const graph = this.#graph.weighted('NONE');
    return this.#once('ASSORTATIVITY', { by }, (signal, progress) =>
      this.#pool.run('assortativity', graph, { offsets, values, count }, signal, progress),
    );
  }
}
