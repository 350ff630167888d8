import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { SKG_IF_CONTEXT, SKG_IF_CONTEXT_URL } from '../support/skg-if-context.ts';
import { World } from '../support/world.ts';

const BASE = 'https://w3id.org/skg-if/sandbox/grappe/';
const [RDF, DCTERMS, FRAPO, PRO] = [
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  'http://purl.org/dc/terms/',
  'http://purl.org/cerif/frapo/',
  'http://purl.org/spar/pro/',
];
const FOAF = 'http://xmlns.com/foaf/0.1/';

interface Term {
  readonly value: string;
}
interface Quad {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term & { readonly language?: string };
}

let graph: TestGraph;
let file: { readonly '@graph': readonly { readonly entity_type: string; readonly local_identifier: string }[] };
let quads: Quad[];

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .source('source/register', {
        ...{ title: 'A "register"', publisher: 'A ministry', url: 'https://example.org/register' },
        licence: 'Licence Ouverte 2.0',
      })
      .topic('topic/optics', { name: 'Optique', nameEn: 'Optics' })
      .topic('topic/steel', { name: 'Acier' })
      .organisation('Laboratoire d’Été', {
        ...{
          id: 'organisation/lab',
          kind: 'RESEARCH',
          acronym: 'LE',
          aliases: 'Summer Lab; LÉ',
          topics: 'topic/steel',
        },
        ...{ website: 'https://lab.example.org/', ror: '02feahw73', siren: '552032534', wikidata: 'Q280413' },
      })
      .organisation('Firm', { id: 'organisation/firm' })
      .organisation('Elsewhere', { id: 'organisation/elsewhere' })
      .pole('Lightpole', { id: 'pole/light' })
      .project('project/laser', {
        ...{ name: 'LASER', title: 'Lasers & lenses', acronym: 'LSR', summary: 'Light.\nMuch of it.' },
        ...{ start: '2012', end: '2015-06', programme: 'Blanc', funding: '250000.5', currency: 'EUR' },
        ...{ topics: 'topic/optics', sources: 'source/register' },
      })
      .project('project/plain')
      .takesPart('organisation/lab', 'project/laser', { role: 'COORDINATOR' })
      .takesPart('organisation/firm', 'project/laser')
      .takesPart('organisation/firm', 'project/plain')
      .partners('organisation/firm', 'organisation/elsewhere', { kind: 'SUPPLY' }),
  );
  const { subgraph } = await graph.ask(
    '{ subgraph(select: { relationships: [PARTICIPATES_IN] }) { export(format: SKG_IF, title: "A & B") { url } } }',
  );
  const response = await graph.get(subgraph.export.url);
  expect(response.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/-skg-if\.jsonld"$/);
  file = await response.json();
  const documentLoader = async (url: string) => {
    expect(url).toBe(SKG_IF_CONTEXT_URL);
    return { document: { '@context': SKG_IF_CONTEXT }, documentUrl: url };
  };
  const read = await jsonld.toRDF(file as never, { documentLoader: documentLoader as never });
  quads = read as unknown as Quad[];
});
afterAll(() => graph[Symbol.asyncDispose]());

const iri = (id: string): string => `${BASE}${id}`;
/** What is said of a subject, an entity of the file or a node without a name, by a predicate. */
const of = (id: string, predicate: string): string[] => {
  const found = quads.filter(
    ({ subject, predicate: said }) => [id, iri(id)].includes(subject.value) && said.value === predicate,
  );
  return [...new Set(found.map(({ object }) => object.value))].sort();
};
const entities = (type: string): string[] =>
  file['@graph'].filter(({ entity_type }) => entity_type === type).map(({ local_identifier }) => local_identifier);

