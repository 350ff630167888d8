import { connectionOf } from './connection.ts';
import { Actor } from './refs.ts';

/** Actors of a territory or a topic. */
export const ActorsConnection = connectionOf('Actors', Actor, 'actors');
