import type { PartialDate } from '../domain/partial-date.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { Statement } from '../graph/statement.ts';
import { arrow } from './in-memory.ts';
import { type Timed, timed } from './timed.ts';

/** What a step brings, as the text of a column: a list with an entry for each relationship followed, or a number. */
const COLUMNS = {
  ends: 'collect(b.id)',
  sortKeys: 'collect(b.sortKey)',
  partnerCounts: 'collect(coalesce(b.partnerCount, 0))',
  byProjects: "collect(r.kind = 'PROJECT')",
  filedOn: "collect(coalesce(b.filedOn, ''))",
  total: 'count(DISTINCT b)',
} as const;
export type StepColumn = keyof typeof COLUMNS;

interface ColumnValues {
  readonly ends: readonly string[];
  readonly sortKeys: readonly string[];
  readonly partnerCounts: readonly number[];
  readonly byProjects: readonly boolean[];
  readonly filedOn: readonly string[];
  readonly total: number;
}

/** What one step finds at a node: the columns that it brings. */
export type StepRow<Column extends StepColumn> = { readonly id: string } & Pick<ColumnValues, Column>;

/** One step from each of `$ids` along relationships of some types, as data: the snapshot reads it too. */
export interface Step {
  readonly types: readonly RelationshipType[];
  readonly side: 'out' | 'in' | 'both';
  readonly columns: readonly StepColumn[];
  /** Whether only relationships count that hold at the date of the parameters. */
  readonly isDated: boolean;
}

/** A statement that is a step, and says so. */
export interface StepStatement<Row> extends Statement<Row> {
  readonly step: Step;
}

/**
 * The relationships of nodes, of some types, over all dates or at one: for each of `$ids` a row, in no order. A node that is
 * not there has empty columns.
 */
export function step<Column extends StepColumn>(
  name: string,
  types: readonly RelationshipType[],
  side: Step['side'],
  ...columns: readonly Column[]
): (asOf: PartialDate | null) => Timed<StepRow<Column>> & { readonly statement: StepStatement<StepRow<Column>> } {
  const found = columns.map((column) => `${COLUMNS[column]} AS ${column}`).join(', ');
  const asked = timed<StepRow<Column>>(
    name,
    (holds) => /* cypher */ `
      UNWIND $ids AS id
      CALL (id) {
        MATCH (a:Entity {id: id})${arrow(`r:${types.join('|')}`, side)}(b)
        ${holds('WHERE')}
        RETURN ${found}
      }
      RETURN id, ${columns.join(', ')}`,
  );
  return (asOf) => {
    const { statement, parameters } = asked(asOf);
    return { statement: { ...statement, step: { types, side, columns, isDated: asOf !== null } }, parameters };
  };
}
