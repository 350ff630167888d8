import { assortativity, type NodeValues } from './assortativity.ts';
import { type CondensedSources, dependenciesIn } from './betweenness.ts';
import { rankedCommunities } from './communities.ts';
import { components } from './components.ts';
import { type Condensed, condensed } from './condensed.ts';
import { constraints } from './constraint.ts';
import { coreNumbers } from './core.ts';
import { degrees } from './degree.ts';
import { forceAtlas } from './force-atlas.ts';
import { strengths, type WeightedGraph } from './graph.ts';
import { harmonicIn } from './harmonic.ts';
import { pageRank } from './page-rank.ts';
import { ranked } from './ranked.ts';
import type { Check, Control } from './stop.ts';

/** Measures that need no more than one pass of one worker. */
const SIMPLE = {
  PAGE_RANK: (graph: WeightedGraph, check: Check) => pageRank(graph, check),
  DEGREE: (graph: WeightedGraph) => Float64Array.from(degrees(graph)),
  WEIGHTED_DEGREE: (graph: WeightedGraph) => strengths(graph),
  CORE: (graph: WeightedGraph) => Float64Array.from(coreNumbers(graph)),
  CONSTRAINT: (graph: WeightedGraph, check: Check) => constraints(graph, check),
};

export type SimpleMeasure = keyof typeof SIMPLE;

/** Sources in a condensed graph, and what is needed of it beside its neighbours. */
export type CondensedPaths = CondensedSources & Pick<Condensed, 'counts' | 'isEnd' | 'groups'>;

/** What workers compute, by name: a graph, parameters, and a check that throws once nobody waits for it and takes the share done. */
export const JOBS = {
  components: (graph: WeightedGraph, _: object) => components(graph),
  communities: (
    graph: WeightedGraph,
    parameters: { readonly resolution: number; readonly seed: number },
    check: Check,
  ) => rankedCommunities(graph, parameters, check),
  ranking: (graph: WeightedGraph, { measure }: { readonly measure: SimpleMeasure }, check: Check) =>
    ranked(SIMPLE[measure](graph, check), measure === 'CONSTRAINT'),
  constraints: (graph: WeightedGraph, _: object, check: Check) => constraints(graph, check),
  harmonic: (graph: WeightedGraph, { sources, times, isEnd }: CondensedPaths, check: Check) =>
    harmonicIn({ graph, isEnd }, { sources, times }, check),
  condensed: (graph: WeightedGraph, { groups }: Pick<Condensed, 'groups'>, check: Check) =>
    condensed(graph, groups, check),
  dependencies: (graph: WeightedGraph, { sources, times, ...rest }: CondensedPaths, check: Check) =>
    dependenciesIn({ graph, ...rest }, { sources, times }, check),
  assortativity: (graph: WeightedGraph, values: NodeValues) => assortativity(graph, values),
  layout: (graph: WeightedGraph, parameters: { readonly seed: number }, check: Check) =>
    forceAtlas(graph, parameters, check),
  order: (_: WeightedGraph, { values }: { readonly values: Float64Array<ArrayBuffer> }) => ranked(values),
};

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;

/** A computation as it is sent to a worker. */
export interface JobMessage {
  readonly name: JobName;
  readonly graph: WeightedGraph;
  readonly parameters: object;
  readonly control: Control;
}

/** What a worker answers: the result, or that it was stopped, or an error. */
export type JobAnswer =
  | { readonly is: 'done'; readonly result: unknown }
  | { readonly is: 'stopped' }
  | { readonly is: 'failed'; readonly message: string };
