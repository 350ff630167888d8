import type { Random } from '../graph/random.ts';
import type { World } from '../graph/world.ts';
import { endless, ofLength, type Question, type Workload } from './workload.ts';

/** Sizes of pages, so that there are questions which nobody asked before. */
const SIZES = Array.from({ length: 50 }, (_, size) => size + 5);
const RANGE = `${SIZES[0]} to ${SIZES.at(-1)}`;

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

function questions(
  world: World,
  random: Random,
  problem: (answer: unknown, first: number) => string | null,
): Iterable<Question> {
  const id = world.organisations.idOf(world.hub);
  return endless(() => {
    const values = { id, first: random.of(SIZES) };
    return {
      cypher: values,
      peer: values,
      grappe: () => values,
      problem: (answer) => problem(answer, values.first),
    };
  });
}

/** The same about other organisations, which have few partners. */
const others: Workload['others'] = ({ organisations }, random) =>
  endless(() => {
    const values = { id: organisations.idOf(random.below(organisations.length)), first: random.of(SIZES) };
    return { cypher: values, grappe: () => values, problem: () => null };
  });

const idsOf = (answer: unknown): string[] => (answer as Partner[]).map(({ id }) => id);

const cypher = (order: string): Workload['cypher'] => ({
  text: `
    MATCH (:Entity {id: $id})-[p:PARTNERS_WITH]-(partner)
    RETURN p.kind AS kind, partner.id AS id, partner.name AS name ${order} LIMIT toInteger($first)`,
  answer: (rows: Partner[]) => rows,
});

const peer = (name: string, sort: string): Workload['peer'] => ({
  text: `
    query ${name}($id: ID!, $first: Int!) {
      organisations(where: { id: { eq: $id } }) {
        partnersConnection(first: $first${sort}) { edges { properties { kind } node { id name } } }
      }
    }`,
  answer: ({ organisations: [hub] }: { organisations: { partnersConnection: { edges: PeerEdge[] } }[] }) =>
    hub!.partnersConnection.edges.map(({ properties, node }) => ({ kind: properties.kind, ...node })),
});

const grappe = (name: string): Workload['grappe'] => ({
  text: `
    query ${name}($id: ID!, $first: Int!) {
      organisation(by: { id: $id }) { partners(first: $first) { edges { kinds node { id name } } } }
    }`,
  answer: ({ organisation }: { organisation: { partners: { edges: Edge[] } } }) =>
    organisation.partners.edges.map(({ kinds, node }) => ({ kind: kinds[0]!, ...node })),
});

const NEEDS = ['Query.organisation(by)', 'Actor.partners(first)'];

export const hubSorted: Workload = {
  id: 'hubSorted',
  title: `first ${RANGE} partners of the hub, sorted`,
  needs: NEEDS,
  others,
  questions: (world, random) => {
    const partners = partnersOfHub(world);
    const byName = Array.from(world.byName.filter((place) => partners.has(place)).subarray(0, SIZES.at(-1)), (place) =>
      world.organisations.idOf(place),
    );
    return questions(world, random, (answer, first) =>
      idsOf(answer).join() === byName.slice(0, first).join() ? null : 'is not the first by name',
    );
  },
  cypher: cypher('ORDER BY partner.sortKey'),
  peer: peer('hubSorted', ', sort: [{ node: { sortKey: ASC } }]'),
  grappe: grappe('hubSorted'),
};

export const hubUnsorted: Workload = {
  id: 'hubUnsorted',
  title: `any ${RANGE} partners of the hub`,
  note: 'Grappe has no list without an order: it answers with the first by name.',
  needs: NEEDS,
  others,
  loose: true,
  questions: (world, random) => {
    const partners = partnersOfHub(world);
    return questions(world, random, (answer, first) => {
      const ids = new Set(idsOf(answer));
      return (
        ofLength([...ids], first) ??
        ([...ids].every((id) => partners.has(world.organisations.placeOf(id))) ? null : 'holds a stranger')
      );
    });
  },
  cypher: cypher(''),
  peer: peer('hubUnsorted', ''),
  grappe: grappe('hubUnsorted'),
};
