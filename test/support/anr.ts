import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';

/** The collaborations of the ANR's projects in the seed: pairs of organisations with the strength of each (Newman 2001). */
export function collaborations(): { readonly weighted: WeightedGraph; readonly unit: WeightedGraph } {
  const file = new URL('../../seed/data/anr/participations.csv', import.meta.url);
  const rows = parse(readFileSync(file), { columns: true }) as { project: string; participant: string }[];
  const projects = Map.groupBy(rows, ({ project }) => project);
  const numbers = new Map<string, number>();
  const strengths = new Map<number, number>();
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  const nodes = rows.length;
  for (const partners of projects.values()) {
    const own = [...new Set(partners.map(({ participant }) => participant))];
    if (own.length < 2) continue;
    const members = own.map(numberOf).sort((a, b) => a - b);
    for (const [place, from] of members.entries()) {
      for (const to of members.slice(place + 1)) {
        const pair = from * nodes + to;
        strengths.set(pair, (strengths.get(pair) ?? 0) + 1 / (members.length - 1));
      }
    }
  }
  const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
  for (const [pair, weight] of strengths) {
    edges.from.push(Math.floor(pair / nodes));
    edges.to.push(pair % nodes);
    edges.weight.push(weight);
  }
  const unit = edges.weight.map(() => 1);
  return {
    weighted: weightedGraph(numbers.size, edges),
    unit: weightedGraph(numbers.size, { ...edges, weight: unit }),
  };
}
