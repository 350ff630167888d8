import type { Card } from '../src/store/card.ts';
import type { WholeNode } from '../src/store/node.ts';
import type { SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';
import { Language } from './enums.ts';
import { wholeOf } from './node.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
type Fields = { readonly arg: PothosSchemaTypes.ObjectFieldBuilder<Types, unknown>['arg'] };

/** The argument of every text that is written in several languages. */
export const languageArgument = ({ arg }: Fields) =>
  arg({ type: Language, required: true, defaultValue: 'FR', description: 'Language of the text.' });

type TextField = 'description' | 'descriptionEn' | 'definition' | 'definitionEn' | 'name' | 'nameEn';

/** A resolver of a text that is stored once in each language. */
export const inLanguage =
  (french: TextField, english: TextField) =>
  async (card: Card, { language }: { language: 'FR' | 'EN' }, context: RequestContext): Promise<string | null> =>
    ((await wholeOf(card, context)) as Pick<WholeNode, TextField>)[language === 'FR' ? french : english];
