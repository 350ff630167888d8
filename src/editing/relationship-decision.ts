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
import type { KnownGraph, RelationshipState } from './known-graph.ts';
import { lifeOf, relationshipSpan } from './lifespan.ts';
import type { Fields, RelationshipRecord } from './records.ts';

/** What a record makes of the relationships that are there. */
export interface Decision {
  /** The relationship that the record is about; null where it is a new one. */
  readonly known: RelationshipState | null;
  readonly id: string;
  /** What it will be, with its period clipped to the lifespans of both ends. */
  readonly after: StoredRelationship['properties'];
  /** Something says so already, or somebody has put it right since: the record changes nothing. */
  readonly isSettled: boolean;
}

/** Facts of which there is one, whatever its period: a second one would say the same. */
const UNDATED: readonly RelationshipType[] = ['PARTICIPATES_IN', 'PRODUCED_AT', 'SUCCEEDED_BY'];
/** Relationships of which two may not say the same of overlapping periods. */
const FACTS: readonly RelationshipType[] = [...FACT_TYPES, 'PRODUCED_AT', 'PART_OF'];

const identityOf = (type: RelationshipType, properties: Fields): (string | null)[] =>
  RELATIONSHIP_SHAPES[type].identity.map((field) => (properties[field] as string | undefined) ?? null);

/** The identifier of a relationship that is given none: a fingerprint of what tells it apart. */
export function relationshipId(type: RelationshipType, from: string, to: string, properties: Fields): string {
  return `${RELATIONSHIP_ID_PREFIXES[type]}/${digest([from, to, ...identityOf(type, properties)])}`;
}

type Ends = Pick<RelationshipRecord, 'from' | 'to'> & { readonly properties: Readonly<Properties> };

function spanOf(graph: KnownGraph, type: RelationshipType, { from, to, properties }: Ends): Span {
  return relationshipSpan(type, properties, graph.after(from), graph.after(to));
}

const isUndated = ({ since = null, until = null }: Readonly<Properties>): boolean => since === null && until === null;

/** The days between the first and the last on which a source reports it. */
function attestedSpan(properties: Readonly<Properties>): Span | null {
  const dates = [...((properties.attestedOn ?? []) as readonly PartialDate[])];
  if (dates.length === 0) return null;
  const [from] = dates.map(firstDay).sort();
  return { from: from!, to: dates.map(lastDay).sort().at(-1)! };
}

/** Whether two facts hold at the same time. Of one that is only reported on some days, these count beside a dated one. */
function holdTogether(graph: KnownGraph, type: RelationshipType, a: Ends, b: Ends): boolean {
  const [one, other] = [a, b].map((fact, place) => {
    const isAlone = isUndated(fact.properties) && !isUndated([b, a][place]!.properties);
    return (isAlone && attestedSpan(fact.properties)) || spanOf(graph, type, fact);
  });
  return overlaps(one!, other!);
}

const endsOf = ({ from, to, after }: RelationshipState): Ends => ({ from, to, properties: after ?? {} });

/** The relationship of the same ends, in the same direction, that a record without an identifier is about. */
function sameIdentity(
  graph: KnownGraph,
  { type, from, to, fields }: RelationshipRecord,
): RelationshipState | undefined {
  const identity = identityOf(type, fields);
  return graph
    .between(type, from, to)
    .find(
      (state) =>
        state.from === from && identityOf(type, state.after!).every((value, index) => value === identity[index]),
    );
}

/** A relationship of another identifier that says the same of an overlapping period; null where there is none. */
export function duplicateOf(
  graph: KnownGraph,
  type: RelationshipType,
  fact: Ends & { readonly id: string | null },
): RelationshipState | null {
  const found = graph
    .between(type, fact.from, fact.to)
    .find(
      (state) =>
        state.id !== fact.id &&
        sameStatement(type, endsOf(state), fact) &&
        (UNDATED.includes(type) || holdTogether(graph, type, fact, endsOf(state))),
    );
  return found ?? null;
}

