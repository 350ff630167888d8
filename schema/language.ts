import type { NodeRecord } from '../src/store/node.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import type { SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';
import { Language } from './enums.ts';
import { recordOf } from './node.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type Fields = { readonly arg: PothosSchemaTypes.ObjectFieldBuilder<Types, unknown>['arg'] };

/** The argument of every text that is written in several languages. */
export const languageArgument = ({ arg }: Fields) =>
  arg({ type: Language, required: true, defaultValue: 'FR', description: 'Language of the text.' });

type TextField = 'description' | 'descriptionEn' | 'definition' | 'definitionEn' | 'name' | 'nameEn';

/** A resolver of a text that is stored once in each language. */
export const inLanguage =
  (french: TextField, english: TextField) =>
  async (
    summary: NodeSummary,
    { language }: { language: 'FR' | 'EN' },
    context: RequestContext,
  ): Promise<string | null> =>
    ((await recordOf(summary, context)) as Pick<NodeRecord, TextField>)[language === 'FR' ? french : english];
