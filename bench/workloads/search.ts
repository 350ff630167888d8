import { fold } from '../../src/domain/fold.ts';
import { NamesText } from '../graph/names-text.ts';
import type { Organisation } from '../graph/organisations.ts';
import type { Random } from '../graph/random.ts';
import type { World } from '../graph/world.ts';
import { endless, lazily, type Question, type Workload } from './workload.ts';

const FIRST = 10;

interface Found {
  readonly id: string;
}

/** All of the few that match, or as many as are asked for of the many; those whom an alias matches need not be found. */
function problemOf(answer: unknown, right: ReadonlySet<string>, named: number): string | null {
  const ids = new Set(answer as string[]);
  const hits = [...ids].filter((id) => right.has(id)).length;
  const expected = Math.min(FIRST, named);
  return hits >= expected ? null : `holds ${hits} of ${expected} that match`;
}

function asking(world: World, textOf: (organisation: Organisation) => string): (place: number) => Question {
  const { organisations } = world;
  const byName = lazily(() => new NamesText(organisations, ({ name, acronym }) => `${name} ${acronym}`));
  const byAny = lazily(
    () => new NamesText(organisations, ({ name, acronym, aliases }) => `${name} ${acronym} ${aliases}`),
  );
  return (place) => {
    const text = textOf(organisations.at(place));
    const words = fold(text).split(' ');
    const right = lazily(
      () =>
        new Set(
          byAny()
            .matches(words)
            .map((each) => organisations.idOf(each)),
        ),
    );
    const named = lazily(() => byName().matches(words).length);
    // Lucene folds no prefix, so that its words are folded before.
    const phrase = words.map((word, turn) => (turn === words.length - 1 ? `${word}*` : word)).join(' AND ');
    return {
      cypher: { phrase },
      peer: { phrase },
      grappe: () => ({ text }),
      problem: (answer) => problemOf(answer, right(), named()),
    };
  };
}

const cypher: Workload['cypher'] = {
  text: `
    CALL db.index.fulltext.queryNodes('bench_names', $phrase, {limit: ${FIRST}}) YIELD node, score
    RETURN node.id AS id, node.name AS name, node.kind AS kind, score`,
  answer: (rows: Found[]) => rows.map(({ id }) => id),
};

const peer = (name: string): Workload['peer'] => ({
  text: `
    query ${name}($phrase: String!) {
      organisationsByName(phrase: $phrase, first: ${FIRST}) { edges { score node { id name kind } } }
    }`,
  answer: ({ organisationsByName }: { organisationsByName: { edges: { node: Found }[] } }) =>
    organisationsByName.edges.map(({ node }) => node.id),
});

const grappe = (name: string): Workload['grappe'] => ({
  text: `
    query ${name}($text: String!) {
      search(text: $text, types: [ORGANISATION], first: ${FIRST}) {
        edges { score node { id ... on Organisation { name kind } } }
      }
    }`,
  answer: ({ search: { edges } }: { search: { edges: { node: Found }[] } }) => edges.map(({ node }) => node.id),
});

const NOTE =
  "The others ask a full-text index of Neo4j (standard-folding), which knows no typing errors, elisions (d'ingénierie), aliases in lists or order by links: asked is what all of them find, and the order is not checked.";

/** Organisations at random whose names have no word that only one of the servers takes for one. */
function unelided({ organisations }: World, random: Random): number {
  for (;;) {
    const place = random.below(organisations.length);
    if (!organisations.at(place).name.includes("'")) return place;
  }
}

export const search: Workload = {
  id: 'search',
  title: `search by name, first ${FIRST}`,
  note: NOTE,
  needs: ['Query.search(text)'],
  loose: true,
  questions: (world, random) => {
    const ask = asking(world, ({ name }) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    return endless(() => ask(unelided(world, random)));
  },
  cypher,
  peer: peer('search'),
  grappe: grappe('search'),
};

export const autocomplete: Workload = {
  id: 'autocomplete',
  title: `autocomplete from 2 to 6 letters, first ${FIRST}`,
  note: NOTE,
  needs: ['Query.search(text)'],
  loose: true,
  questions: (world, random) => {
    const ask = asking(world, ({ own }) => fold(own).slice(0, random.between(2, 6)));
    return endless(() => ask(unelided(world, random)));
  },
  cypher,
  peer: peer('autocomplete'),
  grappe: grappe('autocomplete'),
};
