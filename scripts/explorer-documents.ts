import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joined } from '../explorer/src/api/document.ts';

const NAME = /^\s*(query|mutation|subscription|fragment)\s+(\w+)/;

/** The GraphQL texts in the sources of the explorer, as they stand there. */
export function textsIn(folder: string): readonly string[] {
  return globSync('**/*.{ts,tsx}', { cwd: folder }).flatMap((file) => {
    // Without comments, which have examples.
    const source = readFileSync(join(folder, file), 'utf8').replace(/^ *(?:\*|\/\/|\/\*\*).*$/gm, '');
    return [...source.matchAll(/graphql\(\s*`([^`]+)`/g)].map(([, text]) => text!);
  });
}

/**
 * Every document that the explorer sends, by the SHA-256 of its text: the manifest by which a server that answers only the
 * documents of applications knows those of the explorer. The fragments of a document are those that it spreads.
 */
export function documentsIn(folder: string): Readonly<Record<string, string>> {
  const texts = textsIn(folder);
  const named = new Map(texts.map((text) => [NAME.exec(text)?.[2] ?? '', text]));
  const spreadBy = (text: string, known = new Set<string>()): ReadonlySet<string> => {
    for (const [, name] of text.matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
      // A text may have fragments of its own.
      if (new RegExp(`\\bfragment\\s+${name}\\b`).test(text)) continue;
      const fragment = named.get(name!);
      if (fragment === undefined) throw new Error(`No source of the explorer has the fragment ${name}.`);
      if (!known.has(fragment)) spreadBy(fragment, known.add(fragment));
    }
    return known;
  };
  const operations = texts.filter((text) => NAME.exec(text)?.[1] !== 'fragment');
  const documents = operations.map((text) => joined(text, [...spreadBy(text)]));
  return Object.fromEntries(documents.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
}
