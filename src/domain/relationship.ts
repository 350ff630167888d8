import {
  ACTOR_TYPES,
  NETWORK_TYPES,
  NODE_TYPES,
  type NodeType,
  RELATIONSHIP_ID_PREFIXES,
  RELATIONSHIP_TYPES,
  type RelationshipType,
} from './vocabulary.ts';

/** The end from which a relationship is looked up: the one with fewer relationships of the type. */
export type Anchor = 'from' | 'to';

/** One end of a relationship: its name in inputs and problems, and the types of nodes that it can have. */
interface End {
  readonly name: string;
  readonly types: readonly NodeType[];
}

interface RelationshipShape {
  readonly from: End;
  readonly to: End;
  readonly anchor: Anchor;
  /** The properties that, with both ends, identify a relationship of this type. */
  readonly identity: readonly string[];
}

const end = (name: string, types: readonly NodeType[]): End => ({ name, types });
const ACTOR = (name: string): End => end(name, ACTOR_TYPES);
const NETWORK = (name: string): End => end(name, NETWORK_TYPES);
const TERRITORY = (name: string): End => end(name, ['Territory']);
const PATENT = end('patent', ['Patent']);

/** The ends of each type of relationship, and what identifies one among those at its anchor. */
export const RELATIONSHIP_SHAPES: Readonly<Record<RelationshipType, RelationshipShape>> = {
  MEMBER_OF: { from: ACTOR('member'), to: NETWORK('network'), anchor: 'from', identity: ['role', 'since'] },
  PARTNERS_WITH: { from: ACTOR('from'), to: ACTOR('to'), anchor: 'from', identity: ['kind', 'label', 'since'] },
  PARTICIPATES_IN: { from: ACTOR('participant'), to: end('project', ['Project']), anchor: 'to', identity: [] },
  AFFILIATED_WITH: {
    from: end('organisation', ['Organisation']),
    to: end('parent', ['Organisation']),
    anchor: 'from',
    identity: ['since'],
  },
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

/**
 * Links that are part of the record at their anchor and share its sources: they have no file or mutation of their own.
 */
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

/** The type of relationship that an identifier names; null if it names none. */
export function typeOfRelationshipId(id: string): RelationshipType | null {
  return TYPE_OF_PREFIX.get(id.slice(0, id.indexOf('/') + 1)) ?? null;
}

/** Kinds of partnership that have a direction. The others are symmetric. */
const DIRECTED_KINDS: readonly unknown[] = ['SUPPLY', 'DISTRIBUTION'];

/** Whether two relationships of a type say the same, apart from their periods: same ends and identity fields. */
export function sameStatement(
  type: RelationshipType,
  a: { readonly from: string; readonly to: string; readonly properties: Readonly<Record<string, unknown>> },
  b: typeof a,
): boolean {
  const fields = RELATIONSHIP_SHAPES[type].identity.filter((field) => field !== 'since');
  if (fields.some((field) => (a.properties[field] ?? null) !== (b.properties[field] ?? null))) return false;
  if (a.from === b.from && a.to === b.to) return true;
  const isSymmetric = type === 'PARTNERS_WITH' && !DIRECTED_KINDS.includes(a.properties.kind);
  return isSymmetric && a.from === b.to && a.to === b.from;
}
