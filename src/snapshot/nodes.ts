import type { IdentifierField } from '../domain/identifier.ts';
import { DAWN, DUSK } from '../domain/partial-date.ts';
import { NODE_TYPES, type NodeType, nodeTypeOf } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { ListedProperty, NodeSummary } from '../store/node-summary.ts';
import {
  IDENTIFIER_BITS,
  NODE_NUMBERS,
  NODE_ROW,
  NODE_TEXTS,
  type NodeNumber,
  type NodeRow,
  type NodeText,
} from '../store/snapshot.ts';
import { type Column, type Dictionary, dayNumber, float64, int32, joinedSources, uint8 } from './columns.ts';
import type { PartsOf } from './parts.ts';

/** The code of a node type in the column of types; 0 stands for no node. */
export const typeCode = (type: NodeType): number => NODE_TYPES.indexOf(type) + 1;

const TEXTS = ['kind', 'since', 'until', ...NODE_TEXTS] as const;

/** Codes of what is public, private, or not known. */
const PUBLIC = { unknown: 0, false: 1, true: 2 } as const;

/**
 * The nodes of a snapshot: dense numbers, in columns. A number stays with its identifier for ever; that of a deleted node
 * has type 0, as has one that only a relationship has mentioned so far.
 */
export class Nodes {
  readonly #dictionary: Dictionary;
  readonly #numbers = new Map<string, number>();
  #ids: string[] = [];
  #names: string[] = [];
  #acronyms: (string | null)[] = [];
  #sortKeys: string[] = [];
  readonly type = uint8();
  readonly validFrom = int32();
  readonly validTo = int32();
  /** Where a node stands in the order of sort keys: only how two positions compare means anything. */
  readonly position = float64();
  readonly #texts = Object.fromEntries(TEXTS.map((name) => [name, int32()])) as Record<NodeText, Column<Int32Array>>;
  readonly #counts = Object.fromEntries(NODE_NUMBERS.map((name) => [name, float64()])) as Record<
    NodeNumber,
    Column<Float64Array>
  >;
  /** The sources of a node together, by the code of their joined text. */
  readonly sources = int32();
  readonly #public = uint8();
  readonly #identifiers = uint8();

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
    this.#sortKeys.push('');
    for (const column of this.#columns) column.push(0);
    return number;
  }

  /** Writes what a row says of its node, and returns its number. Its position is set apart, by `NodeOrder`. */
  set(row: NodeRow): number {
    const id = row[NODE_ROW.id] as string;
    const number = this.number(id);
    const text = (index: number): string | null => (row[index] ?? null) as string | null;
    this.#names[number] = text(NODE_ROW.name) ?? '';
    this.#acronyms[number] = text(NODE_ROW.acronym);
    this.#sortKeys[number] = sortKeyOfRow(row);
    this.type.items[number] = typeCode(nodeTypeOf(id)!);
    this.validFrom.items[number] = dayNumber(text(NODE_ROW.validFrom) ?? DAWN);
    this.validTo.items[number] = dayNumber(text(NODE_ROW.validTo) ?? DUSK);
    for (const name of TEXTS) this.#texts[name].items[number] = this.#dictionary.code(text(NODE_ROW[name]));
    for (const name of NODE_NUMBERS) this.#counts[name].items[number] = (row[NODE_ROW[name]] ?? 0) as number;
    const sources = row[NODE_ROW.sources] as readonly string[] | null;
    this.sources.items[number] = this.#dictionary.code(joinedSources(sources));
    const isPublic = (row[NODE_ROW.public] ?? 'unknown') as boolean | 'unknown';
    this.#public.items[number] = PUBLIC[`${isPublic}`];
    this.#identifiers.items[number] = row[NODE_ROW.identifiers] as number;
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

  /** A number that is known of a node; 0 where it is not. */
  count(number: number, name: NodeNumber): number {
    return this.#counts[name].items[number]!;
  }

  /** The code of a text in the dictionary. */
  code(number: number, name: NodeText): number {
    return this.#texts[name].items[number]!;
  }

  text(number: number, name: NodeText): string | null {
    return this.#dictionary.text(this.code(number, name));
  }

  /** What a list shows of a node. */
  property(number: number, name: ListedProperty | 'type'): string | null {
    switch (name) {
      case 'id':
        return this.id(number);
      case 'type':
        return this.nodeType(number);
      case 'name':
        return this.name(number);
      case 'acronym':
        return this.#acronyms[number]!;
      case 'sortKey':
        return this.sortKey(number);
      default:
        return this.text(number, name);
    }
  }

  /** Whether a node is known to be public, or to be private. */
  is(number: number, isPublic: boolean): boolean {
    return this.#public.items[number] === PUBLIC[`${isPublic}`];
  }

  hasIdentifier(number: number, field: IdentifierField): boolean {
    return (this.#identifiers.items[number]! & IDENTIFIER_BITS[field]) !== 0;
  }

  /** Whether a node exists on some day between two day numbers. */
  isValid(number: number, first: number, last: number): boolean {
    return this.validFrom.items[number]! <= last && this.validTo.items[number]! >= first;
  }

  /** What lists show of a node. */
  summary(number: number): NodeSummary {
    return {
      id: this.id(number),
      type: this.nodeType(number),
      name: this.name(number),
      acronym: this.#acronyms[number]!,
      kind: this.text(number, 'kind'),
      since: this.text(number, 'since') as NodeSummary['since'],
      until: this.text(number, 'until') as NodeSummary['until'],
    };
  }

  /** The key that orders a node; unique in the graph. */
  sortKey(number: number): string {
    return this.#sortKeys[number]!;
  }

  save(parts: PartsOf): void {
    parts.set('ids', this.#ids);
    parts.set('names', this.#names);
    parts.set('acronyms', this.#acronyms);
    parts.set('sortKeys', this.#sortKeys);
    for (const [index, column] of this.#columns.entries()) column.save(parts, `column ${index}`);
  }

  async restore(parts: PartsOf, slices: Slices): Promise<void> {
    this.#ids = parts.get('ids');
    this.#names = parts.get('names');
    this.#acronyms = parts.get('acronyms');
    this.#sortKeys = parts.get('sortKeys');
    for (const [index, column] of this.#columns.entries()) column.restore(parts, `column ${index}`);
    await slices.each(this.#ids.keys(), (number) => void this.#numbers.set(this.#ids[number]!, number));
  }

  /** Bytes of the columns, and an estimate for the texts: 3 headers and a map entry a node beside their characters. */
  get bytes(): number {
    const columns = this.#columns.reduce((sum, column) => sum + column.bytes, 0);
    return columns + this.size * 260;
  }

  get #columns() {
    return [
      ...[this.type, this.validFrom, this.validTo, this.position, this.sources, this.#public, this.#identifiers],
      ...Object.values(this.#texts),
      ...Object.values(this.#counts),
    ];
  }
}

/** The sort key that a row brings. */
export const sortKeyOfRow = (row: NodeRow): string => row[NODE_ROW.sortKey] as string;
