import type { Field, PropertiesOf } from './field.ts';
import { MOST } from './list-bounds.ts';
import {
  ACTOR_TYPES,
  MEMBERSHIP_ROLES,
  NAMED_BY_CONTENT,
  NETWORK_TYPES,
  NODE_TYPES,
  type NodeType,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  POLE_RANKS,
  SUCCESSION_KINDS,
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from './vocabulary.ts';

type Fields = Readonly<Record<string, Field>>;

const SOURCES = {
  kind: 'references',
  types: ['Source'],
  most: MOST.sources,
  isRequired: true,
  description: 'Identifiers of the sources of this fact. At least one.',
} as const satisfies Field;

const FACT_ID = {
  kind: 'id',
  types: 'relationship',
  description: 'Its identifier, as the API and an export give it; generated if left out.',
} as const satisfies Field;

const PERIOD = {
  since: { kind: 'date', description: 'Beginning, as precisely as the source gives it.' },
  until: { kind: 'date', description: 'End. Omit it while no end is known.' },
} as const satisfies Fields;

const FACT = {
  id: FACT_ID,
  ...PERIOD,
  attestedOn: {
    kind: 'dates',
    most: MOST.attestedOn,
    description: 'Dates on which a source reports it as valid, when no source gives its beginning or end.',
  },
  sources: SOURCES,
} as const satisfies Fields;

const COORDINATES = {
  latitude: {
    kind: 'number',
    minimum: -90,
    maximum: 90,
    description: 'Its latitude in degrees (WGS 84), north of the equator positive. Together with the longitude.',
  },
  longitude: {
    kind: 'number',
    minimum: -180,
    maximum: 180,
    description: 'Its longitude in degrees (WGS 84), east of Greenwich positive. Together with the latitude.',
  },
} as const satisfies Fields;

const ACTOR = {
  name: { kind: 'line', isRequired: true, description: 'Name, as the sources write it.' },
  acronym: { kind: 'line', description: 'Its acronym.' },
  aliases: {
    kind: 'lines',
    most: MOST.aliases,
    description: 'Former names, translations and spellings. Replaces the list.',
  },
  website: { kind: 'url', description: 'Its website.' },
  territory: {
    kind: 'dated references',
    types: ['Territory'],
    link: { type: 'LOCATED_IN' },
    description: 'Its seat, with its period when it moved.',
  },
  city: { kind: 'line', description: 'City of its seat, as the source writes it.' },
  ...COORDINATES,
  topics: {
    kind: 'references',
    types: ['Topic'],
    most: MOST.topics,
    link: { type: 'ABOUT' },
    description: 'Identifiers of its sectors, markets and technologies. Replaces the list.',
  },
  siren: {
    kind: 'identifier',
    scheme: 'SIREN',
    description: 'Its SIREN number; spaces do not matter, the check digit does.',
  },
  rnsr: { kind: 'identifier', scheme: 'RNSR', description: 'Its RNSR number.' },
  ror: { kind: 'identifier', scheme: 'ROR', description: 'Its ROR identifier, with or without https://ror.org/.' },
  isni: { kind: 'identifier', scheme: 'ISNI', description: 'Its ISNI; spaces do not matter, the check digit does.' },
  wikidata: { kind: 'identifier', scheme: 'WIKIDATA', description: 'Its Wikidata identifier.' },
  cordisPic: { kind: 'identifier', scheme: 'CORDIS_PIC', description: 'Its CORDIS participant code.' },
  sources: SOURCES,
} as const satisfies Fields;

const nodeId = <const Types extends readonly NodeType[]>(types: Types, description: string) =>
  ({ kind: 'id', types, description }) as const;

/** Types whose identifiers are not given again when a record is deleted. */
const NAMED_TYPES = NODE_TYPES.filter((type) => !(NAMED_BY_CONTENT as readonly NodeType[]).includes(type));

const ID_FROM_NAME = "Its identifier; made from a registry's number, else from the name, if left out.";

/**
 * Every field of every type of records, in the order of an export's columns: what a file of an import may hold, what
 * mutations accept and how both are checked, what is stored, merged and exported. A new field is added here and in the
 * schema.
 */
export const RECORD_FIELDS = {
  source: {
    id: { ...nodeId(['Source'], 'Its identifier, by which facts name it.'), isRequired: true },
    title: { kind: 'line', isRequired: true, description: 'Title.' },
    publisher: { kind: 'line', description: 'Who published it.' },
    url: { kind: 'url', description: 'Address of the document.' },
    publishedOn: { kind: 'date', description: 'Date of publication, as precisely as known.' },
    consultedOn: { kind: 'date', description: 'When it was consulted.' },
    licence: { kind: 'line', description: 'Licence of its data.' },
  },
  territory: {
    id: { ...nodeId(['Territory'], 'Its identifier.'), isRequired: true },
    name: { kind: 'line', isRequired: true, description: 'Its name.' },
    level: {
      kind: 'choice',
      values: TERRITORY_LEVELS,
      property: 'kind',
      isRequired: true,
      description: 'Which level of the administration it is of.',
    },
    code: { kind: 'line', description: 'Its official code, such as 31555 of a commune.' },
    ...COORDINATES,
    since: { kind: 'date', description: 'Since when it exists, if it was created at a known date.' },
    until: { kind: 'date', description: 'Until when it existed, if it has ended.' },
  },
  topic: {
    id: { ...nodeId(['Topic'], 'Its identifier.'), isRequired: true },
    name: { kind: 'line', isRequired: true, description: 'Its name.' },
    scheme: {
      kind: 'choice',
      values: TOPIC_SCHEMES,
      property: 'kind',
      isRequired: true,
      description: 'What it classifies: sectors, markets, technologies, labels or concepts.',
    },
    broader: {
      kind: 'reference',
      types: ['Topic'],
      most: MOST.topics,
      link: { type: 'BROADER' },
      description: 'The wider topic that it is part of.',
    },
    nameEn: { kind: 'line', description: 'Its name in English.' },
    aliases: { kind: 'lines', most: MOST.aliases, description: 'Other names by which it is found.' },
    definition: { kind: 'text', description: 'What it means, in French.' },
    definitionEn: { kind: 'text', description: 'The same in English.' },
    sources: {
      kind: 'references',
      types: ['Source'],
      most: MOST.sources,
      description: 'Identifiers of the sources of its definition.',
    },
  },
  network: {
    ...ACTOR,
    id: nodeId(NETWORK_TYPES, ID_FROM_NAME),
    type: {
      kind: 'choice',
      values: ['POLE', 'CLUSTER'],
      property: null,
      isRequired: true,
      description: 'Whether it is a pole or a cluster.',
    },
    description: { kind: 'text', description: 'Its purpose, in a sentence or two, in French.' },
    descriptionEn: { kind: 'text', description: 'The same in English.' },
    covers: {
      kind: 'dated references',
      most: MOST.covers,
      types: ['Territory'],
      link: { type: 'COVERS' },
      description: 'The territories it covers, with their periods where that changed.',
    },
    since: { kind: 'date', description: 'First date of its label.' },
    until: { kind: 'date', description: 'Last date of its label. Null: no end is known.' },
    foundedOn: { kind: 'date', description: 'Foundation of the legal body that runs it.' },
    dissolvedOn: { kind: 'date', description: 'Dissolution of that body.' },
    rank: { kind: 'choice', values: POLE_RANKS, description: 'National rank. Poles only.' },
  },
  organisation: {
    ...ACTOR,
    id: nodeId(['Organisation'], ID_FROM_NAME),
    kind: { kind: 'choice', values: ORGANISATION_KINDS, isRequired: true, description: 'What it is.' },
    public: { kind: 'flag', description: 'Whether it is publicly run.' },
    size: { kind: 'choice', values: ORGANISATION_SIZES, description: 'Its size class.' },
    foundedOn: { kind: 'date', description: 'When it was founded, as precisely as known.' },
  },
  membership: {
    ...FACT,
    member: {
      kind: 'reference',
      types: ACTOR_TYPES,
      isRequired: true,
      description: 'The member: an organisation, or a network that belongs to another.',
    },
    network: { kind: 'reference', types: NETWORK_TYPES, isRequired: true, description: 'The pole or the cluster.' },
    role: {
      kind: 'choice',
      values: MEMBERSHIP_ROLES,
      default: 'MEMBER',
      description: 'Role of the member in the network.',
    },
    roleLabel: { kind: 'line', description: 'Role in the words of the source.' },
    writtenAs: {
      kind: 'lines',
      most: MOST.writtenAs,
      description: "The member's name as the sources write it, where it differs: GDF-Suez for Engie.",
    },
  },
  affiliation: {
    ...FACT,
    organisation: {
      kind: 'reference',
      types: ['Organisation'],
      isRequired: true,
      description: 'The organisation that is part of another or run by it, such as a laboratory.',
    },
    parent: {
      kind: 'reference',
      types: ['Organisation'],
      isRequired: true,
      description: 'The organisation that it is affiliated with: a university, the CNRS, a group.',
    },
  },
  partnership: {
    ...FACT,
    from: {
      kind: 'reference',
      types: ACTOR_TYPES,
      isRequired: true,
      description: 'One of the two. For SUPPLY and DISTRIBUTION: the supplier or distributor.',
    },
    to: { kind: 'reference', types: ACTOR_TYPES, isRequired: true, description: 'The other one.' },
    kind: {
      kind: 'choice',
      values: PARTNERSHIP_KINDS,
      isRequired: true,
      description: 'Kind of partnership. Not PROJECT, which is derived from common projects.',
    },
    label: { kind: 'line', description: 'Name of the partnership.' },
    parties: { kind: 'count', description: 'Number of parties, when the agreement has more than these two.' },
  },
  succession: {
    id: FACT_ID,
    from: { kind: 'reference', types: NETWORK_TYPES, isRequired: true, description: 'The former network.' },
    to: { kind: 'reference', types: NETWORK_TYPES, isRequired: true, description: 'The later one.' },
    kind: { kind: 'choice', values: SUCCESSION_KINDS, isRequired: true, description: 'How.' },
    since: { kind: 'date', description: 'When it took effect.' },
    sources: SOURCES,
  },
  label: {
    ...FACT,
    network: { kind: 'reference', types: NETWORK_TYPES, isRequired: true, description: 'The pole or the cluster.' },
    label: {
      kind: 'reference',
      types: ['Topic'],
      isRequired: true,
      description: 'Which label: a topic of the scheme LABEL.',
    },
    term: { kind: 'line', description: 'For which term it was given, as in 2023-2026.' },
    conditions: { kind: 'text', description: 'On which conditions it was given.' },
  },
  project: {
    id: { ...nodeId(['Project'], 'Its identifier.'), isRequired: true },
    name: { kind: 'line', isRequired: true, description: 'Name.' },
    title: { kind: 'text', description: 'Full title.' },
    summary: { kind: 'text', description: 'What it is about, in the words and the language of its source.' },
    acronym: { kind: 'line', description: 'Its acronym.' },
    start: { kind: 'date', property: 'since', description: 'Start.' },
    end: { kind: 'date', property: 'until', description: 'End. Null: no end is known.' },
    programme: { kind: 'line', description: 'The programme or call that funds it.' },
    funding: { kind: 'number', minimum: 0, description: 'Amount of funding, as the source gives it.' },
    currency: { kind: 'currency', description: 'In which currency, after ISO 4217: EUR.' },
    participantCount: {
      kind: 'count',
      description: 'Number of participants according to the source, when it names fewer.',
    },
    labelledBy: {
      kind: 'references',
      most: MOST.links,
      types: NETWORK_TYPES,
      link: { type: 'LABELS', isReverse: true },
      description: 'Identifiers of the networks that labelled it. Replaces the list.',
    },
    topics: {
      kind: 'references',
      types: ['Topic'],
      most: MOST.topics,
      link: { type: 'ABOUT' },
      description: 'Identifiers of its topics. Replaces the list.',
    },
    sources: SOURCES,
  },
  participation: {
    id: FACT_ID,
    project: { kind: 'reference', types: ['Project'], isRequired: true, description: 'The project.' },
    participant: { kind: 'reference', types: ACTOR_TYPES, isRequired: true, description: 'Who takes part.' },
    role: {
      kind: 'choice',
      values: PARTICIPATION_ROLES,
      default: 'PARTNER',
      description: 'Role of the actor in the project.',
    },
    sources: SOURCES,
  },
  patent: {
    id: nodeId(['Patent'], 'Its identifier; made from its number if left out.'),
    number: { kind: 'line', isRequired: true, description: 'Its publication number.' },
    title: { kind: 'line', description: 'Its title.' },
    filedOn: { kind: 'date', description: 'When it was filed.' },
    applicants: {
      kind: 'references',
      most: MOST.links,
      types: ACTOR_TYPES,
      link: { type: 'FILED', isReverse: true },
      description: 'Identifiers of the organisations that filed it.',
    },
    projects: {
      kind: 'references',
      most: MOST.links,
      types: ['Project'],
      link: { type: 'RESULTED_IN', isReverse: true },
      description: 'Identifiers of the projects it resulted from.',
    },
    sources: SOURCES,
  },
  production: {
    ...FACT,
    patent: { kind: 'reference', types: ['Patent'], isRequired: true, description: 'The patent.' },
    territory: {
      kind: 'reference',
      types: ['Territory'],
      isRequired: true,
      description: 'Identifier of the territory.',
    },
    by: {
      kind: 'reference',
      types: ['Organisation'],
      description: 'Identifier of the producer, when a source names it.',
    },
  },
  indicator: {
    id: nodeId(['Indicator'], 'Its identifier; made from what it measures if left out.'),
    about: {
      kind: 'reference',
      types: [...ACTOR_TYPES, 'Territory'],
      property: null,
      isRequired: true,
      description: 'The actor or the territory that the figure is about.',
    },
    measure: {
      kind: 'line',
      isRequired: true,
      description: 'What was counted or measured: companies, members, poles.',
    },
    value: { kind: 'number', isRequired: true, description: 'The figure.' },
    unit: { kind: 'line', description: 'Unit, when the figure is not a plain count.' },
    from: {
      kind: 'date',
      property: 'since',
      isRequired: true,
      description: 'Date of the figure, or first date of its period.',
    },
    to: { kind: 'date', property: 'until', description: 'Last date of its period. Null for a figure of one date.' },
    note: { kind: 'text', description: 'What should be known about it: "more than 210", as its source writes.' },
    sources: SOURCES,
  },
  claim: {
    id: nodeId(['Claim'], 'Its identifier; made from what it says if left out.'),
    about: { kind: 'reference', types: NODE_TYPES, property: null, isRequired: true, description: 'The record.' },
    field: {
      kind: 'line',
      isRequired: true,
      description: 'Name of the field in this schema, or the subject of the statement.',
    },
    value: { kind: 'text', isRequired: true, description: 'What the source says.' },
    preferred: {
      kind: 'flag',
      description: 'Whether the field itself shows this value. The claim that was preferred before no longer is.',
    },
    inferred: {
      kind: 'flag',
      description: 'True when no source says so and the value was inferred. Explain how in the note.',
    },
    note: { kind: 'text', description: 'Explanation for the reader.' },
    sources: SOURCES,
  },
  territoryPart: {
    id: FACT_ID,
    part: { kind: 'reference', types: ['Territory'], isRequired: true, description: 'The territory that is part.' },
    whole: { kind: 'reference', types: ['Territory'], isRequired: true, description: 'The one that it is part of.' },
    ...PERIOD,
  },
  merge: {
    merged: { ...nodeId(['Organisation'], 'The identifier of the record that was merged away.'), isRequired: true },
    into: {
      kind: 'reference',
      types: ['Organisation'],
      isRequired: true,
      description: 'The organisation that it was merged into.',
    },
    name: { kind: 'line', description: 'What the record that was merged away was called.' },
    at: { kind: 'instant', description: 'When it was merged.' },
    by: { kind: 'line', description: 'Who merged it.' },
  },
  deletion: {
    deleted: { ...nodeId(NAMED_TYPES, 'The identifier of the record that was deleted.'), isRequired: true },
    at: { kind: 'instant', description: 'When it was deleted.' },
    by: { kind: 'line', description: 'Who deleted it.' },
  },
} as const satisfies Readonly<Record<string, Fields>>;

/** A type of records: each has a file of the import, and most have mutations. */
export type RecordType = keyof typeof RECORD_FIELDS;

/** The fields of a type of records, by name. */
export function fieldsOf(type: RecordType): readonly (readonly [name: string, field: Field])[] {
  return Object.entries(RECORD_FIELDS[type]);
}

/** One field of a type of records; null where it has none of that name. */
export function fieldOf(type: RecordType, name: string): Field | null {
  return (RECORD_FIELDS[type] as Fields)[name] ?? null;
}

/** The type of records that each type of nodes is. */
export const RECORD_TYPE_OF = {
  Organisation: 'organisation',
  Pole: 'network',
  Cluster: 'network',
  Project: 'project',
  Patent: 'patent',
  Topic: 'topic',
  Territory: 'territory',
  Source: 'source',
  Indicator: 'indicator',
  Claim: 'claim',
} as const satisfies Record<NodeType, RecordType>;

type Keys<Union> = Union extends unknown ? keyof Union : never;
type At<Union, Key extends PropertyKey> = Union extends { readonly [K in Key]: infer Value } ? Value : never;
type Tables<Type extends RecordType> = Type extends RecordType ? PropertiesOf<(typeof RECORD_FIELDS)[Type]> : never;

/** The properties of records of several types, in one: those that only some types have are null on the others. */
export type NodeProperties<Type extends RecordType> = {
  readonly [Key in Keys<Tables<Type>>]: At<Tables<Type>, Key>;
};
