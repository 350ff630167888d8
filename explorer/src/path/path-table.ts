import { relationWords } from '../network/view/columns.ts';
import type { WORDS as NETWORK_WORDS } from '../network/words.ts';
import type { Table } from '../take-away/csv.ts';
import type { FoundPath } from './paths.ts';
import type { WORDS } from './words.ts';

type PathWords = (typeof WORDS)['fr' | 'en'];
type NetworkWords = Parameters<typeof relationWords>[1] & (typeof NETWORK_WORDS)['fr' | 'en'];

/** Paths as a table: one row a step, with its fact, its period, its first projects and its sources. */
export function tableOfPaths(paths: readonly FoundPath[], words: PathWords, network: NetworkWords): Table {
  const { pathColumn, step, from, to, relation, since, until, projects, sources } = words.columns;
  return {
    columns: [pathColumn, step, from, relation, to, since, until, projects, sources],
    rows: paths.flatMap((path, number) =>
      path.relationships.map((fact, place) => [
        number + 1,
        place + 1,
        path.nodes[place]!.name,
        relationWords([{ type: fact.type, kind: 'kind' in fact ? fact.kind : null }], network),
        path.nodes[place + 1]!.name,
        fact.since,
        fact.until,
        'projects' in fact ? (fact.projects ?? []).map(({ name }) => name).join('; ') : null,
        fact.sources.map(({ title, url }) => (url ? `${title} <${url}>` : title)).join('; '),
      ]),
    ),
  };
}

/** The sources of paths, those of most steps first. */
export function sourcesOfPaths(paths: readonly FoundPath[]): { readonly title: string }[] {
  const counts = new Map<string, number>();
  for (const { relationships } of paths) {
    for (const { sources } of relationships) {
      for (const { title } of sources) counts.set(title, (counts.get(title) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([title]) => ({ title }));
}
