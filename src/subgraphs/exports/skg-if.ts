import { firstDay, lastDay } from '../../domain/partial-date.ts';
import type { NodeType, OrganisationKind } from '../../domain/vocabulary.ts';
import type { NodeRecord } from '../../store/node.ts';
import type { SelectedGraph } from '../selected-graph.ts';
import type { ExportDocument, ExportedSource } from './document.ts';

/**
 * The preamble that the Scientific Knowledge Graphs Interoperability Framework asks for (version 1.1, RDA): its context,
 * and the address that identifiers of this provider are relative to.
 */
const CONTEXT = ['https://w3id.org/skg-if/context/skg-if.json', { '@base': 'https://w3id.org/skg-if/sandbox/grappe/' }];

/** Records that are read at a time: others wait while the engine makes them into objects. */
const PAGE = 200;

/** The types of organisations that the framework has. */
const TYPES: Readonly<Record<OrganisationKind, string>> = {
  COMPANY: 'company',
  RESEARCH: 'research',
  TRAINING: 'education',
  PUBLIC_BODY: 'government',
  ASSOCIATION: 'nonprofit',
  OTHER: 'unspecified',
  UNKNOWN: 'unspecified',
};

/** What a text is written in where nobody recorded its language. */
const inNoLanguage = (text: string | null): object | null => (text === null ? null : { none: [text] });

/** The fields of an entity that are known: without null and empty lists. */
function known(fields: Readonly<Record<string, unknown>>): object {
  const isKnown = (value: unknown): boolean => value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isKnown(value)));
}

/** Identifiers of registries that the framework has a scheme for; others that have an address as that. */
function identifiersOf({ ror, isni, wikidata }: NodeRecord): object[] {
  const schemes = [
    ['ror', ror],
    ['url', isni && `https://isni.org/isni/${isni}`],
    ['url', wikidata && `https://www.wikidata.org/entity/${wikidata}`],
  ] as const;
  return schemes.flatMap(([scheme, value]) => (value ? [{ scheme, value }] : []));
}

function agent(record: NodeRecord): object {
  const isOrganisation = record.type === 'Organisation';
  return known({
    local_identifier: record.id,
    entity_type: 'organisation',
    identifiers: identifiersOf(record),
    name: record.name,
    short_name: record.acronym,
    other_names: record.aliases,
    website: record.website,
    types: [isOrganisation ? TYPES[record.kind as OrganisationKind] : 'unspecified'],
  });
}

/** The period of a project in days, since the framework has no others. Without a beginning it has none. */
function durationOf({ since, until }: NodeRecord): object | null {
  if (since === null) return null;
  return known({
    start: `${firstDay(since)}T00:00:00`,
    end: until === null ? null : `${lastDay(until)}T23:59:59`,
  });
}

/** What a project has beside its record. */
interface OfProject {
  readonly participants: readonly { readonly id: string; readonly role: string | null }[];
  readonly topics: readonly string[];
}

function grant(record: NodeRecord, { participants, topics }: OfProject): object {
  return known({
    local_identifier: record.id,
    entity_type: 'grant',
    titles: inNoLanguage(record.title ?? record.name),
    abstracts: inNoLanguage(record.summary),
    acronym: record.acronym,
    funding_stream: record.programme,
    funded_amount: record.funding,
    currency: record.currency,
    keywords: topics,
    duration: durationOf(record),
    contributions: participants.map(({ id, role }) => ({
      by: id,
      role: [role === 'COORDINATOR' ? 'project leader' : 'project member'],
    })),
  });
}

const sourceEntity = ({ id, title, publisher, url, licence }: ExportedSource): object => {
  const about = [publisher, licence === null ? 'licence not recorded' : `licence: ${licence}`];
  return known({
    local_identifier: id,
    entity_type: 'product',
    product_type: 'other',
    identifiers: url === null ? [] : [{ scheme: 'url', value: url }],
    titles: inNoLanguage(title),
    abstracts: inNoLanguage(about.filter((part) => part !== null).join(', ')),
  });
};

/** The file itself: what was asked, when, and the sources that it cites. Its identifier is of this file alone. */
const fileEntity = (document: ExportDocument): object => ({
  local_identifier: `otf___${Date.now()}___export`,
  entity_type: 'product',
  product_type: 'research data',
  titles: inNoLanguage(document.title),
  abstracts: inNoLanguage(document.description),
  manifestations: [{ dates: { creation: `${document.madeOn}T00:00:00` } }],
  ...(document.sources.length === 0 ? {} : { related_products: { cites: document.sources.map(({ id }) => id) } }),
});

/** The participants of each project of a graph. */
function participantsOf({
  nodes,
  pairs,
  relationships,
  types,
}: SelectedGraph): (node: number) => OfProject['participants'] {
  const found = new Map<number, { id: string; role: string | null }[]>();
  const participation = types.indexOf('PARTICIPATES_IN');
  for (let pair = 0; pair < pairs.from.length; pair++) {
    for (let at = pairs.start[pair]!; at < pairs.start[pair + 1]!; at++) {
      if (relationships.type[at] !== participation) continue;
      const isForward = relationships.isForward[at] === 1;
      const [party, project] = isForward ? [pairs.from, pairs.to] : [pairs.to, pairs.from];
      const own = found.get(project[pair]!) ?? [];
      own.push({ id: nodes[party[pair]!]!.id, role: relationships.kind[at]! });
      found.set(project[pair]!, own);
    }
  }
  return (node) => found.get(node) ?? [];
}

const ENTITIES: Partial<Record<NodeType, (record: NodeRecord, more: OfProject) => object>> = {
  Organisation: agent,
  Pole: agent,
  Cluster: agent,
  Project: grant,
};

/**
 * JSON-LD of the Scientific Knowledge Graphs Interoperability Framework (SKG-IF) 1.1: actors as organisations, projects as
 * grants with their participants, topics, sources as products. docs/exports.md says what it has no place for.
 */
export async function* skgIf(document: ExportDocument): AsyncGenerator<string> {
  const { graph, sources, recordsOf, topicsOf } = document;
  const participants = participantsOf(graph);
  // Others have their turn between two parts.
  yield `{"@context":${JSON.stringify(CONTEXT)},\n"@graph":[\n`;
  const topics = await topicsOf();
  const nameOf = new Map(topics.records.map(({ id, name }) => [id, name]));
  // Of actors the framework has no topics.
  const named = new Set(graph.nodes.flatMap(({ type }, node) => (type === 'Project' ? topics.of(node) : [])));
  const entities = [
    fileEntity(document),
    ...sources.map(sourceEntity),
    ...topics.records
      .filter(({ id }) => named.has(id))
      .map(({ id, name, nameEn }) =>
        known({
          local_identifier: id,
          entity_type: 'topic',
          labels: known({ fr: name, en: nameEn }),
        }),
      ),
  ];
  yield entities.map((entity) => JSON.stringify(entity)).join(',\n');
  for (let first = 0; first < graph.nodes.length; first += PAGE) {
    const page = graph.nodes.slice(first, first + PAGE);
    const records = await recordsOf(page.map(({ id }) => id));
    const lines = page.flatMap(({ id, type }, index) => {
      const entity = ENTITIES[type];
      const record = records.get(id);
      if (entity === undefined || record === undefined) return [];
      const node = first + index;
      const own = topics.of(node).map((topic) => nameOf.get(topic) ?? topic);
      return [`,\n${JSON.stringify(entity(record, { participants: participants(node), topics: own }))}`];
    });
    yield lines.join('');
  }
  yield '\n]}\n';
}
