import { endless, ofLength, type Workload } from './workload.ts';

const FIRST = 20;

interface Member {
  readonly role: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly id: string;
  readonly name: string;
}

type Facts = Pick<Member, 'role' | 'since' | 'until'>;
type GrappeEdge = Omit<Facts, 'role'> & End & { readonly roles: readonly string[] };
type End = { readonly node: Pick<Member, 'id' | 'name'> };

export const asOf: Workload = {
  id: 'asOf',
  title: `first ${FIRST} members of a pole as of a year`,
  needs: ['Query.network(id)', 'Network.members(asOf)'],
  questions: ({ networks, size }, random) =>
    endless(() => {
      const { id } = networks[random.below(size.poles)]!;
      const year = String(random.between(2014, 2018));
      const values = { id, first: `${year}-01-01`, last: `${year}-12-31` };
      const problem = (answer: unknown): string | null =>
        (answer as Member[]).length > 0 ? ofLength((answer as Member[]).slice(0, 1), 1) : 'is empty';
      return { cypher: values, peer: values, grappe: () => ({ id, year }), problem };
    }),
  others: ({ networks, size }, random) =>
    endless(() => {
      const { id } = networks[size.poles + random.below(networks.length - size.poles)]!;
      const year = String(random.between(2014, 2018));
      return { cypher: { id }, grappe: () => ({ id, year }), problem: () => null };
    }),
  cypher: {
    text: `
      MATCH (:Entity {id: $id})<-[m:MEMBER_OF]-(member)
      WHERE m.validFrom <= $last AND m.validTo >= $first
      RETURN m.role AS role, m.since AS since, m.until AS until, member.id AS id, member.name AS name
      ORDER BY member.sortKey LIMIT ${FIRST}`,
    answer: (rows: Member[]) => rows,
  },
  peer: {
    text: `
      query asOf($id: ID!, $first: String!, $last: String!) {
        poles(where: { id: { eq: $id } }) {
          membersConnection(
            first: ${FIRST}
            sort: [{ node: { sortKey: ASC } }]
            where: { edge: { validFrom: { lte: $last }, validTo: { gte: $first } } }
          ) { edges { properties { role since until } node { id name } } }
        }
      }`,
    answer: ({ poles: [pole] }: { poles: { membersConnection: { edges: ({ properties: Facts } & End)[] } }[] }) =>
      pole!.membersConnection.edges.map(({ properties, node }) => ({ ...properties, ...node })),
  },
  grappe: {
    text: `
      query asOf($id: ID!, $year: PartialDate!) {
        network(id: $id) {
          members(first: ${FIRST}, asOf: $year) { edges { roles since until node { id name } } }
        }
      }`,
    answer: ({ network }: { network: { members: { edges: GrappeEdge[] } } }) =>
      network.members.edges.map(({ node, roles, ...dates }) => ({ role: roles[0]!, ...dates, ...node })),
  },
};
