import { gunzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { UndirectedGraph } from 'graphology';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { exported, fileOf, linkOf, type Quad } from './exported.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(exported());
});
afterAll(() => graph[Symbol.asyncDispose]());

const link = (format: string, more?: string) => linkOf(graph, format, more);
const fetched = (format: string, more?: string) => fileOf(graph, format, more);
const NAMES = ['=HYPERLINK("http://example.org")', 'A & <B> "Söhne"', 'Alone', 'C, d’Été 🚀'];

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
