import type { SchemaRule } from '../engine.ts';
import { namespacedName } from './namespace.ts';

/** Neo4j's DDL of one rule, and the name of the constraint or index. It does not fail if the rule exists. */
export function ddlOf(rule: SchemaRule): { readonly name: string; readonly text: string } {
  const kind = rule.kind === 'node-index' ? 'index' : 'unique';
  const on = rule.kind === 'unique-relationship' ? rule.type : rule.label;
  const name = `grappe_${kind}_${on}_${rule.property}`.toLowerCase();
  const own = namespacedName(on);
  switch (rule.kind) {
    case 'unique-node':
      return {
        name,
        text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${own}) REQUIRE n.${rule.property} IS UNIQUE`,
      };
    case 'node-index':
      return { name, text: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${own}) ON (n.${rule.property})` };
    case 'unique-relationship':
      return {
        name,
        text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR ()-[r:${own}]-() REQUIRE r.${rule.property} IS UNIQUE`,
      };
  }
}

/** The labels of rules, as they are named in Neo4j. */
export function ruleLabels(rules: readonly SchemaRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => ('label' in rule ? [namespacedName(rule.label)] : [])));
}
