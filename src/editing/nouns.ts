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
  type NodeRecord,
  type OwnedLinks,
  type Records,
  type RelationshipRecord,
} from './records.ts';

/** Inputs of one noun by field name, read and resolved; a field that was not given is absent, one left empty is null. */
export type Draft = Readonly<Record<string, GraphValue | readonly DatedReference[] | undefined>>;

const text = (draft: Draft, field: string): string | null => (draft[field] as string | null | undefined) ?? null;
const texts = (draft: Draft, field: string): readonly string[] => (draft[field] as readonly string[] | null) ?? [];

/** The given fields of a draft by the property that stores them: a field that was not given is left as it stands. */
function propertiesOf(type: RecordType, draft: Draft, ends: readonly string[] = []): Fields {
  return Object.fromEntries(
    fieldsOf(type).flatMap(([name, field]) => {
      const property = ends.includes(name) ? null : propertyOf(name, field);
      const standard = field.kind === 'choice' ? (field.default ?? null) : null;
      const value = (draft[name] ?? standard) as GraphValue;
      return property === null || (draft[name] === undefined && value === null) ? [] : [[property, value]];
    }),
  );
}

/** What a field lists of a draft: references, each with its period where it has one. */
function listed(field: Field, value: Draft[string]): readonly DatedReference[] {
  const given = value ?? [];
  if (field.kind === 'dated references') return given as readonly DatedReference[];
  const ids = typeof given === 'string' ? [given] : (given as readonly string[]);
  return ids.map((id) => ({ id, since: null, until: null }));
}

/** The links that the given fields of a draft list. */
function linksOf(type: RecordType, owner: string, draft: Draft): OwnedLinks[] {
  const sources = texts(draft, 'sources');
  return fieldsOf(type).flatMap(([name, field]) => {
    const link = 'link' in field ? field.link : undefined;
    if (!link || draft[name] === undefined) return [];
    const links = listed(field, draft[name]).map(
      ({ id, since, until }): RelationshipRecord => ({
        id: null,
        type: link.type,
        from: link.isReverse ? id : owner,
        to: link.isReverse ? owner : id,
        fields: field.kind === 'dated references' ? { since, until, sources } : { sources },
      }),
    );
    return [{ owner, type: link.type, links }];
  });
}

function identifiersOf(type: RecordType, draft: Draft): [IdentifierScheme, string][] {
  return fieldsOf(type).flatMap(([name, field]): [IdentifierScheme, string][] => {
    const value = field.kind === 'identifier' ? text(draft, name) : null;
    return field.kind === 'identifier' && value !== null ? [[field.scheme, value]] : [];
  });
}

/** How records of a type that is a node are made: what the table does not say of them. */
interface NodeRule {
  readonly nodeType: NodeType | ((draft: Draft) => NodeType);
  /** The field that the identifier of a record is made of which has none, nor any of a registry. */
  readonly identifiedBy?: string;
  /** The fields by whose content a record is told apart that is given no identifier. */
  readonly content?: readonly string[];
  /** What it is called, where that is no field `name`. */
  readonly name?: (draft: Draft) => string | null;
  readonly more?: (draft: Draft) => Fields;
  /** The link by which it hangs on what its field `about` names. */
  readonly hungBy?: RelationshipType;
}

/** The identifier of a record that is given none, and the field that it is made of, if it is made of one. */
function madeId(
  type: RecordType,
  nodeType: NodeType,
  rule: NodeRule,
  draft: Draft,
): Pick<NodeRecord, 'id' | 'identifiedBy'> {
  if (rule.content)
    return { id: `${ID_PREFIXES[nodeType]}/${digest(rule.content.map((field) => text(draft, field)))}` };
  const { identifiedBy } = rule;
  if (identifiedBy === undefined) throw new Error(`A ${type} has no identifier.`);
  const identifiers = identifiersOf(type, draft);
  const id = readableId(ID_PREFIXES[nodeType], text(draft, identifiedBy)!, identifiers);
  return identifiers.length > 0 ? { id } : { id, identifiedBy };
}

