import { digest } from '../domain/global-id.ts';
import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { overlaps, type Span } from '../domain/period.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { relationshipProblems } from '../domain/record-rules.ts';
import { RELATIONSHIP_SHAPES, sameStatement } from '../domain/relationship.ts';
import { withArticle } from '../domain/text.ts';
import { FACT_TYPES, RELATIONSHIP_ID_PREFIXES, type RelationshipType } from '../domain/vocabulary.ts';
import type { StoredRelationship } from '../store/write.ts';
import { type Properties, withFields } from './effect.ts';
import type { GraphAsDecided, RelationshipState } from './known-graph.ts';
import { lifespanOf, relationshipSpan } from './lifespan.ts';
import type { Fields, RelationshipChange } from './records.ts';

/** What a record changes, given the relationships that exist. */
export interface Decision {
  /** The existing relationship that the record is about; null for a new one. */
  readonly known: RelationshipState | null;
  readonly id: string;
  /** Its properties after the change, its period clipped to the lifespans of both ends. */
  readonly after: StoredRelationship['properties'];
  /** The record changes nothing: another one says the same, or its dates have been corrected since. */
  readonly isSettled: boolean;
}

/** Facts that exist once, whatever their period: a second one would say the same. */
const UNDATED: readonly RelationshipType[] = ['PARTICIPATES_IN', 'PRODUCED_AT', 'SUCCEEDED_BY'];
/** Relationships of which no two may say the same about overlapping periods. */
const FACTS: readonly RelationshipType[] = [...FACT_TYPES, 'PRODUCED_AT', 'PART_OF'];

const identityOf = (type: RelationshipType, properties: Fields): (string | null)[] =>
  RELATIONSHIP_SHAPES[type].identity.map((field) => (properties[field] as string | undefined) ?? null);

/** The identifier of a relationship that has none: a digest of its identity. */
export function relationshipId(type: RelationshipType, from: string, to: string, properties: Fields): string {
  return `${RELATIONSHIP_ID_PREFIXES[type]}/${digest([from, to, ...identityOf(type, properties)])}`;
}

type Ends = Pick<RelationshipChange, 'from' | 'to'> & { readonly properties: Readonly<Properties> };

function spanOf(graph: GraphAsDecided, type: RelationshipType, { from, to, properties }: Ends): Span {
  return relationshipSpan(type, properties, graph.after(from), graph.after(to));
}

const isUndated = ({ since = null, until = null }: Readonly<Properties>): boolean => since === null && until === null;

/** The period from the first to the last day on which a source reports a fact. */
function attestedSpan(properties: Readonly<Properties>): Span | null {
  const dates = [...((properties.attestedOn ?? []) as readonly PartialDate[])];
  if (dates.length === 0) return null;
  const [from] = dates.map(firstDay).sort();
  return { from: from!, to: dates.map(lastDay).sort().at(-1)! };
}

/**
 * Whether two facts overlap. A fact without dates, beside a dated one, counts from its first to its last attested day.
 */
function overlapInTime(graph: GraphAsDecided, type: RelationshipType, a: Ends, b: Ends): boolean {
  const [one, other] = [a, b].map((fact, index) => {
    const isAlone = isUndated(fact.properties) && !isUndated([b, a][index]!.properties);
    return (isAlone && attestedSpan(fact.properties)) || spanOf(graph, type, fact);
  });
  return overlaps(one!, other!);
}

const endsOf = ({ from, to, after }: RelationshipState): Ends => ({ from, to, properties: after ?? {} });

/** The existing relationship that a record without an identifier is about: same ends, direction and identity fields. */
function sameIdentity(
  graph: GraphAsDecided,
  { type, from, to, fields }: RelationshipChange,
): RelationshipState | undefined {
  const known = graph.between(type, from, to);
  if (known.length === 0) return undefined;
  const identity = identityOf(type, fields);
  return known.find(
    (state) => state.from === from && identityOf(type, state.after!).every((value, index) => value === identity[index]),
  );
}

/** A relationship with another identifier that says the same about an overlapping period, or null. */
export function duplicateOf(
  graph: GraphAsDecided,
  type: RelationshipType,
  fact: Ends & { readonly id: string | null },
): RelationshipState | null {
  const found = graph
    .between(type, fact.from, fact.to)
    .find(
      (state) =>
        state.id !== fact.id &&
        sameStatement(type, endsOf(state), fact) &&
        (UNDATED.includes(type) || overlapInTime(graph, type, fact, endsOf(state))),
    );
  return found ?? null;
}

/** Finds the existing relationship that a record is about, and decides what the record changes. */
export function decide(graph: GraphAsDecided, record: RelationshipChange): Decision {
  const { type, from, to, fields, tentative, isNew } = record;
  const byId = record.id === null ? undefined : graph.relationship(record.id);
  const known = byId?.after ? byId : isNew ? undefined : sameIdentity(graph, record);
  const id = known?.id ?? record.id ?? relationshipId(type, from, to, fields);
  // If the identifier made from the row is in use under another identity, its dates were corrected since.
  const isCorrected = !known && record.id === null && Boolean(graph.relationship(id)?.after);
  const written = withFields(known?.after ?? { id }, fields);
  const span = spanOf(graph, type, { from, to, properties: written });
  const after = Object.assign(written, { id, validFrom: span.from, validTo: span.to });
  const isSettled =
    isCorrected ||
    (tentative === true && (Boolean(known) || duplicateOf(graph, type, { id, from, to, properties: after }) !== null));
  return { known: known ?? null, id, after, isSettled };
}

