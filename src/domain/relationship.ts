import { ACTOR_TYPES, NETWORK_TYPES, NODE_TYPES, type NodeType, type RelationshipType } from './vocabulary.ts';

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
