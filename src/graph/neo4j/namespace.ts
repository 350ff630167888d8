import type { Statement } from '../statement.ts';

/**
 * What the names of Grappe's labels and types of relationships begin with in Neo4j, where the texts of store/ have them
 * without: so no statement reads or counts, and no constraint binds, what others keep in the same database under names
 * that mean the same. It costs nothing: to Neo4j one name is like another.
 */
const LABEL_PREFIX = 'Grappe';
const TYPE_PREFIX = 'GRAPPE_';

/** Texts in quotes, which stay; names of labels and types; and calls that tell such names. */
const NAMES = /'(?:[^'\\]|\\.)*'|([:|])([A-Z]\w*)|\b(type|labels)\((\w+)\)/g;

/** A label or a type, by how it is written: `Entity`, `MEMBER_OF`. */
export function namespacedName(name: string): string {
  return (/^[A-Z][A-Z_]*$/.test(name) ? TYPE_PREFIX : LABEL_PREFIX) + name;
}

/** The text with all names as they are in Neo4j, and what it tells of names as they are outside. */
export function namespacedText(text: string): string {
  return text.replace(NAMES, (all, sign?: string, name?: string, tells?: string, variable?: string) => {
    if (name !== undefined) return `${sign}${namespacedName(name)}`;
    if (tells === 'type') return `substring(type(${variable}), ${TYPE_PREFIX.length})`;
    if (tells === 'labels') {
      const own = `label IN labels(${variable}) WHERE label STARTS WITH '${LABEL_PREFIX}'`;
      return `[${own} | substring(label, ${LABEL_PREFIX.length})]`;
    }
    return all;
  });
}

/** Texts of the statements that are made once and used often. */
const made = new WeakMap<Statement<unknown>, string>();

/** The text of a statement as Neo4j is to read it. */
export function namespaced(statement: Statement<unknown>): string {
  let text = made.get(statement);
  if (text === undefined) {
    text = namespacedText(statement.text);
    made.set(statement, text);
  }
  return text;
}
