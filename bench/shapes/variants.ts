import type { Values } from '../workloads/workload.ts';

/** One way to ask the same thing. */
export interface Variant {
  readonly name: string;
  readonly text: string;
  readonly limit: number;
  /** In a transaction of its own, as executeQuery would; else in auto-commit. */
  readonly inTransaction?: true;
  readonly fetchSize?: number;
}

/** Ways to ask one thing, and the parameters that they share beside `limit`. */
export interface Shape {
  readonly name: string;
  readonly parameters: (place: number) => Values;
  readonly variants: readonly Variant[];
}

const SUMMARY = 'b.id, b.type, b.name, b.sortKey, b.acronym, b.kind, b.since, b.until';
const FACT = 'r.id, r.since, r.until, r.attestedOn, r.sources';
const PARTNER = `${SUMMARY}, ${FACT}, r.kind, r.label, r.projectCount, r.strength`;

interface Parts {
  readonly columns?: string;
  readonly order?: string;
  readonly far?: string;
  readonly end?: string;
  readonly before?: string;
}

function pages(pattern: string, parts: Parts = {}): string {
  const { columns = PARTNER, order = 'b.sortKey, r.id', far = '', end = 'RETURN parent, rows', before = '' } = parts;
  return `
    UNWIND $parents AS parent
    CALL (parent) {
      MATCH (a:Entity {id: parent})${pattern}(b${far})
      ${before}
      WITH r, b ORDER BY ${order} LIMIT $limit
      RETURN collect([${columns}]) AS rows
    }
    ${end}`;
}

/** What every partner has. */
const PRESENT = 'b.id, b.type, b.name, b.sortKey, b.kind, r.id, r.sources, r.kind, r.projectCount, r.strength';
const PARTNERS = '-[r:PARTNERS_WITH]-';
const ONE_RECORD = 'RETURN collect([parent, rows]) AS batch';
const FEW = 'b.id, b.type, b.name, b.sortKey, r.id, r.kind, r.since';

/** Columns side by side, a list per column and parent, instead of a list per row. */
const SIDEWAYS = `
    UNWIND $parents AS parent
    CALL (parent) {
      MATCH (a:Entity {id: parent})${PARTNERS}(b)
      WITH r, b ORDER BY b.sortKey, r.id LIMIT $limit
      RETURN [${PARTNER.split(', ')
        .map((column) => `collect(coalesce(${column}, ''))`)
        .join(', ')}] AS columns
    }
    RETURN collect([parent, columns]) AS batch`;

const GROUPED = `
    UNWIND $parents AS parent
    CALL (parent) {
      MATCH (a:Entity {id: parent})${PARTNERS}(b)
      WITH b, collect(r) AS parallel ORDER BY b.sortKey LIMIT $limit
      UNWIND parallel AS r
      WITH r, b ORDER BY b.sortKey, r.id LIMIT $limit
      RETURN collect([${PARTNER}]) AS rows
    }
    RETURN parent, rows`;

/** The neighbours first, by the one key; then their relationships, by both. */
const TWO_STAGES = `
    UNWIND $parents AS parent
    CALL (parent) {
      MATCH (a:Entity {id: parent})${PARTNERS}(b)
      WITH a, b ORDER BY b.sortKey LIMIT $limit
      WITH DISTINCT a, b
      MATCH (a)${PARTNERS}(b)
      WITH r, b ORDER BY b.sortKey, r.id LIMIT $limit
      RETURN collect([${PARTNER}]) AS rows
    }
    RETURN parent, rows`;

const FLAT = `
    UNWIND $parents AS parent
    CALL (parent) {
      MATCH (a:Entity {id: parent})${PARTNERS}(b)
      WITH r, b ORDER BY b.sortKey, r.id LIMIT $limit
      RETURN r, b
    }
    RETURN parent, [${PARTNER}] AS row`;

