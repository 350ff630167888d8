import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { byName, Conditions, type ListRequest, nodeEdge } from './list.ts';
import type { Condition, Listing } from './listing.ts';

const INDICATORS: Listing = {
  name: 'indicators',
  pattern: '(a:Entity {id: parent})-[r:OBSERVED]->(b)',
  columns: ['id'],
};
const CLAIMS: Listing = { name: 'claims', pattern: '(a:Entity {id: parent})-[r:CLAIMED]->(b)', columns: ['id'] };
const SUBJECTS: Listing = {
  name: 'subject of an indicator',
  pattern: '(a:Entity {id: parent})<-[r:OBSERVED]-(b)',
  columns: ['id'],
};

const MEASURE: Condition = { name: 'measure', text: 'b.measure IN $measures' };
const FROM: Condition = { name: 'from', text: 'b.validTo >= $from' };
const TO: Condition = { name: 'to', text: 'b.validFrom <= $to' };
const FIELD: Condition = { name: 'field', text: 'b.field = $field' };

/** Figures about an actor or a territory, of these measures and of this time. */
export function indicators(filter: {
  readonly measures?: readonly string[] | null | undefined;
  readonly from?: PartialDate | null | undefined;
  readonly to?: PartialDate | null | undefined;
}): ListRequest {
  const conditions = new Conditions()
    .where(MEASURE, 'measures', filter.measures)
    .where(FROM, 'from', filter.from ? firstDay(filter.from) : null)
    .where(TO, 'to', filter.to ? lastDay(filter.to) : null);
  return { ...byName(INDICATORS, nodeEdge, conditions), sort: { name: 'since', text: 'b.since', type: 'string' } };
}

/** The figures of one measure about a node, of a date at the latest, the newest first. */
export function latestIndicator(measure: string, to?: PartialDate | null): ListRequest {
  return { ...indicators({ measures: [measure], to }), direction: 'DESC' };
}

/** What sources say of the fields of a node. */
export function claims(field: string | null | undefined): ListRequest {
  return byName(CLAIMS, nodeEdge, new Conditions().where(FIELD, 'field', field));
}

/** What an indicator is about. */
export function subjectOfIndicator(): ListRequest {
  return byName(SUBJECTS, nodeEdge);
}
