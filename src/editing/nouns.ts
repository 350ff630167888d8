import { type DatedReference, type Field, propertyOf } from '../domain/field.ts';
import { digest, readableId } from '../domain/global-id.ts';
import type { IdentifierScheme } from '../domain/identifier.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { isInverted, type Period } from '../domain/period.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { fieldsOf, type RecordType } from '../domain/record-fields.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { ID_PREFIXES, type NodeType, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';
import { type Fields, NO_RECORDS, type OwnedLinks, type Records, type RelationshipRecord } from './records.ts';

/** Inputs of one noun by field name, read and resolved; a field that was not given is absent, one left empty is null. */
export type Draft = Readonly<Record<string, GraphValue | readonly DatedReference[] | undefined>>;

/** What a noun makes of a draft: the records to write, or what is wrong with it. */
export type Made = { readonly records: Records; readonly problems: readonly Problem[] };

const text = (draft: Draft, field: string): string | null => (draft[field] as string | null | undefined) ?? null;
const date = (draft: Draft, field: string): PartialDate | null => text(draft, field) as PartialDate | null;
const texts = (draft: Draft, field: string): readonly string[] => (draft[field] as readonly string[] | null) ?? [];

/** The problem of a period whose end comes first. */
export function inverted({ since, until }: Period, field = 'until'): Problem {
  return problem('INVALID', [field], `The period ends (${until}) before it begins (${since}).`);
}

function periodProblems(draft: Draft, from = 'since', to = 'until'): Problem[] {
  const [since, until] = [date(draft, from), date(draft, to)];
  return isInverted({ since, until }) ? [inverted({ since, until }, to)] : [];
}

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
  /** The identifier of a record that is given none. */
  readonly madeId?: (draft: Draft, nodeType: NodeType) => string;
  /** What it is called, where that is no field `name`. */
  readonly name?: (draft: Draft) => string | null;
  readonly more?: (draft: Draft) => Fields;
  /** The link by which it hangs on what its field `about` names. */
  readonly hungBy?: RelationshipType;
  readonly problems?: (draft: Draft, nodeType: NodeType) => Problem[];
}

const madeOfName =
  (type: RecordType, field = 'name') =>
  (draft: Draft, nodeType: NodeType): string =>
    readableId(ID_PREFIXES[nodeType], text(draft, field)!, identifiersOf(type, draft));

const madeOfContent =
  (...fields: readonly string[]) =>
  (draft: Draft, nodeType: NodeType): string =>
    `${ID_PREFIXES[nodeType]}/${digest(fields.map((field) => text(draft, field)))}`;

const node =
  (type: RecordType, rule: NodeRule) =>
  (draft: Draft): Made => {
    const nodeType = typeof rule.nodeType === 'function' ? rule.nodeType(draft) : rule.nodeType;
    const id = text(draft, 'id') ?? rule.madeId!(draft, nodeType);
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
    const records = { ...NO_RECORDS, nodes: [{ id, type: nodeType, fields }], owned };
    return { records, problems: rule.problems?.(draft, nodeType) ?? [] };
  };

const relationship =
  (
    type: RecordType,
    relationshipType: RelationshipType,
    { more, problems }: { more?: (draft: Draft) => Fields; problems?: (draft: Draft) => Problem[] } = {},
  ) =>
  (draft: Draft): Made => {
    const { from, to } = RELATIONSHIP_SHAPES[relationshipType];
    const record: RelationshipRecord = {
      id: text(draft, 'id'),
      type: relationshipType,
      from: text(draft, from.name)!,
      to: text(draft, to.name)!,
      fields: { ...propertiesOf(type, draft, [from.name, to.name]), ...more?.(draft) },
    };
    return { records: { ...NO_RECORDS, relationships: [record] }, problems: problems?.(draft) ?? [] };
  };

