import type { ArgBuilder } from '@pothos/core';
import { MOST } from '../src/domain/list-bounds.ts';
import { claims } from '../src/store/annotation.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';
import { Node, recordField, recordOf } from './node.ts';
import { Claim } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

Claim.implement({
  description: 'What one source says about one field, where sources disagree or a value was inferred.',
  interfaces: [Node],
  fields: (t) => ({
    field: t.exposeString('name', {
      description: 'Name of the field in this schema, or the subject of the statement.',
    }),
    value: t.string({
      description: 'What the source says.',
      resolve: async (summary, _, context) => String((await recordOf(summary, context)).value),
    }),
    preferred: t.boolean({
      description: 'Whether the field itself shows this value.',
      resolve: async (summary, _, context) => (await recordOf(summary, context)).preferred === true,
    }),
    inferred: t.boolean({
      description: 'True when no source says so and the value was inferred. The note explains how.',
      resolve: async (summary, _, context) => (await recordOf(summary, context)).inferred === true,
    }),
    note: t.string({ nullable: true, description: 'Explanation for the reader.', resolve: recordField('note') }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of this claim.',
      resolve: sourcesOf(async (summary: NodeSummary, context) => (await recordOf(summary, context)).sources),
    }),
  }),
});

/** Claims about one node in one answer. */
export const MAX_CLAIMS = 50;

/** The argument by which claims are chosen. */
export function claimArguments(arg: ArgBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>) {
  return { field: arg.string({ description: 'Only claims about this field, such as since.' }) };
}

/** The claims about a node. */
export async function claimsOf(
  { id }: NodeSummary,
  { field }: { field?: string | null | undefined },
  { loaders }: RequestContext,
): Promise<NodeSummary[]> {
  return (await loaders.list(claims(field), MAX_CLAIMS, id)).map(({ node }) => node);
}
