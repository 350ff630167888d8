import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { WORDS } from './words.ts';

interface MatrixNetwork {
  readonly id: string;
  readonly name: string;
  readonly memberCount: number;
}
interface MatrixPair {
  readonly a: { readonly id: string };
  readonly b: { readonly id: string };
  readonly commonCount: number;
  readonly jaccard: number;
}

interface MatrixProps {
  readonly networks: readonly MatrixNetwork[];
  readonly pairs: readonly MatrixPair[];
  /** The chosen pair: its two identifiers, joined by ~. */
  readonly chosen: string;
  addressOf(pair: string): string;
}

/** The name of a pair in the address. */
export const pairName = ({ a, b }: Pick<MatrixPair, 'a' | 'b'>): string => `${a.id}~${b.id}`;

/** How much networks overlap, two by two: darker where more. */
export function Matrix({ networks, pairs, chosen, addressOf }: MatrixProps) {
  const words = useWords(WORDS);
  const { number, percent } = useFormat();
  const most = Math.max(...pairs.map(({ jaccard }) => jaccard), 1e-9);
  const pairOf = (one: string, other: string): MatrixPair | undefined =>
    pairs.find(({ a, b }) => (a.id === one && b.id === other) || (a.id === other && b.id === one));
  return (
    <div class="scrolls">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">{words.network}</th>
            {networks.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {networks.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {networks.map((column) => {
                if (row.id === column.id) {
                  return (
                    <td key={column.id} class="own">
                      {number(row.memberCount)}
                    </td>
                  );
                }
                const pair = pairOf(row.id, column.id)!;
                const name = pairName(pair);
                const level = pair.commonCount === 0 ? 0 : Math.max(1, Math.round((4 * pair.jaccard) / most));
                return (
                  <td key={column.id} class={`level-${level}${name === chosen ? ' is-chosen' : ''}`}>
                    <a href={addressOf(name)}>
                      <em class="unseen">{words.ofPair(words.pair(row.name, column.name))}</em>
                      <strong>{number(pair.commonCount)}</strong>
                      <span>{percent(pair.jaccard)}</span>
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
