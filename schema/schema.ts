import './scalars.ts';
import './node.ts';
import './actor.ts';
import './organisation.ts';
import './network.ts';
import './project.ts';
import './patent.ts';
import './territory.ts';
import './topic.ts';
import './indicator.ts';
import './claim.ts';
import './relationship.ts';
import './search.ts';
import { builder } from './builder.ts';

/** The executable schema of the API. */
export const schema = builder.toSchema();
