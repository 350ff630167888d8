import { useAnswer } from '../api/use-answer.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { NAMES } from './node-picker.tsx';
import { SELECTION_WORDS } from './words.ts';

/** Some nodes to begin with, and the address that shows them. */
export interface Example {
  readonly ids: readonly string[];
  readonly to: string;
}

/** Where nothing is chosen: examples by the names of their nodes, as links; those whose nodes the graph does not have are left out. */
export function Examples({ examples }: { readonly examples: readonly Example[] }) {
  const words = useWords(SELECTION_WORDS);
  const { list } = useFormat();
  const { data } = useAnswer(NAMES, { ids: [...new Set(examples.flatMap(({ ids }) => ids))] });
  const names = new Map((data?.nodes ?? []).flatMap((node) => (node?.name ? [[node.id, node.name]] : [])));
  const known = examples.filter(({ ids }) => ids.every((id) => names.has(id)));
  if (known.length === 0) return null;
  return (
    <p>
      {words.examples}{' '}
      {known.map(({ ids, to }, place) => (
        <span key={to}>
          {place > 0 && ' · '}
          <a href={to}>{list(ids.map((id) => names.get(id)!))}</a>
        </span>
      ))}
    </p>
  );
}
