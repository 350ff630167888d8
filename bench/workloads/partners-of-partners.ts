import { endless, ofLength, type Workload } from './workload.ts';

const FIRST = 10;

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Partner extends Named {
  readonly partners: readonly Named[];
}

export const partnersOfPartners: Workload = {
  id: 'partnersOfPartners',
  title: `partners of partners, ${FIRST} × ${FIRST}, sorted`,
  needs: ['Query.organisation(by)', 'Actor.partners(first)'],
  questions: ({ organisations, partnerships: { from, to }, hub }, random) => {
    const ends = (place: number): number[] => [from[place]!, to[place]!];
    const degrees = new Uint32Array(organisations.length);
    from.forEach((_, place) => {
      for (const end of ends(place)) degrees[end]!++;
    });
    return endless(() => {
      const organisation = random.below(organisations.length);
      const id = organisations.idOf(organisation);
      const expected = Math.min(FIRST, degrees[organisation]!);
      return {
        cypher: { id },
        peer: { id },
        grappe: () => ({ id }),
        problem: (answer) => (organisation === hub ? null : ofLength(answer, expected)),
      };
    });
  },
  cypher: {
    text: `
      MATCH (:Entity {id: $id})-[:PARTNERS_WITH]-(partner)
      WITH partner ORDER BY partner.sortKey LIMIT ${FIRST}
      CALL (partner) {
        MATCH (partner)-[:PARTNERS_WITH]-(other)
        WITH other ORDER BY other.sortKey LIMIT ${FIRST}
        RETURN collect({id: other.id, name: other.name}) AS partners
      }
      RETURN partner.id AS id, partner.name AS name, partners ORDER BY partner.sortKey`,
    answer: (rows: Partner[]) => rows,
  },
  peer: {
    text: `
      query partnersOfPartners($id: ID!) {
        organisations(where: { id: { eq: $id } }) {
          partners(limit: ${FIRST}, sort: [{ sortKey: ASC }]) {
            id name
            partners(limit: ${FIRST}, sort: [{ sortKey: ASC }]) { id name }
          }
        }
      }`,
    answer: ({ organisations: [found] }: { organisations: { partners: Partner[] }[] }) => found!.partners,
  },
  grappe: {
    text: `
      query partnersOfPartners($id: ID!) {
        organisation(by: { id: $id }) {
          partners(first: ${FIRST}) { nodes { id name partners(first: ${FIRST}) { nodes { id name } } } }
        }
      }`,
    answer: ({
      organisation,
    }: {
      organisation: { partners: { nodes: (Named & { partners: { nodes: Named[] } })[] } };
    }) => organisation.partners.nodes.map(({ id, name, partners }) => ({ id, name, partners: partners.nodes })),
  },
};
