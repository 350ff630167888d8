import type { Problem } from '../domain/problem.ts';
import { problem } from '../domain/problem.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { deletedAmong, rememberDeleted } from '../store/deleted.ts';
import { keepMerged } from '../store/merge.ts';
import { mergedInto, typesById } from '../store/node.ts';
import type { Authorship } from './change.ts';
import { mergeOrganisations } from './merge.ts';
import type { IdentifierRule } from './merge-fields.ts';
import { mutate } from './mutation.ts';

/** A row of merges.csv: `into` is an existing record. */
export interface MergeRow {
  readonly merged: string;
  readonly into: string;
  readonly name?: string | null;
  readonly at?: string | null;
  readonly by?: string | null;
}

/** A row of deletions.csv. */
export interface DeletionRow {
  readonly deleted: string;
  readonly at?: string | null;
  readonly by?: string | null;
}

/** A row of a file, with its line. */
export interface Lined<Row> {
  readonly line: number;
  readonly row: Row;
}

/** The author of the restored merges and deletions. A dry run writes nothing. */
export interface Restoring extends Authorship {
  readonly isDryRun: boolean;
  /** What different identifiers of two records mean. Default: that they must agree. */
  readonly identifiers?: IdentifierRule;
}

/** The result for the rows of merges.csv or deletions.csv. */
export interface Restored {
  readonly created: number;
  readonly unchanged: number;
  readonly problems: readonly { readonly line: number; readonly problem: Problem }[];
}

/**
 * Applies the rows of merges.csv: an existing record is merged now; the identifier of one that does not exist is
 * recorded, so that it finds the survivor. Merges that the graph has already change nothing.
 */
export async function restoreMerges(
  engine: GraphEngine,
  rows: readonly Lined<MergeRow>[],
  { isDryRun, identifiers, ...authorship }: Restoring,
  signal?: AbortSignal,
): Promise<Restored> {
  const problems: { line: number; problem: Problem }[] = [];
  const ids = rows.map(({ row }) => row.merged);
  const there = new Set((await engine.read(typesById, { ids }, { signal })).map(({ id }) => id));
  const known = new Map((await engine.read(mergedInto, { ids }, { signal })).map(({ id, into }) => [id, into]));
  const targets = new Map(rows.map(({ row }) => [row.merged, row.into]));
  /** Whether the identifier finds the survivor already, or does once another row has merged the record that it finds. */
  const leadsOn = ({ merged, into }: MergeRow): boolean =>
    known.get(merged) === into || targets.get(known.get(merged)!) === into;
  const remembered: MergeRow[] = [];
  let created = 0;
  let unchanged = 0;
  for (const { line, row } of rows) {
    if (there.has(row.merged)) {
      const request = {
        by: authorship.by,
        action: `${authorship.action}, line ${line}`,
        idempotencyKey: null,
        input: null,
      };
      const outcome = await mutate(engine, request, { signal, isDryRun }, (edit) =>
        mergeOrganisations(edit, row.into, [row.merged], { ...row, identifiers }),
      );
      if (outcome.problems.length === 0) created++;
      for (const each of outcome.problems) problems.push({ line, problem: each });
    } else if (!known.has(row.merged)) remembered.push(row);
    else if (leadsOn(row)) unchanged++;
    else {
      const message = `"${row.merged}" was merged into "${known.get(row.merged)}" already.`;
      problems.push({ line, problem: problem('CONFLICT', ['into'], message) });
    }
  }
  if (isDryRun) created += remembered.length;
  else if (remembered.length > 0) {
    const request = { ...authorship, idempotencyKey: null, input: null };
    await mutate(engine, request, { signal }, async (edit) => {
      // An earlier row may have merged the survivor that this one names.
      await edit.lock(remembered.map(({ into }) => into));
      const rows = remembered.map(({ merged, into, name, at, by }) => ({
        id: merged,
        into: edit.survivor(into),
        name: name ?? merged,
        at: at ?? edit.now,
        ...(by ? { by } : {}),
      }));
      await edit.transaction.run(keepMerged, { rows });
      for (const { into } of rows) edit.effect.touched.add(into);
      return null;
    });
    created += remembered.length;
  }
  return { created, unchanged, problems };
}

/**
 * Applies the rows of deletions.csv: the identifiers of deleted records are not given again. Deletes nothing; a record
 * that exists is a problem.
 */
export async function restoreDeletions(
  engine: GraphEngine,
  rows: readonly Lined<DeletionRow>[],
  { isDryRun, ...authorship }: Restoring,
  signal?: AbortSignal,
): Promise<Restored> {
  const ids = rows.map(({ row }) => row.deleted);
  const there = new Set((await engine.read(typesById, { ids }, { signal })).map(({ id }) => id));
  const known = new Set((await engine.read(deletedAmong, { ids }, { signal })).map(({ id }) => id));
  const problems = rows
    .filter(({ row }) => there.has(row.deleted))
    .map(({ line, row }) => {
      const message = `"${row.deleted}" is in the graph: delete it with nodeDelete, if that is meant.`;
      return { line, problem: problem('CONFLICT', ['deleted'], message) };
    });
  const fresh = rows.filter(({ row }) => !there.has(row.deleted) && !known.has(row.deleted));
  if (fresh.length > 0 && !isDryRun) {
    await mutate(engine, { ...authorship, idempotencyKey: null, input: null }, { signal }, async (edit) => {
      const remembered = fresh.map(({ row: { deleted, at, by } }) => ({
        id: deleted,
        at: at ?? edit.now,
        ...(by ? { by } : {}),
      }));
      await edit.transaction.run(rememberDeleted, { rows: remembered });
      for (const { id } of remembered) edit.effect.touched.add(id);
      return null;
    });
  }
  const unchanged = rows.length - problems.length - fresh.length;
  return { created: fresh.length, unchanged, problems };
}