const node =
  (type: RecordType, rule: NodeRule) =>
  (draft: Draft): Records => {
    const nodeType = typeof rule.nodeType === 'function' ? rule.nodeType(draft) : rule.nodeType;
    const given = text(draft, 'id');
    const { id, ...made } = given === null ? madeId(type, nodeType, rule, draft) : { id: given };
    const fields = {
      ...propertiesOf(type, draft),
      ...rule.more?.(draft),
      ...(rule.name ? { name: rule.name(draft) } : {}),
    };
    const hanging = [rule.hungBy ?? []].flat().map((link): OwnedLinks => {
      const hung: RelationshipRecord = { id: null, type: link, from: text(draft, 'about')!, to: id, fields: {} };
      return { owner: id, type: link, links: [hung] };
    });
    const owned = [...hanging, ...linksOf(type, id, draft)];
    return { ...NO_RECORDS, nodes: [{ id, type: nodeType, fields, ...made }], owned };
  };

const relationship =
  (type: RecordType, relationshipType: RelationshipType, more?: (draft: Draft) => Fields) =>
  (draft: Draft): Records => {
    const { from, to } = RELATIONSHIP_SHAPES[relationshipType];
    const record: RelationshipRecord = {
      id: text(draft, 'id'),
      type: relationshipType,
      from: text(draft, from.name)!,
      to: text(draft, to.name)!,
      fields: { ...propertiesOf(type, draft, [from.name, to.name]), ...more?.(draft) },
    };
    return { ...NO_RECORDS, relationships: [record] };
  };

/** How each noun's draft becomes records: the one place of its rules, for imports and mutations alike. */
export const NOUNS = {
  source: node('source', { nodeType: 'Source', name: (draft) => text(draft, 'title') }),
  territory: node('territory', { nodeType: 'Territory' }),
  territoryPart: relationship('territoryPart', 'PART_OF'),
  topic: node('topic', { nodeType: 'Topic' }),
  organisation: node('organisation', { nodeType: 'Organisation', identifiedBy: 'name' }),
  network: node('network', {
    nodeType: (draft) => (text(draft, 'type') === 'POLE' ? 'Pole' : 'Cluster'),
    identifiedBy: 'name',
  }),
  membership: relationship('membership', 'MEMBER_OF'),
  partnership: relationship('partnership', 'PARTNERS_WITH', ({ parties }) => ({
    projectCount: 0,
    // One agreement of n parties weighs like one common project of n (Newman 2001).
    strength: 1 / (Math.max((parties as number | null | undefined) ?? 2, 2) - 1),
  })),
  project: node('project', { nodeType: 'Project' }),
  participation: relationship('participation', 'PARTICIPATES_IN'),
  patent: node('patent', {
    nodeType: 'Patent',
    identifiedBy: 'number',
    name: (draft) => text(draft, 'title') ?? text(draft, 'number'),
  }),
  production: relationship('production', 'PRODUCED_AT'),
  succession: relationship('succession', 'SUCCEEDED_BY'),
  label: relationship('label', 'HOLDS_LABEL'),
  /** A figure or a statement is a node of its own, hung on what it is about by one link. */
  indicator: node('indicator', {
    nodeType: 'Indicator',
    hungBy: 'OBSERVED',
    content: ['about', 'measure', 'from'],
    name: (draft) => text(draft, 'measure'),
  }),
  claim: node('claim', {
    nodeType: 'Claim',
    hungBy: 'CLAIMED',
    content: ['about', 'field', 'value'],
    name: (draft) => text(draft, 'field'),
    more: ({ preferred, inferred }) => ({ preferred: preferred === true, inferred: inferred === true }),
  }),
} as const satisfies Record<Exclude<RecordType, 'merge' | 'deletion'>, (draft: Draft) => Records>;

export type Noun = keyof typeof NOUNS;
