import { departmentId } from '../graph/files.ts';
import { departmentOf, SECTORS, type World } from '../graph/world.ts';
import { endless, lazily, ofLength, type Workload } from './workload.ts';

const SIZE = 50;
/** Networks that a question names at the most: a request to Grappe may list so many values. */
const MAX_NETWORKS = 100;

interface Item {
  readonly id: string;
  readonly name: string;
}

/** The first organisations, by name, of a kind that sit in a département and belong to one of some networks. */
function found(world: World, kind: string, department: number, networks: ReadonlySet<number>): string[] {
  const { organisations, byName, memberships } = world;
  const isMember = new Uint8Array(organisations.length);
  memberships.member.forEach((member, place) => {
    if (networks.has(memberships.network[place]!)) isMember[member] = 1;
  });
  const meets = (place: number): boolean =>
    isMember[place] === 1 &&
    organisations.kindOf(place) === kind &&
    departmentOf(organisations.communeOf(place)) === department;
  return Array.from(byName.filter(meets).subarray(0, SIZE), (place) => organisations.idOf(place));
}

export const filter: Workload = {
  id: 'filter',
  title: `first ${SIZE} of a kind, in a territory, in a network of a sector`,
  note: "All are given the identifiers of the sector's networks. @neo4j/graphql gets the depth of territories.",
  needs: ['Query.organisations(filter)', 'OrganisationFilter.locatedIn', 'OrganisationFilter.memberOf'],
  questions: (world, random) => {
    const { networks, organisations } = world;
    return endless(() => {
      const [sector, kind] = [random.below(SECTORS), random.of(['COMPANY', 'RESEARCH', 'ASSOCIATION'])];
      const ofSector = networks.flatMap(({ sector: its }, place) => (its === sector ? [place] : []));
      const places = new Set(ofSector.slice(0, MAX_NETWORKS));
      const ids = [...places].map((place) => networks[place]!.id);
      const department = departmentOf(organisations.communeOf(random.below(organisations.length)));
      const expected = lazily(() => found(world, kind, department, places));
      const values = { kind, territory: departmentId(department), networks: ids };
      return {
        cypher: values,
        peer: values,
        grappe: () => values,
        problem: (answer) =>
          ofLength(answer, expected().length) ??
          ((answer as Item[]).every(({ id }, place) => id === expected()[place]) ? null : 'holds others'),
      };
    });
  },
  cypher: {
    text: `
      MATCH (:Entity {id: $territory})<-[:PART_OF*0..3]-(:Territory)<-[:LOCATED_IN]-(o:Organisation)
      WHERE o.kind = $kind AND EXISTS { (o)-[:MEMBER_OF]->(network) WHERE network.id IN $networks }
      RETURN DISTINCT o.id AS id, o.name AS name, o.sortKey AS sortKey ORDER BY sortKey LIMIT ${SIZE}`,
    answer: (rows: Item[]) => rows.map(({ id, name }) => ({ id, name })),
  },
  peer: {
    text: `
      query filter($kind: String!, $territory: ID!, $networks: [ID!]!) {
        organisations(
          where: {
            kind: { eq: $kind }
            seats: { some: { partOf: { some: { id: { eq: $territory } } } } }
            networks: { some: { id: { in: $networks } } }
          }
          limit: ${SIZE}
          sort: [{ sortKey: ASC }]
        ) { id name }
      }`,
    answer: ({ organisations }: { organisations: Item[] }) => organisations,
  },
  grappe: {
    text: `
      query filter($kind: OrganisationKind!, $territory: ID!, $networks: [ID!]!) {
        organisations(first: ${SIZE}, filter: { kind: [$kind], locatedIn: [$territory], memberOf: $networks }) {
          nodes { id name }
        }
      }`,
    answer: ({ organisations }: { organisations: { nodes: Item[] } }) => organisations.nodes,
  },
};
