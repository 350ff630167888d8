import type { NodeType } from '../../domain/vocabulary.ts';
import type { SnapshotType } from '../../store/snapshot.ts';
import type { ExportDocument, ExportedSource } from './document.ts';

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

/** What a relationship says, without what is not known. */
function relationship(document: ExportDocument, at: number, from: string, to: string): object {
  const { type, kind, since, until } = document.graph.relationships;
  const name = document.graph.types[type[at]!]!;
  const isMembership = name === 'MEMBER_OF';
  return {
    '@type': isMembership ? 'org:Membership' : classOf(name),
    ...(isMembership ? { member: iri(from), organization: iri(to) } : { from: iri(from), to: iri(to) }),
    ...(kind[at] === null ? {} : { kind: kind[at] }),
    ...(since[at] === null ? {} : { since: since[at] }),
    ...(until[at] === null ? {} : { until: until[at] }),
  };
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
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const [first, second] = [graph.nodes[from[pair]!]!.id, graph.nodes[to[pair]!]!.id];
    yield `,\n${JSON.stringify({ '@id': iri(first), linkedTo: iri(second) })}`;
    for (let at = start[pair]!; at < start[pair + 1]!; at++) {
      const [source, target] = isForward[at] === 1 ? [first, second] : [second, first];
      yield `,\n${JSON.stringify(relationship(document, at, source, target))}`;
    }
  }
  yield '\n]}\n';
}
