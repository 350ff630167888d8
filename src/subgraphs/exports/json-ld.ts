import type { NodeType } from '../../domain/vocabulary.ts';
import type { SnapshotType } from '../../store/snapshot.ts';
import type { SelectedGraph } from '../selected-graph.ts';
import type { ExportDocument, ExportedSource } from './document.ts';
import { jsonProperty } from './json-text.ts';

/** Vocabularies: W3C ORG, schema.org, SKOS; what these have no word for is of this project. */
const CONTEXT = {
  id: 'urn:grappe:',
  grappe: 'urn:grappe:vocabulary:',
  org: 'http://www.w3.org/ns/org#',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  name: 'skos:prefLabel',
  kind: 'grappe:kind',
  since: 'schema:startDate',
  until: 'schema:endDate',
  from: { '@id': 'grappe:from', '@type': '@id' },
  to: { '@id': 'grappe:to', '@type': '@id' },
  member: { '@id': 'org:member', '@type': '@id' },
  organization: { '@id': 'org:organization', '@type': '@id' },
  linkedTo: { '@id': 'org:linkedTo', '@type': '@id' },
};

const NODE_CLASSES: Partial<Record<NodeType, string>> = {
  Organisation: 'org:Organization',
  Pole: 'org:OrganizationalCollaboration',
  Cluster: 'org:OrganizationalCollaboration',
  Project: 'schema:ResearchProject',
};

/** A type of relationship as a class: `PARTICIPATES_IN` → `grappe:ParticipatesIn`. */
function classOf(type: SnapshotType): string {
  const words = type.toLowerCase().split('_');
  return `grappe:${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

const iri = (id: string): string => `id:${id}`;

/** What a relationship says, without what is not known; its ends are IRIs in quotes. */
function relationship(
  { types, relationships }: SelectedGraph,
  at: number,
  { classes, from, to }: { readonly classes: readonly string[]; readonly from: string; readonly to: string },
): string {
  const { type, kind, since, until } = relationships;
  const start =
    types[type[at]!] === 'MEMBER_OF'
      ? `{"@type":"org:Membership","member":${from},"organization":${to}`
      : `{"@type":"${classes[type[at]!]}","from":${from},"to":${to}`;
  const period = `${jsonProperty('since', since[at]!)}${jsonProperty('until', until[at]!)}`;
  return `${start}${jsonProperty('kind', kind[at]!)}${period}}`;
}

/** A source of the file. Its licence is a text: it may be no more than a name. */
const basis = ({ id, title, publisher, url, licence }: ExportedSource): object => ({
  ...{ '@id': iri(id), '@type': 'schema:CreativeWork', 'schema:name': title },
  ...(publisher === null ? {} : { 'schema:publisher': publisher }),
  ...(url === null ? {} : { 'schema:url': url }),
  ...(licence === null ? {} : { 'schema:license': licence }),
});

/** JSON-LD 1.1 with its context inside: each node, and each relationship as a node of its own, with its period. */
export function* jsonLd(document: ExportDocument): Generator<string> {
  const { graph, columns, communityOf, title, description, sources, madeOn } = document;
  const dataset = {
    ...{ '@type': 'schema:Dataset', 'schema:name': title, 'schema:description': description },
    'schema:dateCreated': madeOn,
    'schema:isBasedOn': sources.map(basis),
  };
  yield `{"@context":${JSON.stringify(CONTEXT)},\n"@graph":[\n${JSON.stringify(dataset)}`;
  for (const [number, { id, type, name, kind }] of graph.nodes.entries()) {
    const community = communityOf?.(number) ?? null;
    const measures = columns.map((column) => [`grappe:${column.name}`, column.of(number)] as const);
    yield `,\n${JSON.stringify({
      '@id': iri(id),
      '@type': NODE_CLASSES[type] ?? `grappe:${type}`,
      name,
      ...(kind === null ? {} : { kind }),
      ...(community === null ? {} : { 'grappe:community': community }),
      ...Object.fromEntries(measures.filter(([, value]) => value !== null)),
    })}`;
  }
  const { from, to, start } = graph.pairs;
  const { isForward } = graph.relationships;
  const classes = graph.types.map(classOf);
  const iris = graph.nodes.map(({ id }) => JSON.stringify(iri(id)));
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const [first, second] = [iris[from[pair]!]!, iris[to[pair]!]!];
    yield `,\n{"@id":${first},"linkedTo":${second}}`;
    for (let at = start[pair]!; at < start[pair + 1]!; at++) {
      const ends = isForward[at] === 1 ? { from: first, to: second } : { from: second, to: first };
      yield `,\n${relationship(graph, at, { classes, ...ends })}`;
    }
  }
  yield '\n]}\n';
}
