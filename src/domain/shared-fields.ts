import type { Field } from './field.ts';
import { MOST } from './list-bounds.ts';
import { NAMED_BY_CONTENT, NODE_TYPES, type NodeType } from './vocabulary.ts';

/** Fields of a record by their names. */
export type Fields = Readonly<Record<string, Field>>;

/** The sources of a fact. */
export const SOURCES = {
  kind: 'references',
  types: ['Source'],
  most: MOST.sources,
  isRequired: true,
  description: 'Identifiers of the sources of this fact. At least one.',
} as const satisfies Field;

/** The identifier of a relationship. */
export const FACT_ID = {
  kind: 'id',
  types: 'relationship',
  description: 'Its identifier, as the API and an export give it; generated if left out.',
} as const satisfies Field;

/** When a fact holds. */
export const PERIOD = {
  since: { kind: 'date', description: 'Beginning, as precisely as the source gives it.' },
  until: { kind: 'date', description: 'End. Omit it while no end is known.' },
} as const satisfies Fields;

/** What every dated relationship has. */
export const FACT = {
  id: FACT_ID,
  ...PERIOD,
  attestedOn: {
    kind: 'dates',
    most: MOST.attestedOn,
    description: 'Dates on which a source reports it as valid, when no source gives its beginning or end.',
  },
  sources: SOURCES,
} as const satisfies Fields;

/** Where something is. */
export const COORDINATES = {
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

/** What every actor has. */
export const ACTOR = {
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

/** The identifier of a node of some types. */
export const nodeId = <const Types extends readonly NodeType[]>(types: Types, description: string) =>
  ({ kind: 'id', types, description }) as const;

/** Types whose identifiers are not given again when a record is deleted. */
export const NAMED_TYPES = NODE_TYPES.filter((type) => !(NAMED_BY_CONTENT as readonly NodeType[]).includes(type));

/** What is said of identifiers that are made from a name. */
export const ID_FROM_NAME = "Its identifier; made from a registry's number, else from the name, if left out.";
