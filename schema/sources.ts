import { sources } from '../src/store/source.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArguments } from './connection.ts';
import { Source } from './source.ts';

const SourcesConnection = connectionOf('Sources', Source, 'sources');

builder.queryField('sources', (t) =>
  t.field({
    type: SourcesConnection,
    description: 'All sources, by title.',
    args: pageArguments(t.arg),
    resolve: (_, page, { loaders }) => loaders.root(sources(), page),
  }),
);
