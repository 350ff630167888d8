import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { UndirectedGraph } from 'graphology';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExportLinks } from '../../src/subgraphs/exports/links.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { exported, fileOf, linkOf, type Quad } from './exported.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(exported());
});
afterAll(() => graph[Symbol.asyncDispose]());

const link = (format: string, more?: string) => linkOf(graph, format, more);
const fetched = (format: string, more?: string) => fileOf(graph, format, more);

describe('a link to a file', () => {
  it('can be fetched without a token, packed where the client accepts it, and not guessed', async () => {
    const { url, expiresAt } = await link('GEXF');
    expect(url).toMatch(/^\/exports\/[\w-]{100,600}\.[\w-]{43}\/grappe\.gexf$/);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const plain = await graph.get(url);
    expect(plain.headers.get('content-type')).toBe('application/gexf+xml; charset=utf-8');
    expect(plain.headers.get('content-disposition')).toMatch(/^attachment; filename="grappe-[\d-]{10}\.gexf"$/);
    const packed = await graph.get(url, { 'accept-encoding': 'br, gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(await plain.text());
    const [, , token = ''] = url.split('/');
    const changed = token.replace(/.(?=\.)/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const other of ['a'.repeat(32), changed, token.slice(0, -2), `${token.split('.')[0]}.`, '.', '']) {
      const unknown = await graph.get(`/exports/${other}/grappe.gexf`);
      expect(unknown.status, other).toBe(410);
      expect((await unknown.json()).errors[0].extensions.code).toBe('EXPORT_EXPIRED');
    }
  });

  it('ends after a quarter of an hour; one that is too long for an address, when there are too many', async () => {
    let now = 0;
    const links = new ExportLinks({ now: () => now });
    const order = { selection: { among: new Set(['organisation/a']) } } as never;
    const { token, expiresAt } = await links.offer(order);
    expect(expiresAt.getTime()).toBe(15 * 60_000);
    expect(await links.find(token)).toEqual(order);
    now = 15 * 60_000;
    expect(await links.find(token)).toBeNull();
    const ids = (count: number): Set<string> =>
      new Set(Array.from({ length: count }, () => `organisation/${randomUUID()}`));
    const long = { selection: { among: ids(300) } } as never;
    const first = await links.offer(long);
    expect(await links.find(first.token)).toBe(long);
    for (let count = 0; count < 500; count++) await links.offer(long);
    expect(await links.find(first.token)).toBeNull();
    const large = { selection: { among: new Set(Array.from({ length: 300_000 }, (_, id) => String(id))) } } as never;
    const [one, other] = [await links.offer(large), await links.offer(large)];
    expect(await links.find(one.token)).toBeNull();
    expect(await links.find(other.token)).toBe(large);
  });

  it('is new for each question, since a cached one would have ended', async () => {
    const [one, other] = [await link('GEXF'), await link('GEXF')];
    expect(one.url).not.toBe(other.url);
  });

  it('is an error for a title that is too long', async () => {
    expect(
      await graph.errorMessages(
        'query ($title: String) { subgraph(select: {}) { export(format: GEXF, title: $title) { url } } }',
        {
          title: 'x'.repeat(201),
        },
      ),
    ).toEqual(['title: 201 characters were given; the maximum is 200.']);
  });
});

describe('the sources of a subgraph', () => {
  it('are counted over its nodes and relationships, those of most facts first', async () => {
    const { subgraph } = await graph.ask(`{ subgraph(select: {}) {
      sources { value label count node { id } }
      most: sources(first: 1) { value }
      nodes { nodes { ... on Actor { sources { id } } } }
      relationships { nodes { sources { id } } }
    } }`);
    const facts = [...subgraph.nodes.nodes, ...subgraph.relationships.nodes] as { sources: { id: string }[] }[];
    const count = (id: string) => facts.filter(({ sources }) => sources.some((source) => source.id === id)).length;
    expect(subgraph.sources).toEqual([
      {
        ...{ value: 'source/fixture', label: 'A fixture of the tests', node: { id: 'source/fixture' } },
        count: count('source/fixture'),
      },
      { value: 'source/register', label: 'A register; with "quotes"', node: { id: 'source/register' }, count: 1 },
    ]);
    expect(subgraph.most).toEqual([{ value: 'source/fixture' }]);
  });
});

describe('the sources of a file', () => {
  const IN_WORDS =
    'Sources: A fixture of the tests, licence not recorded; A register; with "quotes", A ministry, https://example.org/register, licence: Licence Ouverte 2.0.';

  it('are in it with their licences, those of most facts first, and no other', async () => {
    const gexf = parseGexf(UndirectedGraph as never, await fetched('GEXF')) as unknown as UndirectedGraph;
    expect(gexf.getAttribute('description')).toContain(IN_WORDS);
    const graphml = parseGraphml(UndirectedGraph as never, await fetched('GRAPHML')) as unknown as UndirectedGraph;
    expect(graphml.getAttribute('sources')).toBe(IN_WORDS);
    expect(JSON.parse(await fetched('VOSVIEWER')).info.description).toContain(IN_WORDS);
  });

  it('are a table beside those of nodes and edges', async () => {
    const rows = parseCsv(await fetched('SOURCES_CSV'), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ id }) => id)).toEqual(['source/fixture', 'source/register']);
    expect(rows[1]).toEqual({
      ...{ id: 'source/register', title: 'A register; with "quotes"', publisher: 'A ministry' },
      ...{ url: 'https://example.org/register', licence: 'Licence Ouverte 2.0', facts: '1' },
    });
  });

  it('are those of the selected nodes and relationships alone', async () => {
    const { subgraph } = await graph.ask(
      '{ subgraph(select: { partnershipKinds: [SUPPLY] }) { export(format: SOURCES_CSV) { url } } }',
    );
    const rows = parseCsv(await (await graph.get(subgraph.export.url)).text(), { columns: true }) as { id: string }[];
    expect(rows.map(({ id }) => id)).toEqual(['source/fixture']);
  });

  it('are what the data set of JSON-LD is based on', async () => {
    const quads = (await jsonld.toRDF(JSON.parse(await fetched('JSON_LD')))) as Quad[];
    const said = (predicate: string) =>
      quads.filter((quad) => quad.predicate.value === predicate).map(({ object }) => object.value);
    expect(said('https://schema.org/isBasedOn')).toEqual(['urn:grappe:source/fixture', 'urn:grappe:source/register']);
    expect(said('https://schema.org/license')).toEqual(['Licence Ouverte 2.0']);
  });
});

