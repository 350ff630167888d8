import type { SchemaRule } from '../engine.ts';

/**
 * Grafeo's DDL of one rule. A unique constraint alone is no index there, and must come before it; relationships have
 * neither, so that their identifiers are unique by the one writer's care.
 */
export function ddlOf(rule: SchemaRule): readonly string[] {
  if (rule.kind === 'unique-relationship') return [];
  const name = `grappe_${rule.label}_${rule.property}`.toLowerCase();
  const index = `CREATE INDEX ${name}_index IF NOT EXISTS FOR (n:${rule.label}) ON (n.${rule.property})`;
  if (rule.kind === 'node-index') return [index];
  return [`CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${rule.label}) REQUIRE n.${rule.property} IS UNIQUE`, index];
}
