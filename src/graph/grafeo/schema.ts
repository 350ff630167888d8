import type { SchemaRule } from '../engine.ts';

/**
 * Grafeo's DDL of one rule. Its unique constraint is no index, and must be created before the index. Relationships have
 * neither: the one writer checks that their identifiers are unique.
 */
export function ddlOf(rule: SchemaRule): readonly string[] {
  if (rule.kind === 'unique-relationship') return [];
  const name = `grappe_${rule.label}_${rule.property}`.toLowerCase();
  const index = `CREATE INDEX ${name}_index IF NOT EXISTS FOR (n:${rule.label}) ON (n.${rule.property})`;
  if (rule.kind === 'node-index') return [index];
  return [`CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${rule.label}) REQUIRE n.${rule.property} IS UNIQUE`, index];
}
