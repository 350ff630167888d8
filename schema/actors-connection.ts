import { actorConnectionOf } from './facets.ts';
import { Actor } from './refs.ts';

/** Actors of a territory or a topic. */
export const ActorsConnection = actorConnectionOf('Actors', Actor, 'actors');
