import { fold } from '../../src/domain/fold.ts';
import { editDistance } from '../search/reference.ts';
import { byCodePoint, type Reference } from './reference.ts';

const SMALL = 'a an and au aux d de del der des di du e et for fur l la le les of pour the und y'.split(' ');

/** The significant words of a folded name. */
function tellingWords(name: string): Set<string> {
  const words = new Set(name.split(' '));
  const telling = words.difference(new Set(SMALL));
  return telling.size > 0 ? telling : words;
}

const isTypo = (a: string, b: string): boolean =>
  [a, b].every((word) => word.length >= 5 && !/\d/.test(word)) && editDistance(a, b) === 1;

/** Records that may mean the same actor: every two are compared. */
export function duplicates({ nodes, edges }: Reference, first: number) {
  const isActor = (type: unknown): boolean => ['Organisation', 'Pole', 'Cluster'].includes(String(type));
  const records = [...nodes.values()]
    .filter(({ type }) => isActor(type))
    .map(({ id, name, city, rnsr }) => ({
      id: id as string,
      name: fold(name as string),
      words: tellingWords(fold(name as string)),
      city: fold((city as string | undefined) ?? ''),
      rnsr: rnsr as string | undefined,
      projects: new Set(edges.flatMap(({ type, from, to }) => (type === 'PARTICIPATES_IN' && from === id ? [to] : []))),
    }))
    .sort((a, b) => byCodePoint(a.id, b.id));
  const found = records.flatMap((a, place) =>
    records.slice(place + 1).flatMap((b) => {
      const reasons: [string, number][] = [];
      const [left, right] = [[...a.words.difference(b.words)], [...b.words.difference(a.words)]];
      if (a.name === b.name) reasons.push(['same name', 60]);
      else if (left.length + right.length === 0) {
        reasons.push(['same words but for their order and small ones', 50]);
      } else if (left.length === 1 && right.length === 1 && isTypo(left[0]!, right[0]!)) {
        reasons.push(['names one typing error apart', 45]);
      } else return [];
      const isSameCity = a.city !== '' && a.city === b.city;
      const meet = !a.projects.isDisjointFrom(b.projects);
      if (!isSameCity && !meet) return [];
      if (isSameCity) reasons.push(['same city', 30]);
      if (meet) reasons.push(['common projects', 10]);
      const different = a.rnsr && b.rnsr && a.rnsr !== b.rnsr ? 30 : 0;
      const score = Math.max(0, reasons.reduce((sum, [, weight]) => sum + weight, 0) - different) / 100;
      return [{ a: a.id, b: b.id, score, reasons: reasons.map(([reason]) => reason) }];
    }),
  );
  const pair = ({ a, b }: { a: string; b: string }): string => `${a} ${b}`;
  return found.sort((x, y) => y.score - x.score || byCodePoint(pair(x), pair(y))).slice(0, first);
}
