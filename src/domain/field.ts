import type { IdentifierScheme } from './identifier.ts';
import type { PartialDate } from './partial-date.ts';
import type { NodeType, RelationshipType } from './vocabulary.ts';

/** The links of a record that a field lists: they belong to the record and share its sources. */
export interface FieldLink {
  readonly type: RelationshipType;
  /** The links point at the record, not away from it. */
  readonly isReverse?: true;
}

interface Described {
  /** A sentence about the field, shown by the inputs of the API and by docs/import.md. */
  readonly description: string;
  /** Every record has one. */
  readonly isRequired?: true;
  /** Maximum of items of a list. Default: MAX_ITEMS. */
  readonly most?: number;
}

interface Stored extends Described {
  /** The property that stores it, if not that of the same name; null: it has no property of its own. */
  readonly property?: string | null;
}

/** A value of the record itself. */
type ValueField = Stored &
  (
    | {
        readonly kind: 'line' | 'text' | 'lines' | 'date' | 'dates' | 'instant' | 'count' | 'flag' | 'url' | 'currency';
      }
    | { readonly kind: 'number'; readonly minimum?: number; readonly maximum?: number }
    | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default?: string }
    | { readonly kind: 'identifier'; readonly scheme: IdentifierScheme }
  );

/** The record's own identifier: of a node of one of the types, or of a relationship. */
type IdField = Described & { readonly kind: 'id'; readonly types: readonly NodeType[] | 'relationship' };

/** Other nodes that the record names. */
type ReferenceField = Stored & {
  readonly kind: 'reference' | 'references' | 'dated references';
  readonly types: readonly NodeType[];
  readonly link?: FieldLink;
};

/**
 * One field of a type of records. `line` is a text of one line, `text` one of paragraphs, `flag` yes or no, `count` a
 * whole number from 0, `dated references` are references each with the period in which it holds.
 */
export type Field = ValueField | IdField | ReferenceField;

/** A node that a record names, with the period in which the reference holds: a seat, a covered territory. */
export interface DatedReference {
  readonly id: string;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** The stored value of a field that has one. */
export type ValueOf<Of extends Field> = Of extends {
  readonly kind: 'choice';
  readonly values: readonly (infer Value)[];
}
  ? Value
  : Of extends { readonly kind: 'lines' | 'references' }
    ? readonly string[]
    : Of extends { readonly kind: 'date' }
      ? PartialDate
      : Of extends { readonly kind: 'dates' }
        ? readonly PartialDate[]
        : Of extends { readonly kind: 'count' | 'number' }
          ? number
          : Of extends { readonly kind: 'flag' }
            ? boolean
            : string;

type IsStored<Of extends Field> = Of extends { readonly kind: 'id' | 'dated references' } | { readonly link: FieldLink }
  ? false
  : true;
type PropertyName<Name, Of extends Field> = Of extends { readonly property: infer Property }
  ? Property extends string
    ? Property
    : never
  : Name;

/** The stored properties of a table of fields: null where one is absent, except lists. */
export type PropertiesOf<Table extends Readonly<Record<string, Field>>> = {
  readonly [Name in keyof Table as IsStored<Table[Name]> extends true ? PropertyName<Name, Table[Name]> : never]:
    | ValueOf<Table[Name]>
    | (ValueOf<Table[Name]> extends readonly unknown[] ? never : null);
};

/** The property that stores a field; null for a field that is stored as links, as an end, or as the identifier. */
export function propertyOf(name: string, field: Field): string | null {
  if (field.kind === 'id' || field.kind === 'dated references' || ('link' in field && field.link)) return null;
  return field.property === undefined ? name : field.property;
}

const SINGLE_KINDS: ReadonlySet<Field['kind']> = new Set([
  ...(['line', 'text', 'date', 'instant', 'count', 'number', 'flag', 'url', 'currency', 'choice'] as const),
]);

/**
 * Whether a field has one value, so that another one contradicts it. (Identifiers of registries are not among these.)
 */
export function isSingle(field: Field): boolean {
  return SINGLE_KINDS.has(field.kind);
}

/** Whether a field has several values: without any, its property is an empty list. */
export function isList(field: Field): boolean {
  return field.kind === 'lines' || field.kind === 'dates' || field.kind === 'references';
}