describe('SKG-IF', () => {
  it('is read by jsonld: actors are organisations, with names, addresses and identifiers', () => {
    expect(entities('organisation').sort()).toEqual([
      'organisation/elsewhere',
      'organisation/firm',
      'organisation/lab',
      'pole/light',
    ]);
    expect(of('organisation/lab', `${RDF}type`)).toEqual([`${FRAPO}ResearchInstitute`, `${FOAF}Organization`]);
    expect(of('pole/light', `${RDF}type`)).toEqual([`${FOAF}Organization`]);
    expect(of('organisation/lab', `${FOAF}name`)).toEqual(['Laboratoire d’Été']);
    expect(of('organisation/lab', `${FRAPO}hasAcronym`)).toEqual(['LE']);
    expect(of('organisation/lab', 'http://www.w3.org/2004/02/skos/core#altLabel')).toEqual(['LÉ', 'Summer Lab']);
    expect(of('organisation/lab', `${FOAF}homepage`)).toEqual(['https://lab.example.org/']);
    const identifiers = of('organisation/lab', 'http://purl.org/spar/datacite/hasIdentifier').map((node) => [
      of(node, 'http://purl.org/spar/datacite/usesIdentifierScheme')[0],
      of(node, 'http://www.essepuntato.it/2010/06/literalreification/hasLiteralValue')[0],
    ]);
    // It has no scheme for a SIREN.
    expect(identifiers.sort()).toEqual([
      ['http://purl.org/spar/datacite/ror', '02feahw73'],
      ['http://purl.org/spar/datacite/url', 'https://www.wikidata.org/entity/Q280413'],
    ]);
  });

  it('has projects as grants, with periods in days, funding in its currency, topics and participants', () => {
    expect(entities('grant').sort()).toEqual(['project/laser', 'project/plain']);
    expect(of('project/laser', `${DCTERMS}title`)).toEqual(['Lasers & lenses']);
    expect(of('project/laser', `${DCTERMS}abstract`)).toEqual(['Light.\nMuch of it.']);
    expect(of('project/laser', `${FRAPO}hasCallIdentifier`)).toEqual(['Blanc']);
    expect(of('project/laser', `${FRAPO}hasCurrency`).map(Number)).toEqual([250_000.5]);
    expect(of('project/laser', `${FRAPO}hasCurrencyCode`)).toEqual(['EUR']);
    expect(of('project/laser', 'http://prismstandard.org/namespaces/basic/2.0/keyword')).toEqual(['Optique']);
    const [duration] = of('project/laser', `${DCTERMS}temporal`);
    const interval = 'http://www.ontologydesignpatterns.org/cp/owl/timeinterval.owl#hasInterval';
    expect(of(duration!, `${interval}StartDate`)).toEqual(['2012-01-01T00:00:00']);
    expect(of(duration!, `${interval}EndDate`)).toEqual(['2015-06-30T23:59:59']);
    const roles = of('project/laser', `${PRO}isRelatedToRoleInTime`).map((node) => [
      of(node, `${PRO}isHeldBy`)[0],
      of(node, `${PRO}withRole`)[0],
    ]);
    expect(roles.sort()).toEqual([
      [iri('organisation/firm'), 'http://purl.org/spar/scoro/project-member'],
      [iri('organisation/lab'), 'http://purl.org/spar/scoro/project-leader'],
    ]);
    // What is not known is left out.
    expect(of('project/plain', `${FRAPO}hasCurrency`)).toEqual([]);
    expect(of('project/plain', `${DCTERMS}temporal`)).toEqual([]);
  });

  it('has the topics of grants in the languages in which they have names, and no others', () => {
    expect(entities('topic')).toEqual(['topic/optics']);
    const labels = quads.filter(({ subject }) => subject.value === iri('topic/optics'));
    const inWords = labels.flatMap(({ object }) => (object.language ? [[object.language, object.value]] : []));
    expect(inWords.sort()).toEqual([
      ['en', 'Optics'],
      ['fr', 'Optique'],
    ]);
  });

  it('describes itself: title, selection, day and the sources with their licences', () => {
    const [self, ...sources] = entities('product');
    expect(self).toMatch(/^otf___\d+___export$/);
    expect(of(self!, `${DCTERMS}title`)).toEqual(['A & B']);
    expect(of(self!, `${DCTERMS}abstract`)[0]).toContain('PARTICIPATES_IN');
    expect(of(self!, `${DCTERMS}abstract`)[0]).not.toContain('Leiden');
    expect(of(self!, 'http://purl.org/spar/cito/cites')).toEqual(sources.map(iri).sort());
    expect(of('source/register', `${DCTERMS}title`)).toEqual(['A "register"']);
    expect(of('source/register', `${DCTERMS}abstract`)).toEqual(['A ministry, licence: Licence Ouverte 2.0']);
  });
});