/** The pages of many parents' partners: the innermost level of the nested question. */
export const partnersOfMany = (parents: (place: number) => readonly string[]): Shape => ({
  name: '200 parents, 5 partners each, by name',
  parameters: (place) => ({ parents: parents(place) }),
  variants: [
    { name: 'as Grappe asks (first + 1)', text: pages(PARTNERS), limit: 6 },
    { name: 'first', text: pages(PARTNERS), limit: 5 },
    { name: 'first, sort key only', text: pages(PARTNERS, { order: 'b.sortKey' }), limit: 5 },
    { name: 'first, one record', text: pages(PARTNERS, { end: ONE_RECORD }), limit: 5 },
    { name: 'first, few columns', text: pages(PARTNERS, { columns: FEW }), limit: 5 },
    {
      name: 'first, few columns, one record',
      text: pages(PARTNERS, { columns: FEW, end: ONE_RECORD }),
      limit: 5,
    },
    {
      name: 'first, few columns, one record, sort key only',
      text: pages(PARTNERS, { columns: FEW, end: ONE_RECORD, order: 'b.sortKey' }),
      limit: 5,
    },
    { name: 'first, one record, columns side by side', text: SIDEWAYS, limit: 5 },
    {
      name: 'first, few columns, sort key only',
      text: pages(PARTNERS, { columns: FEW, order: 'b.sortKey' }),
      limit: 5,
    },
    {
      name: 'first, without since, until, acronym, label of absent values',
      text: pages(PARTNERS, { columns: PRESENT }),
      limit: 5,
    },
    { name: 'first, grouped by neighbour', text: GROUPED, limit: 5 },
    { name: 'first, in two stages', text: TWO_STAGES, limit: 5 },
    { name: 'first, a record per edge', text: FLAT, limit: 5 },
    { name: 'first, label on the far end', text: pages(PARTNERS, { far: ':Organisation' }), limit: 5 },
    { name: 'first, in a transaction', text: pages(PARTNERS), limit: 5, inTransaction: true },
    { name: 'first, fetchSize all', text: pages(PARTNERS), limit: 5, fetchSize: -1 },
  ],
});

/** One parent with ten thousand neighbours. */
export const hub = (id: string): Shape => ({
  name: 'the hub, first 5 by name',
  parameters: () => ({ parents: [id] }),
  variants: [
    { name: 'as Grappe asks (first + 1)', text: pages(PARTNERS), limit: 6 },
    { name: 'sort key only', text: pages(PARTNERS, { order: 'b.sortKey' }), limit: 5 },
    {
      name: 'sort key read once',
      text: pages(PARTNERS, { before: 'WITH r, b, b.sortKey AS key', order: 'key' }),
      limit: 5,
    },
    { name: 'grouped by neighbour', text: GROUPED, limit: 5 },
    { name: 'in two stages', text: TWO_STAGES, limit: 5 },
    { name: 'internal number as last key', text: pages(PARTNERS, { order: 'b.sortKey, id(r)' }), limit: 5 },
    {
      name: 'hand-written',
      text: `
        UNWIND $parents AS parent
        MATCH (:Entity {id: parent})${PARTNERS}(b)
        RETURN r.kind AS kind, b.id AS id, b.name AS name ORDER BY b.sortKey LIMIT $limit`,
      limit: 5,
    },
    {
      name: 'hand-written, in a transaction',
      text: `
        UNWIND $parents AS parent
        MATCH (:Entity {id: parent})${PARTNERS}(b)
        RETURN r.kind AS kind, b.id AS id, b.name AS name ORDER BY b.sortKey LIMIT $limit`,
      limit: 5,
      inTransaction: true,
    },
  ],
});

/** What a round trip costs that asks for nothing. */
export const roundTrip: Shape = {
  name: 'RETURN 1',
  parameters: () => ({}),
  variants: [
    { name: 'auto-commit', text: 'RETURN 1 AS one, $limit AS limit', limit: 1 },
    { name: 'in a transaction', text: 'RETURN 1 AS one, $limit AS limit', limit: 1, inTransaction: true },
  ],
};
