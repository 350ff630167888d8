// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Any = any;

/** A question of docs/analysts.md that a tool answers, and which part of its answer is which part of the page's. */
interface AnsweredByTool {
  readonly number: number;
  readonly tool: string;
  readonly given: Record<string, unknown>;
  readonly parts: (page: Any, data: Any) => { readonly said: Any; readonly found: Any };
}

const ofSubgraph = (page: Any, data: Any) => ({ said: page.subgraph, found: data.subgraph });
const PROJECTS = { partnershipKinds: ['PROJECT'] };

/** The questions that a tool other than `graphql` answers. */
export const BY_TOOL: readonly AnsweredByTool[] = [
  {
    ...{ number: 2, tool: 'members', given: { id: 'pole/minalogic', role: ['FOUNDER', 'BOARD'] } },
    parts: ({ pole }, { network }) => ({ said: pole, found: network }),
  },
  {
    ...{ number: 3, tool: 'describe', given: { id: 'pole/agri-sud-ouest-innovation' } },
    parts: ({ nodes }, { node }) => ({ said: nodes[2], found: node }),
  },
  {
    ...{ number: 5, tool: 'compare' },
    given: { ids: ['pole/images-et-reseaux', 'pole/pole-mer-bretagne-atlantique'] },
    parts: (said, found) => ({ said, found }),
  },
  {
    ...{ number: 6, tool: 'partners', given: { id: 'organisation/cnrs', kind: ['PROJECT'], first: 5 } },
    parts: ({ organisation }, { actor }) => ({ said: organisation, found: actor }),
  },
  {
    ...{ number: 7, tool: 'path' },
    given: { from: 'organisation/airbus', to: 'organisation/pierre-fabre', count: 1 },
    parts: ({ shortestPath }, { paths }) => ({ said: shortestPath, found: paths[0] }),
  },
  {
    ...{ number: 9, tool: 'changes', given: { from: '2018', to: '2020', types: ['SUCCEEDED_BY'], first: 5 } },
    parts: (said, found) => ({ said, found }),
  },
  {
    ...{ number: 12, tool: 'describe', given: { id: 'pole/eurobiomed' } },
    parts: ({ pole }, { node }) => ({ said: pole, found: node }),
  },
  { ...{ number: 16, tool: 'communities', given: { ...PROJECTS, first: 5 } }, parts: ofSubgraph },
  {
    ...{ number: 18, tool: 'communities', given: { membersOf: ['pole/minalogic'], first: 3 } },
    parts: ({ among }, { subgraph }) => ({ said: among, found: subgraph }),
  },
  {
    ...{ number: 24, tool: 'communities', given: { ...PROJECTS, minCommonProjects: 2, measure: 'CORE' } },
    parts: ofSubgraph,
  },
  { ...{ number: 25, tool: 'communities', given: { ...PROJECTS, measure: 'HARMONIC', first: 3 } }, parts: ofSubgraph },
  {
    ...{ number: 26, tool: 'communities' },
    given: { ...PROJECTS, organisations: { locatedIn: ['territory/region-occitanie'] }, first: 2 },
    parts: ofSubgraph,
  },
  {
    ...{ number: 27, tool: 'communities' },
    given: {
      ...{ ...PROJECTS, organisations: { kind: ['COMPANY'] }, minCommonProjects: 2 },
      ...{ measure: 'CONSTRAINT', first: 3 },
    },
    parts: ofSubgraph,
  },
];

/** The part of an answer that has the fields and lengths of another; sources aside, of which tools show the identifiers. */
export function shapedLike(shape: Any, answer: Any): unknown {
  if (Array.isArray(shape)) return shape.map((item, at) => shapedLike(item, answer?.[at]));
  if (typeof shape !== 'object' || shape === null) return answer;
  const keys = Object.keys(shape).filter((key) => key !== 'sources');
  return Object.fromEntries(keys.map((key) => [key, shapedLike(shape[key], answer?.[key])]));
}
