import type { SchemaRule } from '../engine.ts';

/** Neo4j's DDL of one rule, and the name that it gives it; it does not fail when the rule is there already. */
export function ddlOf(rule: SchemaRule): { readonly name: string; readonly text: string } {
  const name = `grappe_${rule.kind === 'unique-relationship' ? rule.type : rule.label}_${rule.property}`.toLowerCase();
  switch (rule.kind) {
    case 'unique-node':
      return {
        name,
        text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${rule.label}) REQUIRE n.${rule.property} IS UNIQUE`,
      };
    case 'node-index':
      return { name, text: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${rule.label}) ON (n.${rule.property})` };
    case 'unique-relationship':
      return {
        name,
        text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR ()-[r:${rule.type}]-() REQUIRE r.${rule.property} IS UNIQUE`,
      };
  }
}
