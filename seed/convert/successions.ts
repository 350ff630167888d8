import type { SuccessionKind } from '../../src/domain/vocabulary.ts';
import { EFFECTIVE_DAYS } from './lifespans.ts';
import { networkIds } from './network-ids.ts';
import type { Raw } from './raw.ts';
import type { SourceBook } from './sources.ts';
import type { Row } from './table.ts';

const KINDS: Readonly<Record<string, SuccessionKind>> = {
  merge: 'MERGE',
  rename: 'RENAME',
  absorb: 'ABSORPTION',
  federate: 'FEDERATION',
  'activity transfer': 'ABSORPTION',
  'joint label': 'FEDERATION',
};

/** Announced, never seen done: a claim tells it (notes.ts). */
const ANNOUNCED = 'merge (announced)';

/** Which network went on in which. */
export function successionRows(raw: Raw, sources: SourceBook): Row<'successions.csv'>[] {
  const idOf = networkIds(raw);
  const cells = new Map([...raw.poles, ...raw.clusters].map(({ slug, source_url }) => [slug, source_url]));
  return raw.successions
    .filter(({ type }) => type !== ANNOUNCED)
    .map(({ from_slug, to_slug, type, year, source_url }) => {
      const kind = KINDS[type];
      if (!kind) throw new Error(`No kind for a succession of type "${type}".`);
      // The raw data repeat all sources of the predecessor; those that tell of the successor too are the ones that saw it.
      const cited = sources.cite(source_url);
      const alsoOfSuccessor = new Set(sources.cite(cells.get(to_slug) ?? ''));
      const common = cited.filter((id) => alsoOfSuccessor.has(id));
      return {
        from: idOf(from_slug),
        to: idOf(to_slug),
        kind,
        since: EFFECTIVE_DAYS[to_slug] ?? year,
        sources: common.length > 0 ? common : cited,
      };
    });
}
