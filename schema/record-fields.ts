import { MOST } from '../src/domain/list-bounds.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { SchemaTypes } from './builder.ts';
import { claimArguments, claimsOf, MAX_CLAIMS } from './claim.ts';
import { recordField, recordOf } from './node.ts';
import { Claim } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type Fields =
  | PothosSchemaTypes.ObjectFieldBuilder<Types, NodeSummary>
  | PothosSchemaTypes.InterfaceFieldBuilder<Types, NodeSummary>;

/** What sources say of single fields of a record. */
export const claimsField = (t: Fields) =>
  t.field({
    type: [Claim],
    maximum: MAX_CLAIMS,
    description: `Statements of single sources about its fields, where sources disagree or a value was inferred.`,
    args: claimArguments(t.arg),
    resolve: claimsOf,
  });

/** What every record shows: who says it, and its version. */
export const recordFields = (t: Fields) => ({
  sources: t.field({
    type: [Source],
    maximum: MOST.sources,
    description: 'Sources of the record.',
    resolve: sourcesOf(async (summary: NodeSummary, context) => (await recordOf(summary, context)).sources),
  }),
  version: t.int({
    description: 'Increases by one with every change of the record. Send it back as expectedVersion.',
    resolve: recordField('version'),
  }),
});
