import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  doTypesOverlap,
  type GraphQLArgument,
  type GraphQLCompositeType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isListType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { rebuildDerived } from '../../src/editing/rebuild.ts';
import { verifyGraph } from '../../src/editing/verify.ts';
import { type EngineSettings, openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { SCHEMA_RULES } from '../../src/store/rules.ts';
import { exportFolder } from '../../src/transfer/export.ts';
import { dumpOf } from '../support/dump.ts';
import { asSomebodyElse, putForeignNodesBeside } from '../support/foreign-nodes.ts';
import { bareGraph, emptyGraph, engineUnderTest, neo4jSettings, TestGraph } from '../support/graph.ts';
import { grappe, listening } from '../support/process.ts';
import { isConnection, isRequired, SCHEMA_LISTS, type SchemaList, type Step, wayTo } from '../support/schema-lists.ts';
import { scratchFolder } from '../support/world.ts';
import { richWorld } from '../support/world-of-plan.ts';

/** Questions at one time. */
const AT_ONCE = 8;

const nodeType = schema.getType('Node') as GraphQLCompositeType;
const everyId = statement<{ id: string; type: string }>(
  'everyId',
  'MATCH (n:Entity) RETURN n.id AS id, n.type AS type',
);

/** The fields of each entry of a list. */
function entryOf(type: unknown): string {
  return isCompositeType(type) && doTypesOverlap(schema, type, nodeType)
    ? '{ __typename ... on Node { id } }'
    : '{ __typename }';
}

function selectionOf({ field }: SchemaList): string {
  const type = getNamedType(field.type);
  if (!isConnection(type) || !isObjectType(type)) return entryOf(type);
  const { totalCount, nodes } = type.getFields();
  return `{ ${totalCount ? 'totalCount' : ''} ${nodes ? `nodes ${entryOf(getNamedType(nodes.type))}` : '__typename'} }`;
}

/** Documents that ask every list of the API, those of nodes of two parents. */
function documentsOf(idsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const quoted = (type: string): string[] => idsOf.get(type)!.map((id) => JSON.stringify(id));
  const [actors, networks] = [quoted('Organisation'), quoted('Pole')];
  const given = ({ name, type }: GraphQLArgument): string => {
    const [named, isMany] = [getNamedType(type), isListType(getNullableType(type))];
    if (isEnumType(named)) return named.getValues()[0]!.name;
    switch (named.name) {
      case 'ID':
        return isMany ? `[${networks.slice(0, 3).join(', ')}]` : actors[name === 'to' ? 1 : 0]!;
      case 'Int':
        // A series of years names its first and its last.
        return name === 'from' ? '2010' : name === 'to' ? '2012' : '2';
      case 'PartialDate':
        return name === 'to' ? '"2020"' : '"2000"';
      default:
        return '"a"';
    }
  };
  const called = ({ name, args }: SchemaList['field'], id = ''): string => {
    const needed = args.filter(isRequired).map((arg) => `${arg.name}: ${given(arg)}`);
    const values = name === 'node' ? [`id: "${id}"`] : needed;
    return values.length === 0 ? name : `${name}(${values.join(', ')})`;
  };
  return SCHEMA_LISTS.flatMap((list) => {
    const way = wayTo(list);
    const asked = `${called(list.field)} ${selectionOf(list)}`;
    const along = (id: string): string =>
      way.reduceRight(
        (inside, { field, on }: Step) => `${called(field, id)} { ... on ${on.name} { ${inside} } }`,
        asked,
      );
    const parents = way[0]?.field.name === 'node' ? (idsOf.get(way[0].on.name) ?? []).slice(0, 2) : [''];
    const each = parents.map((id, place) => `parent${place}: ${along(id)}`);
    return each.length === 0 ? [] : [`{ ${each.join(' ')} }`];
  });
}

/** The files of an export, by name. */
async function exported(graph: TestGraph): Promise<Readonly<Record<string, string>>> {
  const folder = await scratchFolder();
  await exportFolder(graph.engine, folder);
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, place) => [name, texts[place]!]));
}

