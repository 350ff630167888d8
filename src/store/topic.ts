import type { ActorType, TopicScheme } from '../domain/vocabulary.ts';
import { byName, Conditions, type ListRequest, NODE_KIND, NODE_TYPE, nodeEdge } from './list.ts';
import type { Listing } from './listing.ts';
import { relation } from './predicate.ts';

/** A topic of a topic of a topic: vocabularies are flat. */
const MAX_DEPTH = 4;

/** The actor or project is about one of the topics or about a narrower one, for a filter. */
export const ABOUT = relation(
  'topic',
  {
    types: ['ABOUT'],
    side: 'out',
    through: { type: 'BROADER', label: 'Topic', depth: MAX_DEPTH, isDated: false },
  },
  ['Topic'],
);

const TOPICS: Listing = { name: 'topics', pattern: '(b:Topic)', columns: null, nodes: ['Topic'] };
const SUBJECTS: Listing = { name: 'subjects', pattern: '(a:Entity {id: parent})-[r:ABOUT]->(b)', columns: ['id'] };
const ACTORS: Listing = {
  name: 'actors of a topic',
  pattern: '(a:Entity {id: parent})<-[r:ABOUT]-(b)',
  columns: ['id'],
  where: { name: 'actors', text: "b.type <> 'Project'" },
};
const BROADER: Listing = { name: 'broader', pattern: '(a:Entity {id: parent})-[r:BROADER]->(b)', columns: ['id'] };
const NARROWER: Listing = { name: 'narrower', pattern: '(a:Entity {id: parent})<-[r:BROADER]-(b)', columns: ['id'] };

const ofScheme = (scheme: TopicScheme | null | undefined): Conditions =>
  new Conditions().where(NODE_KIND, 'kinds', scheme ? [scheme] : null);

/** All topics, or those of one scheme. */
export function topics(scheme: TopicScheme | null | undefined): ListRequest {
  return byName(TOPICS, nodeEdge, ofScheme(scheme));
}

/** What an actor or a project is about. */
export function topicsOf(scheme: TopicScheme | null | undefined): ListRequest {
  return byName(SUBJECTS, nodeEdge, ofScheme(scheme));
}

/** The actors that are about a topic. */
export function actorsOfTopic(filter: { readonly types?: readonly ActorType[] | null | undefined }): ListRequest {
  return byName(ACTORS, nodeEdge, new Conditions().where(NODE_TYPE, 'types', filter.types));
}

/** The topic that a topic is part of. */
export function broader(): ListRequest {
  return byName(BROADER, nodeEdge);
}

/** The topics that are part of a topic. */
export function narrower(): ListRequest {
  return byName(NARROWER, nodeEdge);
}
