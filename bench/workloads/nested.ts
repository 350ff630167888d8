import { ofLength, type Question, type Workload } from './workload.ts';

const POLES = 10;
const MEMBERS = 20;
const PARTNERS = 5;

interface Partner {
  readonly kind: string;
  readonly since: string | null;
  readonly id: string;
  readonly name: string;
}
interface Member {
  readonly role: string;
  readonly since: string | null;
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly partners: readonly Partner[];
}
interface Pole {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Member[];
}

type Edges<Edge> = { readonly edges: readonly Edge[] };
type Ends<More = object> = { readonly node: { readonly id: string; readonly name: string } & More };

interface PeerPole {
  readonly id: string;
  readonly name: string;
  readonly membersConnection: Edges<
    { readonly properties: Pick<Member, 'role' | 'since'> } & Ends<{
      readonly kind: string;
      readonly partnersConnection: Edges<{ readonly properties: Pick<Partner, 'kind' | 'since'> } & Ends>;
    }>
  >;
}
interface GrappePole {
  readonly id: string;
  readonly name: string;
  readonly members: Edges<
    { readonly roles: readonly string[]; readonly since: string | null } & Ends<{
      readonly kind: string;
      readonly partners: Edges<{ readonly kinds: readonly string[]; readonly since: string | null } & Ends>;
    }>
  >;
}

const ofPeer = ({ id, name, membersConnection }: PeerPole): Pole => ({
  id,
  name,
  members: membersConnection.edges.map(({ properties: { role, since }, node }) => ({
    role,
    since,
    id: node.id,
    name: node.name,
    kind: node.kind,
    partners: node.partnersConnection.edges.map((edge) => ({
      kind: edge.properties.kind,
      since: edge.properties.since,
      id: edge.node.id,
      name: edge.node.name,
    })),
  })),
});

const ofGrappe = ({ id, name, members }: GrappePole): Pole => ({
  id,
  name,
  // No two nodes of the graph are joined twice.
  members: members.edges.map(({ roles, since, node }) => ({
    role: roles[0]!,
    since,
    id: node.id,
    name: node.name,
    kind: node.kind,
    partners: node.partners.edges.map((edge) => ({
      kind: edge.kinds[0]!,
      since: edge.since,
      id: edge.node.id,
      name: edge.node.name,
    })),
  })),
});

export const nested: Workload = {
  id: 'nested',
  title: `${POLES} poles × ${MEMBERS} members × ${PARTNERS} partners, sorted`,
  needs: ['Query.poles(after)', 'Pole.members(first)', 'Actor.partners(first)'],
  *questions({ networks, size }, random): Generator<Question> {
    const keys = networks
      .slice(0, size.poles)
      .map(({ sortKey }) => sortKey)
      .sort((a, b) => (a < b ? -1 : 1));
    const starts = Array.from({ length: size.poles - POLES + 1 }, (_, place) => keys[place - 1] ?? '');
    for (const after of random.some(starts, starts.length)) {
      yield {
        cypher: { after },
        peer: { after },
        grappe: (cursor) => ({ after: after === '' ? null : cursor('poles', after) }),
        problem: (answer) => ofLength(answer, POLES) ?? ofLength((answer as Pole[])[0]?.members, MEMBERS),
      };
    }
  },
  cypher: {
    text: `
      MATCH (pole:Pole) WHERE pole.sortKey > $after
      WITH pole ORDER BY pole.sortKey LIMIT ${POLES}
      CALL (pole) {
        MATCH (pole)<-[m:MEMBER_OF]-(member)
        WITH m, member ORDER BY member.sortKey LIMIT ${MEMBERS}
        CALL (member) {
          MATCH (member)-[p:PARTNERS_WITH]-(partner)
          WITH p, partner ORDER BY partner.sortKey LIMIT ${PARTNERS}
          RETURN collect({kind: p.kind, since: p.since, id: partner.id, name: partner.name}) AS partners
        }
        RETURN collect({role: m.role, since: m.since, id: member.id, name: member.name, kind: member.kind,
          partners: partners}) AS members
      }
      RETURN pole.id AS id, pole.name AS name, members ORDER BY pole.sortKey`,
    answer: (rows: Pole[]) => rows,
  },
  peer: {
    text: `
      query nested($after: String!) {
        poles(where: { sortKey: { gt: $after } }, limit: ${POLES}, sort: [{ sortKey: ASC }]) {
          id name
          membersConnection(first: ${MEMBERS}, sort: [{ node: { sortKey: ASC } }]) {
            edges {
              properties { role since }
              node {
                id name kind
                partnersConnection(first: ${PARTNERS}, sort: [{ node: { sortKey: ASC } }]) {
                  edges { properties { kind since } node { id name } }
                }
              }
            }
          }
        }
      }`,
    answer: ({ poles }: { poles: PeerPole[] }) => poles.map(ofPeer),
  },
  grappe: {
    text: `
      query nested($after: String) {
        poles(first: ${POLES}, after: $after) {
          nodes {
            id name
            members(first: ${MEMBERS}) {
              edges {
                roles since
                node {
                  id name
                  ... on Organisation { kind }
                  partners(first: ${PARTNERS}) { edges { kinds since node { id name } } }
                }
              }
            }
          }
        }
      }`,
    answer: ({ poles }: { poles: { nodes: GrappePole[] } }) => poles.nodes.map(ofGrappe),
  },
};
