import type { World } from '../graph/world.ts';
import { ofLength, type Question, type Workload } from './workload.ts';

const FIRST = 5;

interface Partner {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

type Edge = { readonly kinds: readonly string[]; readonly node: { readonly id: string; readonly name: string } };
type PeerEdge = { readonly properties: { readonly kind: string }; readonly node: Edge['node'] };

/** Places of the hub's partners. */
function partnersOfHub({ partnerships: { from, to }, hub }: World): Set<number> {
  const found = new Set<number>();
  from.forEach((one, place) => {
    const other = to[place]!;
    if (one === hub) found.add(other);
    if (other === hub) found.add(one);
  });
  return found;
}

function question(world: World, problem: Question['problem']): Question {
  const id = world.organisations.idOf(world.hub);
  return { cypher: { id }, peer: { id }, grappe: () => ({ id }), problem };
}

const idsOf = (answer: unknown): string[] => (answer as Partner[]).map(({ id }) => id);

const cypher = (order: string): Workload['cypher'] => ({
  text: `
    MATCH (:Entity {id: $id})-[p:PARTNERS_WITH]-(partner)
    RETURN p.kind AS kind, partner.id AS id, partner.name AS name ${order} LIMIT ${FIRST}`,
  answer: (rows: Partner[]) => rows,
});

const peer = (name: string, sort: string): Workload['peer'] => ({
  text: `
    query ${name}($id: ID!) {
      organisations(where: { id: { eq: $id } }) {
        partnersConnection(first: ${FIRST}${sort}) { edges { properties { kind } node { id name } } }
      }
    }`,
  answer: ({ organisations: [hub] }: { organisations: { partnersConnection: { edges: PeerEdge[] } }[] }) =>
    hub!.partnersConnection.edges.map(({ properties, node }) => ({ kind: properties.kind, ...node })),
});

const grappe = (name: string): Workload['grappe'] => ({
  text: `
    query ${name}($id: ID!) {
      organisation(by: { id: $id }) { partners(first: ${FIRST}) { edges { kinds node { id name } } } }
    }`,
  answer: ({ organisation }: { organisation: { partners: { edges: Edge[] } } }) =>
    organisation.partners.edges.map(({ kinds, node }) => ({ kind: kinds[0]!, ...node })),
});

const NEEDS = ['Query.organisation(by)', 'Actor.partners(first)'];

export const hubSorted: Workload = {
  id: 'hubSorted',
  title: `first ${FIRST} partners of the hub, sorted`,
  needs: NEEDS,
  questions: (world) => {
    const partners = partnersOfHub(world);
    const inOrder = world.byName.filter((place) => partners.has(place)).subarray(0, FIRST);
    const expected = Array.from(inOrder, (place) => world.organisations.idOf(place));
    const problem = (answer: unknown): string | null =>
      idsOf(answer).join() === expected.join() ? null : 'is not the first five by name';
    return [question(world, problem)];
  },
  cypher: cypher('ORDER BY partner.sortKey'),
  peer: peer('hubSorted', ', sort: [{ node: { sortKey: ASC } }]'),
  grappe: grappe('hubSorted'),
};

export const hubUnsorted: Workload = {
  id: 'hubUnsorted',
  title: `any ${FIRST} partners of the hub`,
  note: 'Grappe has no list without an order: it answers with the first five by name.',
  needs: NEEDS,
  loose: true,
  questions: (world) => {
    const partners = partnersOfHub(world);
    const problem = (answer: unknown): string | null => {
      const ids = new Set(idsOf(answer));
      return (
        ofLength([...ids], FIRST) ??
        ([...ids].every((id) => partners.has(world.organisations.placeOf(id))) ? null : 'holds a stranger')
      );
    };
    return [question(world, problem)];
  },
  cypher: cypher(''),
  peer: peer('hubUnsorted', ''),
  grappe: grappe('hubUnsorted'),
};
