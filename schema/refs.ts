import type { NodeSummary } from '../src/store/node-summary.ts';
import { builder } from './builder.ts';

/** References to the types of nodes, so that entity types can refer to each other; each type's own file implements its type. */
export const Actor = builder.interfaceRef<NodeSummary>('Actor');
export const Network = builder.interfaceRef<NodeSummary>('Network');
export const Organisation = builder.objectRef<NodeSummary>('Organisation');
export const Pole = builder.objectRef<NodeSummary>('Pole');
export const Cluster = builder.objectRef<NodeSummary>('Cluster');
export const Project = builder.objectRef<NodeSummary>('Project');
export const Patent = builder.objectRef<NodeSummary>('Patent');
export const Topic = builder.objectRef<NodeSummary>('Topic');
export const Territory = builder.objectRef<NodeSummary>('Territory');
export const Indicator = builder.objectRef<NodeSummary>('Indicator');
export const Claim = builder.objectRef<NodeSummary>('Claim');
