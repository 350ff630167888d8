import type { Statement } from '../statement.ts';

/**
 * The prefixes of Grappe's labels and relationship types in Neo4j; the texts of store/ do not have them. So no
 * statement reads or counts, and no constraint affects, data of others with the same names in the same database. It
 * costs nothing.
 */
const LABEL_PREFIX = 'Grappe';
const TYPE_PREFIX = 'GRAPPE_';

/** Quoted texts, which stay; names of labels and types; and calls that return such names. */
const NAMES = /'(?:[^'\\]|\\.)*'|([:|])([A-Z]\w*)|\b(type|labels)\((\w+)\)/g;

/** The name of a label (`Entity`) or a type (`MEMBER_OF`) with its prefix. */
export function namespacedName(name: string): string {
  return (/^[A-Z][A-Z_]*$/.test(name) ? TYPE_PREFIX : LABEL_PREFIX) + name;
}

/** The text with prefixed names, which returns names without their prefix. */
export function namespacedText(text: string): string {
  return text.replace(NAMES, (all, sign?: string, name?: string, call?: string, variable?: string) => {
    if (name !== undefined) return `${sign}${namespacedName(name)}`;
    if (call === 'type') return `substring(type(${variable}), ${TYPE_PREFIX.length})`;
    if (call === 'labels') {
      const own = `label IN labels(${variable}) WHERE label STARTS WITH '${LABEL_PREFIX}'`;
      return `[${own} | substring(label, ${LABEL_PREFIX.length})]`;
    }
    return all;
  });
}

/** Prefixed texts by statement. */
const texts = new WeakMap<Statement<unknown>, string>();

/** The text of a statement for Neo4j. */
export function namespaced(statement: Statement<unknown>): string {
  let text = texts.get(statement);
  if (text === undefined) {
    text = namespacedText(statement.text);
    texts.set(statement, text);
  }
  return text;
}