describe.runIf(engineUnderTest === 'neo4j')('beside nodes of others that resemble them most', () => {
  const world = richWorld();
  let graph: TestGraph;
  let documents: string[];
  let before: { readonly answers: unknown[]; readonly files: object; readonly dump: object };
  let foreign: number;

  const answers = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (let at = 0; at < documents.length; at += AT_ONCE) {
      const some = documents.slice(at, at + AT_ONCE).map((document) => graph.ask(document));
      all.push(...(await Promise.all(some)));
    }
    return all;
  };

  beforeAll(async () => {
    graph = await emptyGraph();
    await graph.import(world);
    const idsOf = new Map(
      [...Map.groupBy(await graph.engine.read(everyId), ({ type }) => type)].map(([type, some]) => [
        type,
        some.map(({ id }) => id).sort(),
      ]),
    );
    documents = documentsOf(idsOf);
    before = { answers: await answers(), files: await exported(graph), dump: await dumpOf(graph.engine) };
    foreign = await putForeignNodesBeside(graph.engine);
    expect(foreign).toBeGreaterThan(Object.keys(before.dump).length);
    // As after a start: nothing is remembered.
    await graph.engine.close();
    graph = new TestGraph(await openEngine(neo4jSettings()));
  });
  afterAll(() => graph?.[Symbol.asyncDispose]());

  it('every list and count of the API is what it was', async () => {
    expect(documents.length).toBeGreaterThan(60);
    const after = await answers();
    for (const [place, document] of documents.entries()) {
      expect(after[place], document).toEqual(before.answers[place]);
    }
  });

  it('a check finds nothing, and a rebuild corrects nothing', async () => {
    expect(await verifyGraph(graph.engine)).toEqual([]);
    expect(await rebuildDerived(graph.engine)).toMatchObject({ corrected: 0 });
    expect(await dumpOf(graph.engine)).toEqual(before.dump);
  });

  it('an export is what it was', async () => {
    expect(await exported(graph)).toEqual(before.files);
  });

  it('an import, and the rules of the schema, change nothing of theirs', async () => {
    await graph.engine.ensureSchema(SCHEMA_RULES);
    const { created, updated, deleted } = await graph.import(world);
    expect({ created, updated, deleted }).toEqual({ created: 0, updated: 0, deleted: 0 });
    const [row] = await asSomebodyElse<{ total: number }>('MATCH (n {foreign: true}) RETURN count(n) AS total');
    expect(row!.total).toBe(foreign);
  });
});

describe.runIf(engineUnderTest === 'neo4j')('a database that holds what is not Grappe’s', () => {
  beforeEach(async () => {
    await (await bareGraph()).engine.close();
    await asSomebodyElse(
      "UNWIND range(1, 12) AS x CREATE (:Entity:Organisation {id: 'organisation/x', name: 'Theirs'})",
    );
    await asSomebodyElse('UNWIND range(1, 3) AS x CREATE (:Invoice {number: x})');
  });
  const state = async (): Promise<unknown[]> => [
    ...(await asSomebodyElse('MATCH (n) RETURN labels(n) AS labels, count(n) AS total ORDER BY labels')),
    ...(await asSomebodyElse('SHOW CONSTRAINTS YIELD name')),
    ...(await asSomebodyElse("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")),
  ];
  const untouched = [
    { labels: ['Entity', 'Organisation'], total: 12 },
    { labels: ['Invoice'], total: 3 },
  ];

  it('is given neither rules nor nodes, and the error says what is in it and what to do', async () => {
    await using graph = new TestGraph(await openEngine(neo4jSettings()));
    const made = graph.engine.ensureSchema(SCHEMA_RULES);
    await expect(made).rejects.toMatchObject({ name: 'GraphError', code: 'OCCUPIED' });
    await expect(made).rejects.toThrow(/"neo4j" at neo4j:.* holds 15 nodes .*:Entity.*NEO4J_DATABASE.*NEO4J_SHARED/);
    expect(await state()).toEqual(untouched);
  });

  it('is not seeded by a server, which says why', async () => {
    const server = (await listening(grappe(['serve'], { GRAPPE_SEED: 'curated' })))!;
    const readyz = async (): Promise<unknown> => (await fetch(`${server.url}/readyz`)).json();
    await expect.poll(readyz, { timeout: 30_000 }).toEqual({ status: 'not ready', reason: 'DATABASE_OCCUPIED' });
    const asked = await fetch(`${server.url}/graphql?query={poles{totalCount}}`);
    expect(asked.status).toBe(503);
    expect((await asked.json()).errors[0].extensions.code).toBe('DATABASE_OCCUPIED');
    expect(server.said()).toContain('holds 15 nodes that are not Grappe');
    expect(server.said()).not.toMatch(/\n\s+at /);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(await state()).toEqual(untouched);
  });

  it.each(['import', 'seed', 'rebuild'])('is rejected by grappe %s in a sentence', async (command) => {
    const run = grappe(command === 'import' ? [command, '.'] : [command]);
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain('NEO4J_SHARED=true');
    expect(run.said()).not.toMatch(/\n\s+at /);
    expect(await state()).toEqual(untouched);
  });

  it('is shared where somebody says so', async () => {
    await using graph = new TestGraph(await openEngine({ ...neo4jSettings(), shared: true } as EngineSettings));
    await graph.engine.ensureSchema(SCHEMA_RULES);
    await graph.import(richWorld());
    expect((await graph.ask('{ organisations { nodes { name } } }')).organisations.nodes).not.toContainEqual({
      name: 'Theirs',
    });
    expect(await state()).toEqual(expect.arrayContaining(untouched));
    // Once its own graph is there, nothing needs to be said again.
    await using again = new TestGraph(await openEngine(neo4jSettings()));
    await again.engine.ensureSchema(SCHEMA_RULES);
  });
});
