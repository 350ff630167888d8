import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { UndirectedGraph } from 'graphology';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExportLinks } from '../../src/subgraphs/exports/links.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .organisation('A & <B> "Söhne"', { id: 'organisation/a' })
      .territory('territory/bretagne', { name: 'Bretagne', level: 'REGION' })
      .organisation('=HYPERLINK("http://example.org")', {
        ...{ id: 'organisation/b', kind: 'RESEARCH', territory: 'territory/bretagne' },
      })
      .organisation('C, d’Été 🚀', { id: 'organisation/c' })
      .organisation('Alone', { id: 'organisation/alone' })
      .partners('organisation/a', 'organisation/b', { kind: 'SUPPLY', since: '2008', until: '2009-05' })
      .partners('organisation/b', 'organisation/a', { kind: 'TRAINING', since: '2012' })
      .partners('organisation/alone', 'organisation/c', { kind: 'OTHER' })
      .source('source/register', {
        ...{ title: 'A register; with "quotes"', publisher: 'A ministry' },
        ...{ url: 'https://example.org/register', licence: 'Licence Ouverte 2.0' },
      })
      .source('source/unused', { title: 'Not of this part' })
      .partners('organisation/b', 'organisation/c', { kind: 'ALLIANCE', parties: 3, sources: 'source/register' }),
  );
});
afterAll(() => graph[Symbol.asyncDispose]());

async function link(format: string, more = ''): Promise<{ url: string; expiresAt: string }> {
  const { subgraph } = await graph.ask(
    `{ subgraph(select: {}) { export(format: ${format}, title: "A & B"${more}) { url expiresAt } } }`,
  );
  return subgraph.export;
}

async function fetched(format: string, more = ''): Promise<string> {
  const response = await graph.get((await link(format, more)).url);
  expect(response.status).toBe(200);
  return response.text();
}

const NAMES = ['=HYPERLINK("http://example.org")', 'A & <B> "Söhne"', 'Alone', 'C, d’Été 🚀'];

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

interface Quad {
  readonly subject: { readonly value: string };
  readonly predicate: { readonly value: string };
  readonly object: { readonly value: string };
}

/** What a reader that we did not write finds in a graph file. */
const contents = (read: UndirectedGraph) => ({
  names: read.mapNodes((_, { label, name }) => label ?? name).sort(),
  edges: read.mapEdges((_, { weight }, source, target) => [[source, target].sort().join(' '), weight]).sort(),
});

const EDGES = [
  ['organisation/a organisation/b', 2],
  ['organisation/alone organisation/c', 1],
  ['organisation/b organisation/c', 0.5],
];

describe('GEXF', () => {
  it('is read by graphology, with the same nodes, edges and columns', async () => {
    const text = await fetched('GEXF', ', positions: true, rankings: [DEGREE, PAGE_RANK, CONSTRAINT]');
    const read = parseGexf(UndirectedGraph as never, text) as unknown as UndirectedGraph;
    expect(contents(read)).toEqual({ names: NAMES, edges: EDGES });
    expect(read.getAttributes()).toMatchObject({ title: 'A & B', creator: 'Grappe' });
    expect(read.getNodeAttributes('organisation/b')).toMatchObject({
      type: 'Organisation',
      kind: 'RESEARCH',
      degree: 2,
    });
    expect(read.getNodeAttribute('organisation/b', 'page_rank')).toBeGreaterThan(0.2);
    expect(Number.isInteger(read.getNodeAttribute('organisation/b', 'community'))).toBe(true);
    expect(Number.isFinite(read.getNodeAttribute('organisation/alone', 'x'))).toBe(true);
    const [edge] = read.edges('organisation/a', 'organisation/b');
    expect(read.getEdgeAttributes(edge)).toMatchObject({ kinds: 'SUPPLY TRAINING', since: '2008' });
    // The last partnership has no end, so the pair has none; a period that nobody knows gives no spell.
    expect(text.match(/<spell .*?\/>/g)).toEqual(['<spell start="2008-01-01"/>']);
  });
});

