import { graphql, type ResultOf } from '../api/graphql.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { FIND } from './words.ts';

/** What is shown of a node that a search finds. */
export const HIT = graphql(`
  fragment HitShown on SearchEdge {
    matchedFields
    node {
      __typename
      id
      name
      ... on Actor {
        acronym
        aliases
        city
      }
      ... on Project {
        projectAcronym: acronym
        title
        start
      }
      ... on Territory {
        level
        code
      }
      ... on Topic {
        scheme
        altLabels
      }
    }
  }
`);
export type HitShown = ResultOf<typeof HIT>;

/** A text without accents and case. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The name among others that has most of the searched words. */
function closest(names: readonly string[], text: string): string | undefined {
  const words = folded(text).split(' ');
  const score = (name: string): number => words.filter((word) => folded(name).includes(word)).length;
  return names.toSorted((a, b) => score(b) - score(a))[0];
}

/** Why a node was found, where its name does not say it: another name, an acronym, an identifier. */
export function Why({ hit, text }: { readonly hit: HitShown; readonly text: string }) {
  const words = useWords(FIND);
  const { node, matchedFields } = hit;
  if (matchedFields.includes('name')) return null;
  const reason = (): string | null => {
    if (matchedFields.includes('identifiers')) return words.byIdentifier;
    if (matchedFields.includes('acronym')) {
      const acronym = 'acronym' in node ? node.acronym : 'projectAcronym' in node ? node.projectAcronym : null;
      if (acronym) return words.byAcronym(acronym);
    }
    const others = 'aliases' in node ? node.aliases : 'altLabels' in node ? node.altLabels : [];
    const other = closest(others, text);
    if (other !== undefined) return words.alsoCalled(other);
    return 'title' in node && node.title ? words.byTitle(node.title) : null;
  };
  return <span class="why">{reason()}</span>;
}

/** What tells nodes of the same name apart: a city, a year, a code, the scheme of a topic. */
export function Detail({ hit }: { readonly hit: HitShown }) {
  const { topicScheme } = useWords(VOCABULARY);
  const { node } = hit;
  if ('scheme' in node) return <span class="detail">{topicScheme[node.scheme]}</span>;
  if ('city' in node && node.city) return <span class="detail">{node.city}</span>;
  if ('start' in node && node.start) return <span class="detail">{node.start.slice(0, 4)}</span>;
  if ('code' in node && node.code) return <span class="detail">{node.code}</span>;
  return null;
}