/** Finds what a record is about among what is known, and what it makes of it. */
export function decide(graph: KnownGraph, record: RelationshipRecord): Decision {
  const { type, from, to, fields, tentative, isNew } = record;
  const byId = record.id === null ? undefined : graph.relationship(record.id);
  const known = byId?.after ? byId : isNew ? undefined : sameIdentity(graph, record);
  const id = known?.id ?? record.id ?? relationshipId(type, from, to, fields);
  // Where the identifier of what the row says is in use, somebody has put the dates right since.
  const isCorrected = !known && record.id === null && Boolean(graph.relationship(id)?.after);
  const written = withFields(known?.after ?? { id }, fields);
  const span = spanOf(graph, type, { from, to, properties: written });
  const after = { ...written, id, validFrom: span.from, validTo: span.to };
  const isSettled =
    isCorrected ||
    (tentative === true && (Boolean(known) || duplicateOf(graph, type, { id, from, to, properties: after }) !== null));
  return { known: known ?? null, id, after, isSettled };
}

/** Which end of a record is not there, or of a type that cannot be there. */
function endProblems(
  graph: KnownGraph,
  { type, from, to, fields }: RelationshipRecord,
  made: ReadonlyMap<string, string>,
): Problem[] {
  const shape = RELATIONSHIP_SHAPES[type];
  const problems: Problem[] = [];
  for (const [end, id] of [
    [shape.from, from],
    [shape.to, to],
  ] as const) {
    const itsType = made.get(id) ?? graph.node(id)?.type;
    if (itsType === undefined) {
      problems.push(problem('NOT_FOUND', [end.name], `There is no "${id}".`));
    } else if (!(end.types as readonly string[]).includes(itsType)) {
      const wanted = end.types.map(withArticle).join(' or ');
      problems.push(problem('INVALID', [end.name], `"${id}" is ${withArticle(itsType)}; ${wanted} is needed here.`));
    }
  }
  const maker = fields.by;
  if (typeof maker === 'string' && !made.has(maker) && !graph.node(maker)) {
    problems.push(problem('NOT_FOUND', ['by'], `There is no "${maker}".`));
  }
  return problems;
}

/** A membership whose period never meets the lifespans of its ends. */
function lifespanProblem(
  graph: KnownGraph,
  { from, to, after }: Pick<RelationshipState, 'from' | 'to'> & Decision,
): Problem {
  const lifespans = [from, to]
    .map((id) => ({ id, lifespan: lifeOf(graph.after(id)) }))
    .filter(({ lifespan }) => lifespan.from > '0000-01-01' || lifespan.to < '9999-12-31')
    .map(({ id, lifespan }) => `${id} existed from ${lifespan.from} to ${lifespan.to}`);
  const when = `${after.since ?? 'the beginning'} to ${after.until ?? 'the end'}`;
  return problem(
    'INVALID',
    ['since'],
    `The period from ${when} lies outside the lifespan of its ends: ${lifespans.join('; ')}.`,
  );
}

/** A succession before the former network began, or after the later one ended. */
function successionProblems(
  graph: KnownGraph,
  { from, to }: Pick<RelationshipState, 'from' | 'to'>,
  { since = null }: Readonly<Properties>,
): Problem[] {
  const date = since as PartialDate | null;
  if (date === null) return [];
  const [former, later] = [lifeOf(graph.after(from)), lifeOf(graph.after(to))];
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
 * What forbids a record, given what is known: an end that is not there, a period that contradicts itself or its ends, a
 * fact that is recorded already. `made` are the nodes that the same submission makes, by type.
 */
export function recordProblems(
  graph: KnownGraph,
  record: RelationshipRecord,
  made: ReadonlyMap<string, string>,
): Problem[] {
  const ofEnds = endProblems(graph, record, made);
  // What is wrong with the record itself can be said all the same.
  if (ofEnds.length > 0) return [...ofEnds, ...relationshipProblems(record.type, withFields({}, record.fields))];
  const { type, from, to } = record;
  const problems: Problem[] = [];
  if (from === to) {
    problems.push(
      problem('INVALID', [RELATIONSHIP_SHAPES[type].to.name], `"${from}" cannot be at both ends of one relationship.`),
    );
  }
  const decision = decide(graph, record);
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