describe('GraphML', () => {
  it('is read by graphology, with the same nodes, edges and columns', async () => {
    const read = parseGraphml(
      UndirectedGraph as never,
      await fetched('GRAPHML', ', rankings: [CORE]'),
    ) as unknown as UndirectedGraph;
    expect(contents(read)).toEqual({ names: NAMES, edges: EDGES });
    expect(read.getAttributes()).toMatchObject({ title: 'A & B' });
    expect(read.getNodeAttributes('organisation/c')).toMatchObject({ type: 'Organisation', kind: 'COMPANY', core: 1 });
  });
});

describe('CSV', () => {
  it('is read by csv-parse; no cell runs in a spreadsheet', async () => {
    const nodes = parseCsv(await fetched('NODES_CSV', ', rankings: [CONSTRAINT]'), { columns: true }) as Record<
      string,
      string
    >[];
    expect(nodes.map(({ Label }) => Label).sort()).toEqual([`'${NAMES[0]}`, ...NAMES.slice(1)]);
    expect(Object.keys(nodes[0]!)).toEqual(['Id', 'Label', 'type', 'kind', 'community', 'constraint']);
    const edges = parseCsv(await fetched('EDGES_CSV'), { columns: true }) as Record<string, string>[];
    expect(
      edges.map(({ Source, Target, Weight }) => [[Source, Target].sort().join(' '), Number(Weight)]).sort(),
    ).toEqual(EDGES);
    expect(new Set(edges.map(({ Id }) => Id)).size).toBe(3);
    const relationships = parseCsv(await fetched('RELATIONSHIPS_CSV'), { columns: true });
    expect(relationships).toContainEqual({
      ...{ source: 'organisation/b', target: 'organisation/a', type: 'PARTNERS_WITH' },
      ...{ kind: 'TRAINING', since: '2012', until: '' },
    });
    expect(relationships).toHaveLength(4);
  });
});

