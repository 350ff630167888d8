import type { World } from '../graph/world.ts';
import { endless, ofLength, type Question, type Workload } from './workload.ts';

const SIZE = 50;
/** Sizes of the first page, so that there are questions which nobody asked before. */
const SIZES = Array.from({ length: SIZE }, (_, size) => size + SIZE / 2);

interface Item {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}
interface PageOfItems {
  readonly items: readonly Item[];
  readonly goesOn: boolean;
}

/** What must follow a place in the order of names. */
function problemAfter(
  { organisations, byName }: World,
  { place, size }: { readonly place: number; readonly size: number },
  items: readonly Item[],
): string | null {
  const wrong = items.findIndex(({ id }, turn) => id !== organisations.idOf(byName[place + turn]!));
  return ofLength(items, size) ?? (wrong < 0 ? null : `differs from the order of names at entry ${wrong}`);
}

function questionAt(world: World, place: number, itemsOf: (answer: unknown) => readonly Item[], size = SIZE): Question {
  const after = place === 0 ? '' : world.organisations.sortKeyOf(world.byName[place - 1]!);
  return {
    cypher: { after, first: size },
    peer: { after, first: size },
    grappe: (cursor) => ({ after: after === '' ? null : cursor('organisations', after), first: size }),
    problem: (answer) => problemAfter(world, { place, size }, itemsOf(answer)),
  };
}

const ofPage = (answer: unknown): readonly Item[] => (answer as PageOfItems).items;
const ofList = (answer: unknown): readonly Item[] => answer as Item[];

const NEEDS = ['Query.organisations(after)'];

const LIMIT_TEXT = (limit: string): string => `
  MATCH (o:Organisation) WHERE o.sortKey > $after
  RETURN o.id AS id, o.name AS name, o.kind AS kind ORDER BY o.sortKey LIMIT ${limit}`;

/** A page and whether there is another, in all languages. */
const PAGE: Pick<Workload, 'cypher' | 'peer' | 'grappe'> = {
  cypher: {
    text: LIMIT_TEXT('toInteger($first) + 1'),
    // One more than the page says that there is another, as behind each page asked for here.
    answer: (rows: Item[]): PageOfItems => ({ items: rows.slice(0, -1), goesOn: true }),
  },
  peer: {
    text: `
      query page($after: String!, $first: Int!) {
        organisationsConnection(first: $first, where: { sortKey: { gt: $after } }, sort: [{ sortKey: ASC }]) {
          edges { node { id name kind } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
    answer: ({
      organisationsConnection: { edges, pageInfo },
    }: {
      organisationsConnection: { edges: { node: Item }[]; pageInfo: { hasNextPage: boolean } };
    }): PageOfItems => ({ items: edges.map(({ node }) => node), goesOn: pageInfo.hasNextPage }),
  },
  grappe: {
    text: `
      query page($after: String, $first: Int!) {
        organisations(first: $first, after: $after) { nodes { id name kind } pageInfo { hasNextPage endCursor } }
      }`,
    answer: ({
      organisations: { nodes, pageInfo },
    }: {
      organisations: { nodes: Item[]; pageInfo: { hasNextPage: boolean } };
    }): PageOfItems => ({ items: nodes, goesOn: pageInfo.hasNextPage }),
  },
};

export const firstPage: Workload = {
  id: 'firstPage',
  title: `${SIZES[0]} to ${SIZES.at(-1)} organisations by name, first page`,
  note: '@neo4j/graphql: its connection, which counts all to say whether there is a next page.',
  needs: NEEDS,
  questions: (world, random) => endless(() => questionAt(world, 0, ofPage, random.of(SIZES))),
  others: (world, random) =>
    endless(() => questionAt(world, 1 + random.below(world.size.deep), ofPage, random.of(SIZES))),
  ...PAGE,
};

export const deepPage: Workload = {
  id: 'deepPage',
  title: `${SIZE} organisations by name, after half of them`,
  note: '@neo4j/graphql: its cursors are offsets and fail here (out of memory), so it is asked by sort key.',
  needs: NEEDS,
  questions: (world, random) =>
    endless(() => questionAt(world, world.size.deep + random.below(world.size.deep - 2 * SIZE), ofPage)),
  ...PAGE,
};

export const plainList: Workload = {
  id: 'plainList',
  title: `${SIZE} organisations by name, from anywhere, without pageInfo`,
  note: '@neo4j/graphql: its plain list with limit, its fastest.',
  needs: NEEDS,
  questions: (world, random) => endless(() => questionAt(world, random.below(2 * world.size.deep - 2 * SIZE), ofList)),
  cypher: { text: LIMIT_TEXT('toInteger($first)'), answer: (rows: Item[]) => rows },
  peer: {
    text: `
      query plainList($after: String!, $first: Int!) {
        organisations(where: { sortKey: { gt: $after } }, limit: $first, sort: [{ sortKey: ASC }]) { id name kind }
      }`,
    answer: ({ organisations }: { organisations: Item[] }) => organisations,
  },
  grappe: {
    text: `query plainList($after: String, $first: Int!) { organisations(first: $first, after: $after) { nodes { id name kind } } }`,
    answer: ({ organisations }: { organisations: { nodes: Item[] } }) => organisations.nodes,
  },
};