/** The ends of a record that do not exist, or are of a wrong type. */
function endProblems(
  graph: GraphAsDecided,
  { type, from, to, fields }: RelationshipChange,
  created: ReadonlyMap<string, string>,
): Problem[] {
  const shape = RELATIONSHIP_SHAPES[type];
  const problems: Problem[] = [];
  for (const end of [shape.from, shape.to]) {
    const id = end === shape.from ? from : to;
    const itsType = created.get(id) ?? graph.node(id)?.type;
    if (itsType === undefined) {
      problems.push(problem('NOT_FOUND', [end.name], `There is no "${id}".`));
    } else if (!(end.types as readonly string[]).includes(itsType)) {
      const expected = end.types.map(withArticle).join(' or ');
      problems.push(problem('INVALID', [end.name], `"${id}" is ${withArticle(itsType)}; ${expected} is needed here.`));
    }
  }
  const producer = fields.by;
  if (typeof producer === 'string' && !created.has(producer) && !graph.node(producer)) {
    problems.push(problem('NOT_FOUND', ['by'], `There is no "${producer}".`));
  }
  return problems;
}

/** The problem of a membership whose period does not meet the lifespans of its ends. */
function lifespanProblem(
  graph: GraphAsDecided,
  { from, to, after }: Pick<RelationshipState, 'from' | 'to'> & Decision,
): Problem {
  const lifespans = [from, to]
    .map((id) => ({ id, lifespan: lifespanOf(graph.after(id)) }))
    .filter(({ lifespan }) => lifespan.from > '0000-01-01' || lifespan.to < '9999-12-31')
    .map(({ id, lifespan }) => `${id} existed from ${lifespan.from} to ${lifespan.to}`);
  const when = `${after.since ?? 'the beginning'} to ${after.until ?? 'the end'}`;
  return problem(
    'INVALID',
    ['since'],
    `The period from ${when} lies outside the lifespan of its ends: ${lifespans.join('; ')}.`,
  );
}

/** The problems of a succession before the former network began, or after the later one ended. */
function successionProblems(
  graph: GraphAsDecided,
  { from, to }: Pick<RelationshipState, 'from' | 'to'>,
  { since = null }: Readonly<Properties>,
): Problem[] {
  const date = since as PartialDate | null;
  if (date === null) return [];
  const [former, later] = [lifespanOf(graph.after(from)), lifespanOf(graph.after(to))];
  const problems: Problem[] = [];
  if (former.from > lastDay(date)) {
    const message = `"${from}" began on ${former.from}: it cannot have been succeeded in ${date}.`;
    problems.push(problem('INVALID', ['since'], message));
  }
  if (later.to < firstDay(date)) {
    const message = `"${to}" ended on ${later.to}: it cannot have succeeded another network in ${date}.`;
    problems.push(problem('INVALID', ['since'], message));
  }
  return problems;
}

const WORDS: Partial<Record<RelationshipType, string>> = {
  MEMBER_OF: 'membership',
  AFFILIATED_WITH: 'affiliation',
  PARTNERS_WITH: 'partnership',
  PARTICIPATES_IN: 'participation',
  SUCCEEDED_BY: 'succession',
  HOLDS_LABEL: 'label',
  PRODUCED_AT: 'production',
};

function duplicateProblem(type: RelationshipType, { id, after }: RelationshipState): Problem {
  const { since = null, until = null } = after!;
  const from = since === null ? 'from an unknown date' : `since ${since}`;
  const when = UNDATED.includes(type) ? '' : `${from}, ${until === null ? 'open-ended' : `until ${until}`}; `;
  const message = `This ${WORDS[type] ?? 'relationship'} already exists (${when}id ${id}): update or end it.`;
  return problem('TAKEN', [RELATIONSHIP_SHAPES[type].to.name], message);
}

/**
 * The problems of a record in the known graph: an end that does not exist, a period that contradicts itself or its
 * ends, a fact that is recorded already. `created` gives the type of each node that the same request creates; `onDecision` is
 * called with what the record changes, once its ends are right.
 */
export function recordProblems(
  graph: GraphAsDecided,
  record: RelationshipChange,
  created: ReadonlyMap<string, string>,
  onDecision?: (decision: Decision) => void,
): Problem[] {
  const ofEnds = endProblems(graph, record, created);
  // Problems of the record itself do not depend on its ends.
  if (ofEnds.length > 0) return [...ofEnds, ...relationshipProblems(record.type, withFields({}, record.fields))];
  const { type, from, to } = record;
  const problems: Problem[] = [];
  if (from === to) {
    problems.push(
      problem('INVALID', [RELATIONSHIP_SHAPES[type].to.name], `"${from}" cannot be at both ends of one relationship.`),
    );
  }
  const decision = decide(graph, record);
  onDecision?.(decision);
  if (decision.isSettled) return problems;
  const { known, id, after } = decision;
  if (known && (known.from !== from || known.to !== to)) {
    const message = `"${id}" is between ${known.from} and ${known.to}: record what holds between others as a new one.`;
    return [...problems, problem('TAKEN', ['id'], message)];
  }
  problems.push(...relationshipProblems(type, after));
  if (type === 'SUCCEEDED_BY') problems.push(...successionProblems(graph, record, after));
  if (problems.length > 0) return problems;
  if (String(after.validFrom) > String(after.validTo)) return [lifespanProblem(graph, { from, to, ...decision })];
  const duplicate = FACTS.includes(type) ? duplicateOf(graph, type, { id, from, to, properties: after }) : null;
  return duplicate ? [duplicateProblem(type, duplicate)] : [];
}
