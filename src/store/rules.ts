import { IDENTIFIER_FIELDS } from '../domain/identifier.ts';
import { FACT_TYPES, LINK_TYPES, NODE_TYPES } from '../domain/vocabulary.ts';
import type { SchemaRule } from '../graph/engine.ts';

/**
 * What must be unique, and what is found by value. One index over :Entity finds a node of any type by its identifier;
 * each type is listed by its sort keys.
 */
export const SCHEMA_RULES: readonly SchemaRule[] = [
  { kind: 'unique-node', label: 'Entity', property: 'id' },
  ...Object.values(IDENTIFIER_FIELDS).map(
    (property): SchemaRule => ({ kind: 'unique-node', label: 'Entity', property }),
  ),
  { kind: 'node-index', label: 'Entity', property: 'name' },
  ...[...NODE_TYPES, 'Network'].map((label): SchemaRule => ({ kind: 'node-index', label, property: 'sortKey' })),
  { kind: 'node-index', label: 'Territory', property: 'kind' },
  { kind: 'node-index', label: 'Topic', property: 'kind' },
  { kind: 'unique-node', label: 'Merged', property: 'id' },
  { kind: 'node-index', label: 'Merged', property: 'into' },
  { kind: 'unique-node', label: 'Deleted', property: 'id' },
  { kind: 'unique-node', label: 'Once', property: 'id' },
  { kind: 'unique-node', label: 'Change', property: 'sequence' },
  { kind: 'unique-node', label: 'Touched', property: 'id' },
  { kind: 'unique-node', label: 'Counter', property: 'id' },
  ...[...FACT_TYPES, ...LINK_TYPES].map((type): SchemaRule => ({ kind: 'unique-relationship', type, property: 'id' })),
];
