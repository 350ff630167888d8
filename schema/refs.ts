import type { Card } from '../src/store/card.ts';
import { builder } from './builder.ts';

/** References to the types of nodes, so that nouns can point at each other; each noun's own file implements its type. */
export const Actor = builder.interfaceRef<Card>('Actor');
export const Network = builder.interfaceRef<Card>('Network');
export const Organisation = builder.objectRef<Card>('Organisation');
export const Pole = builder.objectRef<Card>('Pole');
export const Cluster = builder.objectRef<Card>('Cluster');
export const Project = builder.objectRef<Card>('Project');
export const Patent = builder.objectRef<Card>('Patent');
export const Topic = builder.objectRef<Card>('Topic');
export const Territory = builder.objectRef<Card>('Territory');
export const Indicator = builder.objectRef<Card>('Indicator');
export const Claim = builder.objectRef<Card>('Claim');
