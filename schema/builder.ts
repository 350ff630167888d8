import SchemaBuilder from '@pothos/core';
import type { PartialDate } from '../src/domain/partial-date.ts';
import type { RequestContext } from './context.ts';
import { FALLIBLE_ROOTS } from './fallible-roots.ts';
import { LISTS } from './lists.ts';
import { RIGHTS_PLUGIN } from './rights.ts';

/** What the schema's types are built of. Fields are non-null unless they say otherwise. */
export interface SchemaTypes {
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    PartialDate: { Input: PartialDate; Output: PartialDate };
    DateTime: { Input: string; Output: string };
    URL: { Input: string; Output: string };
  };
}

/** The one builder: every entity type's file adds its types and its root fields to it. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RIGHTS_PLUGIN, LISTS, FALLIBLE_ROOTS],
  defaultFieldNullability: false,
});

builder.queryType({ description: 'Questions to the graph.' });
