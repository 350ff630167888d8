import { type DatedReference, type Field, propertyOf } from '../domain/field.ts';
import { digest, readableId } from '../domain/global-id.ts';
import type { IdentifierScheme } from '../domain/identifier.ts';
import { fieldsOf, type RecordType } from '../domain/record-fields.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { ID_PREFIXES, type NodeType, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';
import {
  type Fields,
  NO_RECORDS,
  type NodeChange,
  type OwnedLinks,
  type Records,
  type RelationshipChange,
} from './records.ts';

/**
 * An input by field name, checked and with its references resolved. A field not given is absent, an empty one is null.
 */
export type ResolvedInput = Readonly<Record<string, GraphValue | readonly DatedReference[] | undefined>>;

const text = (input: ResolvedInput, field: string): string | null =>
  (input[field] as string | null | undefined) ?? null;
const texts = (input: ResolvedInput, field: string): readonly string[] =>
  (input[field] as readonly string[] | null) ?? [];

/** A field that is stored as a property, with the value of an input that does not give it. */
interface StoredField {
  readonly name: string;
  readonly property: string;
  readonly standard: string | null;
}

/** What follows from the fields of a type of records, made once for each. */
function perType<Made>(make: (type: RecordType) => Made): (type: RecordType) => Made {
  const made = new Map<RecordType, Made>();
  return (type) => {
    const known = made.get(type) ?? make(type);
    made.set(type, known);
    return known;
  };
}

/** The fields of a type that are stored as properties. */
const storedFieldsOf = perType((type) =>
  fieldsOf(type).flatMap(([name, field]): StoredField[] => {
    const property = propertyOf(name, field);
    const standard = field.kind === 'choice' ? (field.default ?? null) : null;
    return property === null ? [] : [{ name, property, standard }];
  }),
);

/** The given fields of an input, by the property that stores them. A field that was not given stays as it is. */
function propertiesOf(type: RecordType, input: ResolvedInput, ends: readonly string[] = []): Fields {
  const properties: Record<string, GraphValue> = {};
  for (const { name, property, standard } of storedFieldsOf(type)) {
    const given = input[name] as GraphValue | undefined;
    const value = given ?? standard;
    if ((given !== undefined || value !== null) && !ends.includes(name)) properties[property] = value;
  }
  return properties;
}

/** The references that a field lists, each with its period where it has one. */
function listed(field: Field, value: ResolvedInput[string]): readonly DatedReference[] {
  const given = value ?? [];
  if (field.kind === 'dated references') return given as readonly DatedReference[];
  const ids = typeof given === 'string' ? [given] : (given as readonly string[]);
  return ids.map((id) => ({ id, since: null, until: null }));
}

type Named<Kind extends Field> = readonly [name: string, field: Kind];

const linkFields = perType((type) =>
  fieldsOf(type).flatMap(([name, field]) => ('link' in field && field.link ? [{ name, field, link: field.link }] : [])),
);

const identifierFields = perType((type) =>
  fieldsOf(type).flatMap(([name, field]): Named<Field & { kind: 'identifier' }>[] =>
    field.kind === 'identifier' ? [[name, field]] : [],
  ),
);

/** The links that the given fields of an input list. */
function linksOf(type: RecordType, owner: string, input: ResolvedInput): OwnedLinks[] {
  const sources = texts(input, 'sources');
  const owned: OwnedLinks[] = [];
  for (const { name, field, link } of linkFields(type)) {
    if (input[name] === undefined) continue;
    const links = listed(field, input[name]).map(
      ({ id, since, until }): RelationshipChange => ({
        id: null,
        type: link.type,
        from: link.isReverse ? id : owner,
        to: link.isReverse ? owner : id,
        fields: field.kind === 'dated references' ? { since, until, sources } : { sources },
      }),
    );
    owned.push({ owner, type: link.type, links });
  }
  return owned;
}

function identifiersOf(type: RecordType, input: ResolvedInput): [IdentifierScheme, string][] {
  return identifierFields(type).flatMap(([name, field]): [IdentifierScheme, string][] => {
    const value = text(input, name);
    return value === null ? [] : [[field.scheme, value]];
  });
}

/** What the table of fields does not say about records of a type that is a node. */
interface NodeRule {
  readonly nodeType: NodeType | ((input: ResolvedInput) => NodeType);
  /** The field from which the identifier is made, where a record has neither its own nor a registry's. */
  readonly identifiedBy?: string;
  /** The fields whose content identifies a record that has no identifier. */
  readonly content?: readonly string[];
  /** The name, where it does not come from a field `name`. */
  readonly name?: (input: ResolvedInput) => string | null;
  readonly more?: (input: ResolvedInput) => Fields;
  /** The link that joins it to the node in its field `about`. */
  readonly aboutLink?: RelationshipType;
}