function networkProblems(draft: Draft, nodeType: NodeType): Problem[] {
  const problems = [...periodProblems(draft), ...periodProblems(draft, 'foundedOn', 'dissolvedOn')];
  if (nodeType === 'Cluster' && text(draft, 'rank') !== null) {
    problems.push(problem('INVALID', ['rank'], 'Only poles have a national rank: leave it empty for a cluster.'));
  }
  return problems;
}

function partnershipProblems(draft: Draft): Problem[] {
  const { parties } = draft;
  const problems = periodProblems(draft);
  if (text(draft, 'kind') === 'PROJECT') {
    problems.push(
      problem('INVALID', ['kind'], 'PROJECT partnerships are derived from participations: give those instead.'),
    );
  }
  if (typeof parties === 'number' && parties < 2) {
    problems.push(problem('INVALID', ['parties'], `An agreement has at least two parties, not ${parties}.`));
  }
  return problems;
}

function projectProblems(draft: Draft): Problem[] {
  const problems = periodProblems(draft, 'start', 'end');
  if ((typeof draft.funding === 'number') !== (text(draft, 'currency') !== null)) {
    problems.push(
      problem(
        'INVALID',
        ['currency'],
        'A funding needs its currency, as in 2500000 and EUR, and a currency its funding.',
      ),
    );
  }
  return problems;
}

/** How each noun's draft becomes records: the one place of its rules, for imports and mutations alike. */
export const NOUNS = {
  source: node('source', { nodeType: 'Source', name: (draft) => text(draft, 'title') }),
  territory: node('territory', { nodeType: 'Territory', problems: (draft) => periodProblems(draft) }),
  territoryPart: relationship('territoryPart', 'PART_OF', { problems: (draft) => periodProblems(draft) }),
  topic: node('topic', { nodeType: 'Topic' }),
  organisation: node('organisation', { nodeType: 'Organisation', madeId: madeOfName('organisation') }),
  network: node('network', {
    nodeType: (draft) => (text(draft, 'type') === 'POLE' ? 'Pole' : 'Cluster'),
    madeId: madeOfName('network'),
    problems: networkProblems,
  }),
  membership: relationship('membership', 'MEMBER_OF', { problems: (draft) => periodProblems(draft) }),
  partnership: relationship('partnership', 'PARTNERS_WITH', {
    more: ({ parties }) => ({
      projectCount: 0,
      // One agreement of n parties weighs like one common project of n (Newman 2001).
      strength: 1 / (Math.max((parties as number | null | undefined) ?? 2, 2) - 1),
    }),
    problems: partnershipProblems,
  }),
  project: node('project', { nodeType: 'Project', problems: projectProblems }),
  participation: relationship('participation', 'PARTICIPATES_IN'),
  patent: node('patent', {
    nodeType: 'Patent',
    madeId: madeOfName('patent', 'number'),
    name: (draft) => text(draft, 'title') ?? text(draft, 'number'),
  }),
  production: relationship('production', 'PRODUCED_AT', { problems: (draft) => periodProblems(draft) }),
  succession: relationship('succession', 'SUCCEEDED_BY'),
  /** A figure or a statement is a node of its own, hung on what it is about by one link. */
  indicator: node('indicator', {
    nodeType: 'Indicator',
    hungBy: 'OBSERVED',
    madeId: madeOfContent('about', 'measure', 'from'),
    name: (draft) => text(draft, 'measure'),
    problems: (draft) => periodProblems(draft, 'from', 'to'),
  }),
  claim: node('claim', {
    nodeType: 'Claim',
    hungBy: 'CLAIMED',
    madeId: madeOfContent('about', 'field', 'value'),
    name: (draft) => text(draft, 'field'),
    more: ({ preferred, inferred }) => ({ preferred: preferred === true, inferred: inferred === true }),
  }),
} as const satisfies Record<Exclude<RecordType, 'merge'>, (draft: Draft) => Made>;

export type Noun = keyof typeof NOUNS;
