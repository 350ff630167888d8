import { oneOf, useAddress } from '../app/address.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { ENTITY } from './words.ts';

const KINDS = ['POLE', 'CLUSTER', 'ORGANISATION'] as const;

/** The kind of actors that a list shows; empty for all. */
export const KIND_PARAMETER = { kind: oneOf(['', ...KINDS], '') };

/** Chooses the kind of actors that a list shows. */
export function ActorKinds() {
  const words = useWords(ENTITY);
  const { actorKind } = useWords(VOCABULARY);
  const { values, set } = useAddress(KIND_PARAMETER);
  return (
    <select
      aria-label={words.kindColumn}
      value={values.kind}
      onChange={({ currentTarget }) => set({ kind: currentTarget.value as typeof values.kind })}
    >
      <option value="">{words.anyKind}</option>
      {KINDS.map((kind) => (
        <option key={kind} value={kind}>
          {actorKind[kind]}
        </option>
      ))}
    </select>
  );
}
