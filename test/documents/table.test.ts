import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { MAX_COLUMNS, tablesOf } from '../../src/server/documents/reading/table.ts';

const schema = buildSchema(
  'type Query { tree: Tree } type Tree { name: String words: [String] trees: [Tree] tree: Tree }',
);

const tables = (query: string) => {
  const document = parse(query);
  return tablesOf(schema, document, getOperationAST(document)!);
};

describe('the lists of an answer', () => {
  it('are those that no other list contains, with their leaves as columns', () => {
    expect(
      tables(
        '{ tree { words more: trees { name tree { trees { name } } } tree { ...F } } } fragment F on Tree { trees { name name } }',
      ),
    ).toEqual([
      { path: ['tree', 'words'], columns: [[]], after: null },
      { path: ['tree', 'more'], columns: [['name'], ['tree', 'trees', 'name']], after: null },
      { path: ['tree', 'tree', 'trees'], columns: [['name']], after: null },
    ]);
  });

  it('are not read where fragments multiply their columns', () => {
    const levels = 60;
    const fragments = Array.from(
      { length: levels },
      (_, at) => `fragment F${at} on Tree { a: tree { ...F${at + 1} } b: tree { ...F${at + 1} } }`,
    );
    expect(
      tables(`{ tree { trees { ...F0 } } } ${fragments.join(' ')} fragment F${levels} on Tree { name }`),
    ).toBeNull();
    const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}: name`).join(' ');
    expect(tables(`{ tree { trees { ${names(MAX_COLUMNS + 1)} } } }`)).toBeNull();
    expect(tables(`{ tree { trees { ${names(MAX_COLUMNS)} } } }`)![0]!.columns).toHaveLength(MAX_COLUMNS);
  });
});
