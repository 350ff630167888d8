import { hash } from 'node:crypto';
import { fold } from './fold.ts';

/** Maximum of characters in an identifier. */
export const MAX_ID_LENGTH = 200;

const SHAPE = /^[a-z]+\/[\p{L}\p{N}][\p{L}\p{N}._:~-]*$/u;

/** Whether a text has the form of a global identifier, `<type>/<key>`. */
export function isGlobalId(text: string): boolean {
  return text.length <= MAX_ID_LENGTH && SHAPE.test(text);
}

/** The key of an identifier that is made from a name: its folded words, joined by hyphens. */
export function slug(name: string): string {
  return fold(name).replaceAll(' ', '-').slice(0, 100).replace(/-+$/, '');
}

/** A readable identifier, `<prefix>/<key>`: the first known identifier gives the key, else the name. */
export function readableId(
  prefix: string,
  name: string,
  identifiers: readonly [scheme: string, value: string][],
): string {
  const [known] = identifiers;
  return known ? `${prefix}/${known[0].toLowerCase()}-${known[1]}` : `${prefix}/${slug(name) || digest([name])}`;
}

/** A short fingerprint (80 bits, hexadecimal) of a relationship's identity: equal parts, equal id, on every machine. */
export function digest(parts: readonly (string | null)[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 20);
}
