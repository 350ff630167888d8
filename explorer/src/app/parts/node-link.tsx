import { NODE_TYPES } from '../paths.ts';
import { KINDS } from '../words/kinds.ts';
import { useWords } from '../words/words.ts';

/** The type of a node, as its identifier says. */
export const typeOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** The kind of a node with its colour: • pole. */
export function NodeKind({ id }: { readonly id: string }) {
  const words = useWords(KINDS);
  const type = typeOf(id);
  const name = words[type as keyof typeof words] ?? type;
  return <span class={`node-kind of-${type}`}>{name}</span>;
}

interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** A node by its name, as a link to its page where its type has one. */
export function NodeLink({ node }: { readonly node: Named }) {
  const hasPage = (NODE_TYPES as readonly string[]).includes(typeOf(node.id));
  const name = node.name ?? node.id;
  return hasPage ? <a href={`/${node.id}`}>{name}</a> : <span>{name}</span>;
}

/** Nodes by their names, with commas between them. */
export function NodeLinks({ nodes }: { readonly nodes: readonly Named[] }) {
  return nodes.map((node, index) => (
    <span key={node.id}>
      {index > 0 && ', '}
      <NodeLink node={node} />
    </span>
  ));
}
