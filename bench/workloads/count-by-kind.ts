import { isDeepStrictEqual } from 'node:util';
import { ORGANISATION_KINDS } from '../../src/domain/vocabulary.ts';
import type { Question, Workload } from './workload.ts';

type Counts = Readonly<Record<string, number>>;

interface Count {
  readonly value: string;
  readonly count: number;
}

const sorted = (counts: readonly Count[]): Counts =>
  Object.fromEntries(
    counts
      .filter(({ count }) => count > 0)
      .map(({ value, count }) => [value, count] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export const countByKind: Workload = {
  id: 'countByKind',
  title: "a pole's members counted by kind",
  note: '@neo4j/graphql has no grouping: it is asked for one count per kind.',
  needs: ['Query.network(id)', 'MembersConnection.facets', 'ActorFacets.organisationKinds'],
  *questions({ networks, memberships, organisations, size }, random): Generator<Question> {
    const counts = new Map<number, Map<string, number>>();
    memberships.member.forEach((member, place) => {
      const network = memberships.network[place]!;
      if (network >= size.poles) return;
      const kind = organisations.kindOf(member);
      const its = counts.get(network) ?? new Map<string, number>();
      counts.set(network, its.set(kind, (its.get(kind) ?? 0) + 1));
    });
    for (const place of random.some([...networks.keys()].slice(0, size.poles), size.poles)) {
      const { id } = networks[place]!;
      const expected = sorted([...counts.get(place)!].map(([value, count]) => ({ value, count })));
      yield {
        cypher: { id },
        peer: { id },
        grappe: () => ({ id }),
        problem: (answer) => (isDeepStrictEqual(answer, expected) ? null : 'counts otherwise'),
      };
    }
  },
  *others({ networks, size }): Generator<Question> {
    for (const { id } of networks.slice(size.poles)) {
      yield { cypher: { id }, grappe: () => ({ id }), problem: () => null };
    }
  },
  cypher: {
    text: `
      MATCH (:Entity {id: $id})<-[:MEMBER_OF]-(member:Organisation)
      RETURN member.kind AS value, count(DISTINCT member) AS count`,
    answer: sorted,
  },
  peer: {
    text: `
      query countByKind($id: ID!) {
        poles(where: { id: { eq: $id } }) {
          ${ORGANISATION_KINDS.map(
            (kind) =>
              `${kind}: membersConnection(where: { node: { kind: { eq: "${kind}" } } }) { aggregate { count { nodes } } }`,
          ).join('\n')}
        }
      }`,
    answer: ({ poles: [pole] }: { poles: Record<string, { aggregate: { count: { nodes: number } } }>[] }) =>
      sorted(Object.entries(pole!).map(([value, { aggregate }]) => ({ value, count: aggregate.count.nodes }))),
  },
  grappe: {
    text: 'query countByKind($id: ID!) { network(id: $id) { members { facets { organisationKinds { value count } } } } }',
    answer: ({ network }: { network: { members: { facets: { organisationKinds: Count[] } } } }) =>
      sorted(network.members.facets.organisationKinds),
  },
};
