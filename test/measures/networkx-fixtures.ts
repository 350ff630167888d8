import { readFileSync } from 'node:fs';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';

/** A random graph as fixtures/README.md describes it, and what networkx gives for it. */
interface Measured {
  readonly size: number;
  readonly edges: readonly (readonly [from: number, to: number, weight: number])[];
  readonly values: readonly number[];
  readonly components: readonly number[];
  readonly pageRank: readonly number[];
  readonly core: readonly number[];
  readonly harmonic: readonly number[];
  readonly betweenness: readonly number[];
  readonly constraint: readonly (number | null)[];
  readonly assortativity: number | null;
}

/** Networks of the nodes of the same graph, and betweenness between different values and between different networks. */
interface Grouped {
  readonly networks: readonly (readonly number[])[];
  readonly betweenValues: readonly number[];
  readonly betweenNetworks: readonly number[];
}

function read<Line>(name: string): Line[] {
  const text = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const graphOf = ({ size, edges }: Measured): WeightedGraph =>
  weightedGraph(size, {
    from: edges.map(([from]) => from),
    to: edges.map(([, to]) => to),
    weight: edges.map(([, , weight]) => weight),
  });

/** The 50 random graphs. */
export function networkxFixtures() {
  const groups = read<Grouped>('groups.jsonl');
  return read<Measured>('random-graphs.jsonl').map((measured, at) => ({
    ...{ ...measured, ...groups[at]!, graph: graphOf(measured) },
  }));
}

/** All nodes of a graph. */
export const all = (size: number): Int32Array<ArrayBuffer> => Int32Array.from({ length: size }, (_, node) => node);
