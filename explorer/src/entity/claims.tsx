import { Panel } from '../app/parts/panel.tsx';
import { Sources } from '../app/parts/sources.tsx';
import { Table } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY, wordIn } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import type { ClaimShown } from './actor-query.ts';
import { ENTITY } from './words.ts';

/** A mark beside a value that was inferred, or about which sources differ; it links to the claims. */
export function ClaimMark({ claims, field }: { readonly claims: readonly ClaimShown[]; readonly field: string }) {
  const words = useWords(ENTITY);
  const about = claims.filter((claim) => claim.field === field);
  if (about.length === 0) return null;
  return (
    <a class="claim-mark" href="#claims">
      {about.some(({ inferred, preferred }) => inferred && preferred) || about.every(({ inferred }) => inferred)
        ? words.inferred
        : words.disputed}
    </a>
  );
}

/** What single sources say, where they differ, and what was inferred. */
export function Claims({ claims }: { readonly claims: readonly ClaimShown[] }) {
  const words = useWords(ENTITY);
  const { field } = useWords(VOCABULARY);
  const { number } = useFormat();
  if (claims.length === 0) return null;
  return (
    <Panel id="claims" title={words.claims} count={number(claims.length)}>
      <p class="quiet">{words.claimsWhy}</p>
      <Table
        caption={words.claims}
        rows={claims}
        keyOf={({ id }) => id}
        columns={[
          { name: words.field, cell: (claim) => wordIn(field, claim.field) },
          {
            name: words.says,
            cell: ({ value, note }) => (
              <>
                {value}
                {note && <div class="quiet small">{note}</div>}
              </>
            ),
          },
          {
            name: words.nature,
            cell: ({ inferred, preferred }) =>
              [inferred ? words.inferred : null, preferred ? words.retained : words.notRetained]
                .filter((word) => word !== null)
                .join(', '),
          },
          { name: words.sources, cell: ({ sources }) => <Sources sources={sources} /> },
        ]}
      />
    </Panel>
  );
}
