import type { World } from '../graph/world.ts';
import { endless, lazily, ofLength, type Workload } from './workload.ts';

const LONGEST = 6;
const NEAR = 200;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The partners of every organisation, in lists that lie one after the other. */
class Partners {
  readonly #organisations: World['organisations'];
  readonly #starts: Uint32Array;
  readonly #ends: Int32Array;

  constructor({ organisations, partnerships: { from, to } }: World) {
    this.#organisations = organisations;
    this.#starts = new Uint32Array(organisations.length + 1);
    for (const ends of [from, to]) for (const end of ends) this.#starts[end + 1]!++;
    for (let place = 0; place < organisations.length; place++) this.#starts[place + 1]! += this.#starts[place]!;
    const next = this.#starts.slice();
    this.#ends = new Int32Array(2 * from.length);
    from.forEach((one, place) => {
      const other = to[place]!;
      this.#ends[next[one]!++] = other;
      this.#ends[next[other]!++] = one;
    });
  }

  of(place: number): Int32Array {
    return this.#ends.subarray(this.#starts[place]!, this.#starts[place + 1]!);
  }

  /** How many organisations are within two steps of one, itself included. */
  withinTwo(start: number): number {
    const near = new Set([start, ...this.of(start)]);
    for (const place of this.of(start)) for (const other of this.of(place)) near.add(other);
    return near.size;
  }

  placeOf(id: string): number {
    return this.#organisations.placeOf(id);
  }

  /** Partnerships between two organisations at least; one more than LONGEST when they are further apart. */
  distance(from: number, to: number): number {
    const isMet = new Uint8Array(this.#organisations.length);
    isMet[from] = 1;
    let frontier = [from];
    for (let length = 0; length <= LONGEST; length++) {
      if (isMet[to] === 1) return length;
      const next: number[] = [];
      for (const place of frontier) {
        for (const other of this.of(place)) {
          if (isMet[other] === 1) continue;
          isMet[other] = 1;
          next.push(other);
        }
      }
      frontier = next;
    }
    return LONGEST + 1;
  }
}

/** A path by the identifiers along it is right when each step is a partnership and none is shorter. */
function pathProblem(partners: Partners, answer: unknown, from: number, to: number): string | null {
  const length = partners.distance(from, to);
  const places = (answer as string[]).map((id) => partners.placeOf(id));
  if (length > LONGEST) return ofLength(places, 0);
  if (places[0] !== from || places.at(-1) !== to) return 'does not join the two';
  if (places.length - 1 !== length) return `has ${places.length - 1} steps instead of ${length}`;
  const broken = places.findIndex((place, turn) => turn > 0 && !partners.of(places[turn - 1]!).includes(place));
  return broken < 0 ? null : `breaks at step ${broken}`;
}

export const shortestPath: Workload = {
  id: 'shortestPath',
  title: 'a shortest path between two organisations, with names',
  note: '@neo4j/graphql is given the Cypher (@cypher).',
  needs: ['Query.shortestPath(via)', 'Path.nodes'],
  loose: true,
  questions: (world, random) => {
    const { organisations } = world;
    const partners = lazily(() => new Partners(world));
    return endless(() => {
      const from = random.below(organisations.length);
      const to = (from + 1 + random.below(organisations.length - 1)) % organisations.length;
      const values = { from: organisations.idOf(from), to: organisations.idOf(to) };
      return {
        cypher: values,
        peer: values,
        grappe: () => values,
        problem: (answer) => pathProblem(partners(), answer, from, to),
      };
    });
  },
  cypher: {
    text: `
      MATCH (a:Entity {id: $from}) MATCH (b:Entity {id: $to})
      MATCH path = shortestPath((a)-[:PARTNERS_WITH*..${LONGEST}]-(b))
      RETURN [node IN nodes(path) | {id: node.id, name: node.name}] AS nodes`,
    answer: (rows: { nodes: Named[] }[]) => (rows[0]?.nodes ?? []).map(({ id }) => id),
  },
  peer: {
    text: 'query shortestPath($from: ID!, $to: ID!) { shortestPath(from: $from, to: $to) { id name } }',
    answer: ({ shortestPath: nodes }: { shortestPath: Named[] }) => nodes.map(({ id }) => id),
  },
  grappe: {
    text: `
      query shortestPath($from: ID!, $to: ID!) {
        shortestPath(from: $from, to: $to, via: { relationships: [PARTNERS_WITH], maxLength: ${LONGEST} }) {
          nodes { id ... on Actor { name } }
        }
      }`,
    answer: ({ shortestPath: path }: { shortestPath: { nodes: Named[] } | null }) =>
      (path?.nodes ?? []).map(({ id }) => id),
  },
};

export const neighbourhood: Workload = {
  id: 'neighbourhood',
  title: `the ${NEAR} nearest within two steps, with names`,
  note: '@neo4j/graphql is given the Cypher (@cypher).',
  needs: ['Query.neighbourhood(via)', 'Subgraph.nodes'],
  questions: (world, random) => {
    const partners = lazily(() => new Partners(world));
    return endless(() => {
      const start = random.below(world.organisations.length);
      const id = world.organisations.idOf(start);
      const near = lazily(() => partners().withinTwo(start));
      return {
        cypher: { id },
        peer: { id },
        grappe: () => ({ id }),
        problem: (answer) => ofLength(answer, Math.min(NEAR, near())),
      };
    });
  },
  cypher: {
    text: `
      MATCH (a:Entity {id: $id})
      CALL (a) {
        MATCH (a)-[:PARTNERS_WITH]-(b) WITH DISTINCT b ORDER BY b.id LIMIT ${NEAR} RETURN collect(b) AS near
      }
      CALL (a, near) {
        UNWIND near AS b MATCH (b)-[:PARTNERS_WITH]-(c) WHERE c <> a AND NOT c IN near
        WITH c, count(DISTINCT b) AS common ORDER BY common DESC, c.id LIMIT ${NEAR}
        RETURN collect(c) AS far
      }
      UNWIND ([a] + near + far)[0..${NEAR}] AS node
      RETURN node.id AS id, node.name AS name`,
    answer: (rows: Named[]) => rows.map(({ id, name }) => ({ id, name })),
  },
  peer: {
    text: 'query neighbourhood($id: ID!) { neighbourhood(of: $id) { id name } }',
    answer: ({ neighbourhood: nodes }: { neighbourhood: Named[] }) => nodes.map(({ id, name }) => ({ id, name })),
  },
  grappe: {
    text: `
      query neighbourhood($id: ID!) {
        neighbourhood(of: [$id], depth: 2, limit: ${NEAR}, via: { relationships: [PARTNERS_WITH] }) {
          nodes(first: ${NEAR}) { nodes { id ... on Actor { name } } }
        }
      }`,
    answer: ({ neighbourhood: { nodes } }: { neighbourhood: { nodes: { nodes: Named[] } } }) => nodes.nodes,
  },
};
