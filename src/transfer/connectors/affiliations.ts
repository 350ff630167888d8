import type { KnownOrganisation } from '../../store/known-organisation.ts';
import { type FileRows, listCell } from './connector.ts';

/** What a registry says an organisation of the graph is part of, or run by. */
export interface ListedAffiliation {
  readonly organisation: KnownOrganisation;
  readonly parent: string;
  /** When it ended; '' where it has not. */
  readonly until: string;
}

/**
 * The rows of affiliations that a registry lists: new ones, and those that the graph has from another source, which get this
 * one besides and stay as they are.
 */
export function affiliationRows(listed: readonly ListedAffiliation[], source: string): FileRows {
  const rows = new Map<string, Record<string, string>>();
  for (const { organisation, parent, until: end } of listed) {
    const known = organisation.parents.filter(([id]) => id === parent);
    const facts = known.length > 0 ? known : [[parent, '', '', end, []] as const];
    // Of several periods nothing says which one the registry means.
    if (facts.length > 1) continue;
    const [, id, since, until, sources] = facts[0]!;
    rows.set(`${organisation.id} ${parent}`, {
      ...{ id, organisation: organisation.id, parent, since: since ?? '', until: until ?? '' },
      sources: listCell([...(sources ?? []), source]),
    });
  }
  return [...rows.values()];
}
