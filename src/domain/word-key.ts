import { fold } from './fold.ts';

/** Words that one page writes and the next leaves out: particles and legal forms. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a and au aux d de des du en et for in l la le les of on s sa sarl sas sasu the'.split(' '),
);

/** The words of a name without particles and legal forms, in their order. */
export const tellingWords = (name: string): string[] =>
  fold(name)
    .split(' ')
    .filter((word) => !SMALL_WORDS.has(word));

/** The words of a name that distinguish it from others, in an order that does not depend on how they are written. */
export function wordKey(name: string, without: string = ''): string {
  const left = new Set(fold(without).split(' '));
  const words = tellingWords(name);
  const telling = words.filter((word) => !left.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(' ');
}
