import {
  ACTOR_TYPES,
  NETWORK_TYPES,
  NODE_TYPES,
  type NodeType,
  RELATIONSHIP_ID_PREFIXES,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from './vocabulary.ts';

/** From which end a relationship is sought: the one that has fewer of its kind. */
export type Anchor = 'from' | 'to';

/** One end of a relationship: what inputs and problems call it, and which nodes may stand there. */
interface End {
  readonly name: string;
  readonly types: readonly NodeType[];
}

interface RelationshipShape {
  readonly from: End;
  readonly to: End;
  readonly anchor: Anchor;
  /** The properties that, with both ends, tell two relationships of this type apart. */
  readonly identity: readonly string[];
}

const end = (name: string, types: readonly NodeType[]): End => ({ name, types });
const ACTOR = (name: string): End => end(name, ACTOR_TYPES);
const NETWORK = (name: string): End => end(name, NETWORK_TYPES);
const TERRITORY = (name: string): End => end(name, ['Territory']);
const PATENT = end('patent', ['Patent']);

/** What each type of relationship joins, and how it is found again among those at its anchor. */
export const RELATIONSHIP_SHAPES: Readonly<Record<RelationshipType, RelationshipShape>> = {
  MEMBER_OF: { from: ACTOR('member'), to: NETWORK('network'), anchor: 'from', identity: ['role', 'since'] },
  PARTNERS_WITH: { from: ACTOR('from'), to: ACTOR('to'), anchor: 'from', identity: ['kind', 'label', 'since'] },
  PARTICIPATES_IN: { from: ACTOR('participant'), to: end('project', ['Project']), anchor: 'to', identity: [] },
  SUCCEEDED_BY: { from: NETWORK('from'), to: NETWORK('to'), anchor: 'from', identity: ['kind'] },
  HOLDS_LABEL: { from: NETWORK('network'), to: end('label', ['Topic']), anchor: 'from', identity: ['since'] },
  LABELS: { from: NETWORK('labelledBy'), to: end('project', ['Project']), anchor: 'to', identity: [] },
  LOCATED_IN: { from: ACTOR('actor'), to: TERRITORY('territory'), anchor: 'from', identity: ['since'] },
  COVERS: { from: NETWORK('network'), to: TERRITORY('covers'), anchor: 'from', identity: ['since'] },
  ABOUT: {
    from: end('subject', [...ACTOR_TYPES, 'Project']),
    to: end('topics', ['Topic']),
    anchor: 'from',
    identity: [],
  },
  FILED: { from: ACTOR('applicants'), to: PATENT, anchor: 'to', identity: [] },
  RESULTED_IN: { from: end('projects', ['Project']), to: PATENT, anchor: 'to', identity: [] },
  PRODUCED_AT: { from: PATENT, to: TERRITORY('territory'), anchor: 'from', identity: ['by'] },
  PART_OF: { from: TERRITORY('part'), to: TERRITORY('whole'), anchor: 'from', identity: ['since'] },
  BROADER: { from: end('topic', ['Topic']), to: end('broader', ['Topic']), anchor: 'from', identity: [] },
  OBSERVED: {
    from: end('about', [...ACTOR_TYPES, 'Territory']),
    to: end('indicator', ['Indicator']),
    anchor: 'to',
    identity: [],
  },
  CLAIMED: { from: end('about', NODE_TYPES), to: end('claim', ['Claim']), anchor: 'to', identity: [] },
};

/** Links that are part of the record at their anchor and share its sources: no file and no mutation is theirs alone. */
export const OWNED_TYPES = [
  'LABELS',
  'LOCATED_IN',
  'COVERS',
  'ABOUT',
  'FILED',
  'RESULTED_IN',
  'BROADER',
] as const satisfies RelationshipType[];

const TYPE_OF_PREFIX = new Map(RELATIONSHIP_TYPES.map((type) => [`${RELATIONSHIP_ID_PREFIXES[type]}/`, type]));

/** The type of relationship that an identifier names; null when it is no relationship's. */
export function typeOfRelationshipId(id: string): RelationshipType | null {
  return TYPE_OF_PREFIX.get(id.slice(0, id.indexOf('/') + 1)) ?? null;
}

/** Kinds of partnership in which it matters who stands at which end; the others hold both ways alike. */
const DIRECTED_KINDS: readonly unknown[] = ['SUPPLY', 'DISTRIBUTION'];

/** What two relationships of a type must have in common, beside their ends, for one to say of another period what the other says. */
export function sameStatement(
  type: RelationshipType,
  a: { readonly from: string; readonly to: string; readonly properties: Readonly<Record<string, unknown>> },
  b: typeof a,
): boolean {
  const fields = RELATIONSHIP_SHAPES[type].identity.filter((field) => field !== 'since');
  if (fields.some((field) => (a.properties[field] ?? null) !== (b.properties[field] ?? null))) return false;
  if (a.from === b.from && a.to === b.to) return true;
  const eitherWay = type === 'PARTNERS_WITH' && !DIRECTED_KINDS.includes(a.properties.kind);
  return eitherWay && a.from === b.to && a.to === b.from;
}
