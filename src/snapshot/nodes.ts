import type { IdentifierField } from '../domain/identifier.ts';
import { DAWN, DUSK } from '../domain/partial-date.ts';
import { NODE_TYPES, type NodeType, nodeTypeOf } from '../domain/vocabulary.ts';
import { NumbersById } from '../packed/numbers-by-id.ts';
import { type TextArrays, Texts } from '../packed/texts.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { Counted } from '../store/counts.ts';
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
import type { Part, PartsOf } from './parts.ts';

/** The code of a node type in the column of types; 0 stands for no node. */
export const typeCode = (type: NodeType): number => NODE_TYPES.indexOf(type) + 1;

/** Counts that are stored with actors. */
const COUNTS = ['partnerCount', 'projectCount', 'memberCount'] as const;

const TEXTS = ['kind', 'since', 'until', ...NODE_TEXTS] as const;

/** What V8 needs for an identifier: its head, about thirty letters, and its place in the list. */
const ID_BYTES = 56;

/** Codes of what is public, private, or not known. */
const PUBLIC = { unknown: 0, false: 1, true: 2 } as const;

/**
 * The nodes of a snapshot: dense numbers, in columns. A number stays with its identifier for ever; that of a deleted node
 * has type 0, as has one that only a relationship has mentioned so far.
 */
export class Nodes {
  readonly #dictionary: Dictionary;
  /** In the heap: traversals hand identifiers around by the thousands. */
  #ids: string[] = [];
  readonly #numbers = new NumbersById((number) => this.#ids[number]!);
  readonly #names = new Texts();
  readonly #acronyms = new Texts();
  readonly #sortKeys = new Texts();
  readonly #allTexts = Object.entries({ names: this.#names, acronyms: this.#acronyms, sortKeys: this.#sortKeys });
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
    const number = this.#numbers.find(id);
    return number >= 0 && this.exists(number) ? number : -1;
  }

  exists(number: number): boolean {
    return this.type.items[number] !== 0;
  }

  /** The number of an identifier, given now if it has none. */
  number(id: string): number {
    const known = this.#numbers.find(id);
    if (known >= 0) return known;
    const number = this.#ids.length;
    this.#ids.push(id);
    this.#numbers.add(id, number);
    for (const [, texts] of this.#allTexts) texts.push(null);
    for (const column of this.#columns) column.push(0);
    return number;
  }

  /** Writes what a row says of its node, and returns its number. Its position is set apart, by `NodeOrder`. */
  set(row: NodeRow): number {
    const id = row[NODE_ROW.id] as string;
    const number = this.number(id);
    const text = (index: number): string | null => (row[index] ?? null) as string | null;
    this.#names.set(number, text(NODE_ROW.name) ?? '');
    this.#acronyms.set(number, text(NODE_ROW.acronym));
    this.#sortKeys.set(number, sortKeyOfRow(row));
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

  /** Writes the stored counts of a node. */
  setCounts(number: number, counts: Omit<Counted, 'id'>): void {
    for (const name of COUNTS) this.#counts[name].items[number] = counts[name];
  }

  /** Marks a node as deleted. */
  remove(number: number): void {
    this.type.items[number] = 0;
  }

  nodeType(number: number): NodeType {
    return NODE_TYPES[this.type.items[number]! - 1]!;
  }

  name(number: number): string {
    return this.#names.get(number) ?? '';
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
        return this.#acronyms.get(number);
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
      acronym: this.#acronyms.get(number),
      kind: this.text(number, 'kind'),
      since: this.text(number, 'since') as NodeSummary['since'],
      until: this.text(number, 'until') as NodeSummary['until'],
    };
  }

  /** The key that orders a node; unique in the graph. */
  sortKey(number: number): string {
    return this.#sortKeys.get(number) ?? '';
  }

  /** How the sort key of a node compares with one that is given as bytes. */
  compareSortKey(number: number, key: Buffer): number {
    return this.#sortKeys.compare(number, key);
  }

  /** Whether the folded name of a node begins with a text that is given as bytes. */
  nameStartsWith(number: number, beginning: Buffer): boolean {
    return this.#sortKeys.startsWith(number, beginning);
  }

  save(parts: PartsOf): void {
    parts.set('ids', this.#ids);
    for (const [name, texts] of this.#allTexts) {
      for (const [array, items] of Object.entries(texts.arrays)) parts.of(name).set(array, items);
    }
    for (const [index, column] of this.#columns.entries()) column.save(parts, `column ${index}`);
  }

  async restore(parts: PartsOf, slices: Slices): Promise<void> {
    this.#ids = parts.get('ids');
    for (const [name, texts] of this.#allTexts) {
      const of = <Items extends Part>(array: keyof TextArrays): Items => parts.of(name).get<Items>(array);
      texts.take({ bytes: of('bytes'), starts: of('starts'), lengths: of('lengths') });
    }
    for (const [index, column] of this.#columns.entries()) column.restore(parts, `column ${index}`);
    this.#numbers.reserve(this.#ids.length);
    await slices.each(this.#ids.keys(), (number) => this.#numbers.add(this.#ids[number]!, number));
  }

  /** Bytes of the columns and texts exactly, and an estimate for the identifiers, which are in the heap. */
  get bytes(): number {
    const columns = this.#columns.reduce((sum, column) => sum + column.bytes, 0);
    const texts = this.#allTexts.reduce((sum, [, each]) => sum + each.bytes, 0);
    return columns + texts + this.#numbers.bytes + ID_BYTES * this.size;
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