describe('a web application that opens a file by its address', () => {
  const viewerOf = async (format: string): Promise<string | null> => {
    const { subgraph } = await graph.ask(`{ subgraph(select: {}) { export(format: ${format}) { viewerUrl } } }`);
    return subgraph.export.viewerUrl;
  };

  it.each([
    ['GEXF', 'https://lite.gephi.org', 'file', '.gexf'],
    ['GRAPHML', 'https://lite.gephi.org', 'file', '.graphml'],
    ['VOSVIEWER', 'https://app.vosviewer.com', 'json', '.json'],
  ])('finds a file of format %s at its address, and may read it', async (format, origin, parameter, ending) => {
    const viewer = new URL((await viewerOf(format))!);
    expect(viewer.origin).toBe(origin);
    const file = new URL(viewer.searchParams.get(parameter)!);
    expect(file.origin).toBe('http://grappe.test');
    // What Gephi Lite looks at.
    expect(file.href.split('/').pop()).toBe(`grappe${ending}`);
    const read = await graph.get(file.pathname, { origin });
    expect(read.headers.get('access-control-allow-origin')).toBe(origin);
    expect(read.headers.get('access-control-allow-credentials')).toBeNull();
    expect(await read.text()).toContain('Söhne');
  });

  it('may read nothing else, and pages of other sites may not read files', async () => {
    const origin = 'https://lite.gephi.org';
    const { url } = await link('GEXF');
    const readers = await Promise.all([
      graph.get('/graphql?query={__typename}', { origin, accept: 'application/json' }),
      graph.get('/readyz', { origin }),
      graph.get(url, { origin: 'https://evil.example' }),
    ]);
    expect(readers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null, null]);
  });

  it('is not there for other formats', async () => {
    expect(await viewerOf('EDGES_CSV')).toBeNull();
    expect(await viewerOf('JSON_LD')).toBeNull();
  });
});

describe('a file that cannot be made yet', () => {
  it('is answered 503, with the time after which to ask again', async () => {
    const { url } = await link('GEXF');
    const starting = graph.starting();
    const order = await graph.graph.subgraphs.links.find(url.split('/')[2]!);
    const { token } = await starting.graph.subgraphs.links.offer(order!);
    const response = await starting.get(`/exports/${token}`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect((await response.json()).errors[0].extensions.code).toBe('SNAPSHOT_NOT_READY');
  });
});

// These change the graph, and so come last.
describe('a file', () => {
  it('is of the graph as it is when it is fetched', async () => {
    const { url } = await link('EDGES_CSV', ', communities: false');
    await graph.fill(new World().partners('organisation/alone', 'organisation/c', { kind: 'DISTRIBUTION' }));
    const rows = parseCsv(await (await graph.get(url)).text(), { columns: true }) as { Label: string }[];
    expect(rows.map(({ Label }) => Label)).toContain('DISTRIBUTION OTHER');
  });
});

describe('a file of what filters find', () => {
  it('has the nodes that they find when it is fetched', async () => {
    const select = '{ organisations: { nameStartsWith: "Late" } }';
    const { subgraph } = await graph.ask(`{ subgraph(select: ${select}) { export(format: NODES_CSV) { url } } }`);
    const nodes = async () => parseCsv(await (await graph.get(subgraph.export.url)).text(), { columns: true });
    expect(await nodes()).toEqual([]);
    await graph.fill(new World().organisation('Late', { id: 'organisation/late' }));
    expect(await nodes()).toMatchObject([{ Id: 'organisation/late' }]);
  });
});