describe('Parquet', () => {
  const bytes = async (format: string, more = ''): Promise<ArrayBuffer> =>
    (await graph.get((await link(format, more)).url)).arrayBuffer();

  it('is read by hyparquet, with the same nodes and columns, and says what it is', async () => {
    const file = await bytes('NODES_PARQUET', ', positions: true, rankings: [DEGREE, PAGE_RANK, CONSTRAINT]');
    const nodes = await parquetReadObjects({ file });
    expect(nodes.map(({ name }) => name).sort()).toEqual(NAMES);
    const node = (id: string) => nodes.find((each) => each.id === id)!;
    const names = ['id', 'name', 'type', 'kind', 'community', 'degree', 'page_rank', 'constraint', 'x', 'y'];
    expect(Object.keys(node('organisation/b'))).toEqual(names);
    expect(node('organisation/b')).toMatchObject({ type: 'Organisation', kind: 'RESEARCH', degree: 2 });
    expect(node('organisation/b').page_rank).toBeGreaterThan(0.2);
    expect(Number.isInteger(node('organisation/b').community)).toBe(true);
    expect(nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    const said = parquetMetadata(file).key_value_metadata!.map(({ key, value }) => [key, value]);
    expect(Object.fromEntries(said)).toMatchObject({
      title: 'A & B',
      sources: expect.stringContaining('Licence Ouverte 2.0'),
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
  });

  it('has the edges, and may be packed', async () => {
    const { url } = await link('EDGES_PARQUET');
    const plain = await graph.get(url);
    expect(plain.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const file = await plain.arrayBuffer();
    const edges = await parquetReadObjects({ file });
    expect(edges.map(({ source, target, weight }) => [[source, target].sort().join(' '), weight]).sort()).toEqual(
      EDGES,
    );
    expect(edges).toContainEqual(expect.objectContaining({ kinds: 'SUPPLY TRAINING', since: '2008', until: null }));
    const packed = await graph.get(url, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer()))).toEqual(Buffer.from(file));
  });

  it('can be without a row', async () => {
    const { subgraph } = await graph.ask(
      '{ subgraph(select: { minStrength: 1000 }) { export(format: EDGES_PARQUET) { url } } }',
    );
    expect(await parquetReadObjects({ file: await (await graph.get(subgraph.export.url)).arrayBuffer() })).toEqual([]);
  });
});

describe('JSON for VOSviewer', () => {
  it('has items, links and clusters that fit together', async () => {
    const { info, network } = JSON.parse(await fetched('VOSVIEWER', ', rankings: [PAGE_RANK]'));
    expect(info.title).toBe('A & B');
    expect(network.items.map(({ label }: { label: string }) => label).sort()).toEqual(NAMES);
    expect(network.items.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3, 4]);
    expect(network.items.every(({ cluster }: { cluster: number }) => cluster >= 1)).toBe(true);
    expect(network.links).toHaveLength(3);
    expect(network.links.map(({ strength }: { strength: number }) => strength).sort()).toEqual([0.5, 1, 2]);
  });
});

describe('node-link JSON', () => {
  it('is read by graphology, with all periods of each edge, sources and columns', async () => {
    const file = JSON.parse(await fetched('NODE_LINK_JSON', ', positions: true, regions: true, rankings: [DEGREE]'));
    const read = new UndirectedGraph();
    for (const { id, ...attributes } of file.nodes) read.addNode(id, attributes);
    for (const { source, target, ...attributes } of file.edges) read.addEdge(source, target, attributes);
    expect(contents(read)).toEqual({ names: NAMES, edges: EDGES });
    expect(read.getNodeAttributes('organisation/b')).toMatchObject({ kind: 'RESEARCH', degree: 2, region: 'Bretagne' });
    expect(read.getNodeAttributes('organisation/a').region).toBeUndefined();
    expect(Number.isFinite(read.getNodeAttribute('organisation/alone', 'x'))).toBe(true);
    const between = read.edge('organisation/a', 'organisation/b');
    const isFromA = read.source(between) === 'organisation/a';
    const counted = { strength: 1, projects: 0 };
    expect(read.getEdgeAttribute(between, 'relationships')).toEqual([
      {
        type: 'PARTNERS_WITH',
        kind: 'SUPPLY',
        since: '2008',
        until: '2009-05',
        ...counted,
        ...(isFromA ? {} : { reversed: true }),
      },
      {
        ...{ type: 'PARTNERS_WITH', kind: 'TRAINING', since: '2012' },
        ...counted,
        ...(isFromA ? { reversed: true } : {}),
      },
    ]);
    expect(file.graph).toMatchObject({
      title: 'A & B',
      sources: [{ id: 'source/fixture' }, { id: 'source/register' }],
    });
  });
});

describe('JSON-LD', () => {
  it('is read by jsonld, with the same nodes and relationships', async () => {
    const quads = (await jsonld.toRDF(JSON.parse(await fetched('JSON_LD', ', rankings: [DEGREE]')))) as Quad[];
    const of = (predicate: string) => quads.filter((quad) => quad.predicate.value === predicate);
    expect(
      of('http://www.w3.org/2004/02/skos/core#prefLabel')
        .map(({ object }) => object.value)
        .sort(),
    ).toEqual(NAMES);
    expect(
      of('http://www.w3.org/ns/org#linkedTo').map(({ subject, object }) => [subject.value, object.value]),
    ).toContainEqual(['urn:grappe:organisation/a', 'urn:grappe:organisation/b']);
    const from = of('urn:grappe:vocabulary:from').map(({ object }) => object.value);
    expect(from).toHaveLength(4);
    const training = of('urn:grappe:vocabulary:kind').find(({ object }) => object.value === 'TRAINING')!.subject.value;
    const said = quads
      .filter(({ subject }) => subject.value === training)
      .map(({ predicate, object }) => [predicate.value, object.value]);
    expect(Object.fromEntries(said)).toEqual({
      'http://www.w3.org/1999/02/22-rdf-syntax-ns#type': 'urn:grappe:vocabulary:PartnersWith',
      'urn:grappe:vocabulary:from': 'urn:grappe:organisation/b',
      'urn:grappe:vocabulary:to': 'urn:grappe:organisation/a',
      'urn:grappe:vocabulary:kind': 'TRAINING',
      'https://schema.org/startDate': '2012',
    });
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
