import { propertyOf } from './field.ts';
import type { PartialDate } from './partial-date.ts';
import { isInverted, type Period } from './period.ts';
import { type Problem, problem } from './problem.ts';
import { fieldsOf, RECORD_TYPE_OF } from './record-fields.ts';
import type { NodeType, RelationshipType } from './vocabulary.ts';

/** The properties of a record before it is stored. Null ones are absent. */
type Properties = Readonly<Record<string, unknown>>;

const dateIn = (properties: Properties, property: string): PartialDate | null =>
  (properties[property] as PartialDate | null | undefined) ?? null;

/** The problem of a period whose end comes first, with the field that gives its end. */
export function invertedPeriod({ since, until }: Period, field: string): Problem {
  return problem('INVALID', [field], `The period ends (${until}) before it begins (${since}).`);
}

/** The field that stores its value as a property: `end` of a project is stored as `until`. */
function fieldOfProperty(type: NodeType, property: string): string {
  const named = fieldsOf(RECORD_TYPE_OF[type]).find(([name, field]) => propertyOf(name, field) === property);
  return named?.[0] ?? property;
}

function periodProblems(properties: Properties, [from, to]: readonly [string, string], field = to): Problem[] {
  const period = { since: dateIn(properties, from), until: dateIn(properties, to) };
  return isInverted(period) ? [invertedPeriod(period, field)] : [];
}

/** The lifespan that follows from the dates of a network's label and of its body. */
function lifespanProblems({ lifeFrom = null, lifeTo = null, dissolvedOn = null }: Properties): Problem[] {
  if (lifeFrom === null || lifeTo === null || String(lifeFrom) <= String(lifeTo)) return [];
  const field = dissolvedOn === null ? 'foundedOn' : 'dissolvedOn';
  return [problem('INVALID', [field], `The network would end on ${lifeTo} before it begins on ${lifeFrom}.`)];
}

function networkProblems(type: NodeType, properties: Properties): Problem[] {
  const problems = periodProblems(properties, ['foundedOn', 'dissolvedOn']);
  const ofLabel = periodProblems(properties, ['since', 'until']);
  if (problems.length + ofLabel.length === 0) problems.push(...lifespanProblems(properties));
  if (type === 'Cluster' && properties.rank) {
    problems.push(problem('INVALID', ['rank'], 'Only poles have a national rank: leave it empty for a cluster.'));
  }
  return problems;
}

function fundingProblems({ funding = null, currency = null }: Properties): Problem[] {
  if ((funding === null) === (currency === null)) return [];
  return [
    problem(
      'INVALID',
      ['currency'],
      'A funding needs its currency, as in 2500000 and EUR, and a currency its funding.',
    ),
  ];
}

function coordinatesProblems({ latitude = null, longitude = null }: Properties): Problem[] {
  if ((latitude === null) === (longitude === null)) return [];
  const [missing, given] = latitude === null ? ['latitude', 'longitude'] : ['longitude', 'latitude'];
  return [problem('INVALID', [missing], `A ${given} needs its ${missing}: give both, or neither.`)];
}

/**
 * The contradictions within a node as it would be stored: of values that a user wrote, a row gave, or a rule derived.
 */
export function nodeProblems(type: NodeType, properties: Properties): Problem[] {
  const problems = [
    ...periodProblems(properties, ['since', 'until'], fieldOfProperty(type, 'until')),
    ...coordinatesProblems(properties),
  ];
  if (type === 'Pole' || type === 'Cluster') problems.push(...networkProblems(type, properties));
  if (type === 'Project') problems.push(...fundingProblems(properties));
  return problems;
}

/** The contradictions within a relationship as it would be stored. Derived partnerships cannot be written. */
export function relationshipProblems(type: RelationshipType, properties: Properties): Problem[] {
  const problems = periodProblems(properties, ['since', 'until']);
  if (type !== 'PARTNERS_WITH') return problems;
  const { kind, parties } = properties;
  if (kind === 'PROJECT') {
    problems.push(
      problem('INVALID', ['kind'], 'PROJECT partnerships are derived from participations: give those instead.'),
    );
  }
  if (typeof parties === 'number' && parties < 2) {
    problems.push(problem('INVALID', ['parties'], `An agreement has at least two parties, not ${parties}.`));
  }
  return problems;
}