/** Generates the identifier of a record that has none; `identifiedBy` is the field that it is made from, if any. */
function generatedId(
  type: RecordType,
  nodeType: NodeType,
  rule: NodeRule,
  input: ResolvedInput,
): Pick<NodeChange, 'id' | 'identifiedBy'> {
  if (rule.content)
    return { id: `${ID_PREFIXES[nodeType]}/${digest(rule.content.map((field) => text(input, field)))}` };
  const { identifiedBy } = rule;
  if (identifiedBy === undefined) throw new Error(`A ${type} has no identifier.`);
  const identifiers = identifiersOf(type, input);
  const id = readableId(ID_PREFIXES[nodeType], text(input, identifiedBy)!, identifiers);
  return identifiers.length > 0 ? { id } : { id, identifiedBy };
}

const node =
  (type: RecordType, rule: NodeRule) =>
  (input: ResolvedInput): Records => {
    const nodeType = typeof rule.nodeType === 'function' ? rule.nodeType(input) : rule.nodeType;
    const given = text(input, 'id');
    const { id, ...origin } = given === null ? generatedId(type, nodeType, rule, input) : { id: given };
    const fields = {
      ...propertiesOf(type, input),
      ...rule.more?.(input),
      ...(rule.name ? { name: rule.name(input) } : {}),
    };
    const aboutLinks = [rule.aboutLink ?? []].flat().map((link): OwnedLinks => {
      const record: RelationshipChange = { id: null, type: link, from: text(input, 'about')!, to: id, fields: {} };
      return { owner: id, type: link, links: [record] };
    });
    const owned = [...aboutLinks, ...linksOf(type, id, input)];
    return { ...NO_RECORDS, nodes: [{ id, type: nodeType, fields, ...origin }], owned };
  };

const relationship =
  (type: RecordType, relationshipType: RelationshipType, more?: (input: ResolvedInput) => Fields) =>
  (input: ResolvedInput): Records => {
    const { from, to } = RELATIONSHIP_SHAPES[relationshipType];
    const record: RelationshipChange = {
      id: text(input, 'id'),
      type: relationshipType,
      from: text(input, from.name)!,
      to: text(input, to.name)!,
      fields: { ...propertiesOf(type, input, [from.name, to.name]), ...more?.(input) },
    };
    return { ...NO_RECORDS, relationships: [record] };
  };

/** Turns the input of each entity type into records: the one place of these rules, for imports and mutations. */
export const TO_RECORDS = {
  source: node('source', { nodeType: 'Source', name: (input) => text(input, 'title') }),
  territory: node('territory', { nodeType: 'Territory' }),
  territoryPart: relationship('territoryPart', 'PART_OF'),
  topic: node('topic', { nodeType: 'Topic' }),
  organisation: node('organisation', { nodeType: 'Organisation', identifiedBy: 'name' }),
  network: node('network', {
    nodeType: (input) => (text(input, 'type') === 'POLE' ? 'Pole' : 'Cluster'),
    identifiedBy: 'name',
  }),
  membership: relationship('membership', 'MEMBER_OF'),
  partnership: relationship('partnership', 'PARTNERS_WITH', ({ parties }) => ({
    projectCount: 0,
    // One agreement of n parties weighs like one common project of n (Newman 2001).
    strength: 1 / (Math.max((parties as number | null | undefined) ?? 2, 2) - 1),
  })),
  affiliation: relationship('affiliation', 'AFFILIATED_WITH'),
  project: node('project', { nodeType: 'Project' }),
  participation: relationship('participation', 'PARTICIPATES_IN'),
  patent: node('patent', {
    nodeType: 'Patent',
    identifiedBy: 'number',
    name: (input) => text(input, 'title') ?? text(input, 'number'),
  }),
  production: relationship('production', 'PRODUCED_AT'),
  succession: relationship('succession', 'SUCCEEDED_BY'),
  label: relationship('label', 'HOLDS_LABEL'),
  /** A figure or a claim is a node of its own, joined by one link to the node that it is about. */
  indicator: node('indicator', {
    nodeType: 'Indicator',
    aboutLink: 'OBSERVED',
    content: ['about', 'measure', 'from'],
    name: (input) => text(input, 'measure'),
  }),
  claim: node('claim', {
    nodeType: 'Claim',
    aboutLink: 'CLAIMED',
    content: ['about', 'field', 'value'],
    name: (input) => text(input, 'field'),
    more: ({ preferred, inferred }) => ({ preferred: preferred === true, inferred: inferred === true }),
  }),
} as const satisfies Record<Exclude<RecordType, 'merge' | 'deletion'>, (input: ResolvedInput) => Records>;

export type EntityType = keyof typeof TO_RECORDS;
