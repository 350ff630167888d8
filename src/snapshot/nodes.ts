import { compareTexts, sortKeyOf } from '../domain/fold.ts';
import { DAWN, DUSK } from '../domain/partial-date.ts';
import { NODE_TYPES, type NodeType, nodeTypeOf } from '../domain/vocabulary.ts';
import { LISTED_PROPERTIES, type NodeSummary } from '../store/node-summary.ts';
import { NODE_ROW, type NodeRow } from '../store/snapshot.ts';
import { type Dictionary, dayNumber, float64, int32, uint8 } from './columns.ts';

const COLUMN = Object.fromEntries(LISTED_PROPERTIES.map((property, index) => [property, index])) as Record<
  (typeof LISTED_PROPERTIES)[number],
  number
>;

/** The code of a node type in the column of types; 0 stands for no node. */
export const typeCode = (type: NodeType): number => NODE_TYPES.indexOf(type) + 1;

/**
 * The nodes of a snapshot: dense numbers, in columns. A number stays with its identifier for ever; that of a deleted node
 * has type 0, as has one that only a relationship has mentioned so far.
 */
export class Nodes {
  readonly #dictionary: Dictionary;
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #names: string[] = [];
  readonly #acronyms: (string | null)[] = [];
  readonly type = uint8();
  readonly kind = int32();
  readonly since = int32();
  readonly until = int32();
  readonly validFrom = int32();
  readonly validTo = int32();
  readonly partnerCount = int32();
  readonly projectCount = int32();
  readonly memberCount = int32();
  /** Where a node stands in the order of sort keys: only how two ranks compare means anything. */
  readonly rank = float64();

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  /** How many numbers are given. */
  get size(): number {
    return this.#ids.length;
  }

  id(number: number): string {
    return this.#ids[number]!;
  }

  /** The number of an existing node; -1 where there is none. */
  find(id: string): number {
    const number = this.#numbers.get(id);
    return number !== undefined && this.exists(number) ? number : -1;
  }

  exists(number: number): boolean {
    return this.type.items[number] !== 0;
  }

  /** The number of an identifier, given now if it has none. */
  number(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    this.#numbers.set(id, number);
    this.#ids.push(id);
    this.#names.push('');
    this.#acronyms.push(null);
    for (const column of this.#columns) column.push(0);
    return number;
  }

  /** Writes what a row says of its node, and returns its number. Its rank is set apart, by `NodeOrder`. */
  set(row: NodeRow): number {
    const id = row[COLUMN.id] as string;
    const number = this.number(id);
    const text = (index: number): string | null => (row[index] ?? null) as string | null;
    this.#names[number] = text(COLUMN.name) ?? '';
    this.#acronyms[number] = text(COLUMN.acronym);
    this.type.items[number] = typeCode(nodeTypeOf(id)!);
    this.kind.items[number] = this.#dictionary.code(text(COLUMN.kind));
    this.since.items[number] = this.#dictionary.code(text(COLUMN.since));
    this.until.items[number] = this.#dictionary.code(text(COLUMN.until));
    this.validFrom.items[number] = dayNumber(text(NODE_ROW.validFrom) ?? DAWN);
    this.validTo.items[number] = dayNumber(text(NODE_ROW.validTo) ?? DUSK);
    this.partnerCount.items[number] = (row[NODE_ROW.partnerCount] ?? 0) as number;
    this.projectCount.items[number] = (row[NODE_ROW.projectCount] ?? 0) as number;
    this.memberCount.items[number] = (row[NODE_ROW.memberCount] ?? 0) as number;
    return number;
  }

  /** Marks a node as deleted. */
  remove(number: number): void {
    this.type.items[number] = 0;
  }

  nodeType(number: number): NodeType {
    return NODE_TYPES[this.type.items[number]! - 1]!;
  }

  name(number: number): string {
    return this.#names[number]!;
  }

  acronym(number: number): string | null {
    return this.#acronyms[number]!;
  }

  /** What lists show of a node. */
  summary(number: number): NodeSummary {
    return {
      id: this.#ids[number]!,
      type: this.nodeType(number),
      name: this.#names[number]!,
      acronym: this.#acronyms[number]!,
      kind: this.#dictionary.text(this.kind.items[number]!),
      since: this.#dictionary.text(this.since.items[number]!) as NodeSummary['since'],
      until: this.#dictionary.text(this.until.items[number]!) as NodeSummary['until'],
    };
  }

  /** The key that orders a node; unique in the graph. */
  sortKey(number: number): string {
    return sortKeyOf(this.#names[number]!, this.#ids[number]!);
  }

  /** Compares two nodes by their sort keys, as the engines do. */
  compareKeys(a: number, b: number): number {
    return compareTexts(this.sortKey(a), this.sortKey(b));
  }

  /** Bytes of the columns, and an estimate for the texts: 2 headers and a map entry a node beside their characters. */
  get bytes(): number {
    const columns = this.#columns.reduce((sum, column) => sum + column.bytes, 0);
    return columns + this.size * 180;
  }

  get #columns() {
    return [
      ...[this.type, this.kind, this.since, this.until, this.validFrom, this.validTo],
      ...[this.partnerCount, this.projectCount, this.memberCount, this.rank],
    ];
  }
}

/** The sort key that a row brings. */
export const sortKeyOfRow = (row: NodeRow): string => row[COLUMN.sortKey] as string;
