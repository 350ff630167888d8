import {
  ACTOR_TYPES,
  MEMBERSHIP_ROLES,
  NETWORK_TYPES,
  NODE_TYPES,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  POLE_RANKS,
  SUCCESSION_KINDS,
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from '../domain/vocabulary.ts';
import type { Noun } from '../editing/nouns.ts';
import { type Column, column } from './columns.ts';

/** One of the files that an import reads: its columns, which of them must be there, and the noun of its rows. */
export interface FileFormat {
  readonly file: string;
  readonly noun: Noun | 'merge';
  readonly columns: Readonly<Record<string, Column>>;
  readonly required: readonly string[];
}

const SOURCES = column.references('Source');
const ACTOR = column.reference(...ACTOR_TYPES);
const NETWORK = column.reference(...NETWORK_TYPES);

const IDENTIFIERS = {
  siren: column.identifier('SIREN'),
  rnsr: column.identifier('RNSR'),
  ror: column.identifier('ROR'),
  wikidata: column.identifier('WIKIDATA'),
  cordisPic: column.identifier('CORDIS_PIC'),
};

const ACTOR_COLUMNS = {
  name: column.line,
  acronym: column.line,
  aliases: column.lines,
  website: column.url,
  territory: column.datedReferences('Territory'),
  city: column.line,
  topics: column.references('Topic'),
  ...IDENTIFIERS,
  sources: SOURCES,
};

const FACT_COLUMNS = {
  id: column.relationshipId,
  since: column.date,
  until: column.date,
  attestedOn: column.dates,
  sources: SOURCES,
};

/** Every file of the format, in the order in which they must be read: what others refer to comes first. */
export const FILES: readonly FileFormat[] = [
  {
    file: 'sources.csv',
    noun: 'source',
    columns: {
      id: column.id(['Source']),
      title: column.line,
      publisher: column.line,
      url: column.url,
      publishedOn: column.date,
      licence: column.line,
    },
    required: ['id', 'title'],
  },
  {
    file: 'territories.csv',
    noun: 'territory',
    columns: {
      id: column.id(['Territory']),
      name: column.line,
      level: column.oneOf(TERRITORY_LEVELS),
      code: column.line,
      since: column.date,
      until: column.date,
    },
    required: ['id', 'name', 'level'],
  },
  {
    file: 'topics.csv',
    noun: 'topic',
    columns: {
      id: column.id(['Topic']),
      name: column.line,
      scheme: column.oneOf(TOPIC_SCHEMES),
      broader: column.reference('Topic'),
    },
    required: ['id', 'name', 'scheme'],
  },
  {
    file: 'networks.csv',
    noun: 'network',
    columns: {
      ...ACTOR_COLUMNS,
      id: column.id(NETWORK_TYPES),
      type: column.oneOf(['POLE', 'CLUSTER']),
      description: column.text,
      covers: column.datedReferences('Territory'),
      since: column.date,
      until: column.date,
      foundedOn: column.date,
      dissolvedOn: column.date,
      rank: column.oneOf(POLE_RANKS),
    },
    required: ['type', 'name', 'sources'],
  },
  {
    file: 'organisations.csv',
    noun: 'organisation',
    columns: {
      ...ACTOR_COLUMNS,
      id: column.id(['Organisation']),
      kind: column.oneOf(ORGANISATION_KINDS),
      public: column.yesNo,
      size: column.oneOf(ORGANISATION_SIZES),
    },
    required: ['name', 'kind', 'sources'],
  },
  {
    file: 'memberships.csv',
    noun: 'membership',
    columns: {
      ...FACT_COLUMNS,
      member: ACTOR,
      network: NETWORK,
      role: column.oneOf(MEMBERSHIP_ROLES),
      roleLabel: column.line,
    },
    required: ['member', 'network', 'sources'],
  },
  {
    file: 'partnerships.csv',
    noun: 'partnership',
    columns: {
      ...FACT_COLUMNS,
      from: ACTOR,
      to: ACTOR,
      kind: column.oneOf(PARTNERSHIP_KINDS),
      label: column.line,
      parties: column.count,
    },
    required: ['from', 'to', 'kind', 'sources'],
  },
  {
    file: 'successions.csv',
    noun: 'succession',
    columns: {
      id: column.relationshipId,
      from: NETWORK,
      to: NETWORK,
      kind: column.oneOf(SUCCESSION_KINDS),
      since: column.date,
      sources: SOURCES,
    },
    required: ['from', 'to', 'kind', 'sources'],
  },
  {
    file: 'projects.csv',
    noun: 'project',
    columns: {
      id: column.id(['Project']),
      name: column.line,
      title: column.text,
      acronym: column.line,
      start: column.date,
      end: column.date,
      programme: column.line,
      funding: column.decimal,
      currency: column.currency,
      participantCount: column.count,
      labelledBy: column.references(...NETWORK_TYPES),
      topics: column.references('Topic'),
      sources: SOURCES,
    },
    required: ['id', 'name', 'sources'],
  },
  {
    file: 'participations.csv',
    noun: 'participation',
    columns: {
      id: column.relationshipId,
      project: column.reference('Project'),
      participant: ACTOR,
      role: column.oneOf(PARTICIPATION_ROLES),
      sources: SOURCES,
    },
    required: ['project', 'participant', 'sources'],
  },
  {
    file: 'patents.csv',
    noun: 'patent',
    columns: {
      id: column.id(['Patent']),
      number: column.line,
      title: column.line,
      filedOn: column.date,
      applicants: column.references(...ACTOR_TYPES),
      projects: column.references('Project'),
      sources: SOURCES,
    },
    required: ['number', 'sources'],
  },
  {
    file: 'productions.csv',
    noun: 'production',
    columns: {
      ...FACT_COLUMNS,
      patent: column.reference('Patent'),
      territory: column.reference('Territory'),
      by: column.reference('Organisation'),
    },
    required: ['patent', 'territory', 'sources'],
  },
  {
    file: 'indicators.csv',
    noun: 'indicator',
    columns: {
      id: column.id(['Indicator']),
      about: column.reference(...ACTOR_TYPES, 'Territory'),
      measure: column.line,
      value: column.decimal,
      unit: column.line,
      from: column.date,
      to: column.date,
      sources: SOURCES,
    },
    required: ['about', 'measure', 'value', 'from', 'sources'],
  },
  {
    file: 'claims.csv',
    noun: 'claim',
    columns: {
      id: column.id(['Claim']),
      about: column.reference(...NODE_TYPES),
      field: column.line,
      value: column.text,
      preferred: column.yesNo,
      inferred: column.yesNo,
      note: column.text,
      sources: SOURCES,
    },
    required: ['about', 'field', 'value', 'sources'],
  },
  // Late: a commune's département is asked for later than anything about a network.
  {
    file: 'territory_parts.csv',
    noun: 'territoryPart',
    columns: {
      id: column.relationshipId,
      part: column.reference('Territory'),
      whole: column.reference('Territory'),
      since: column.date,
      until: column.date,
    },
    required: ['part', 'whole'],
  },
  {
    file: 'merges.csv',
    noun: 'merge',
    columns: {
      merged: column.id(['Organisation']),
      into: column.reference('Organisation'),
      name: column.line,
      at: column.instant,
      by: column.line,
    },
    required: ['merged', 'into'],
  },
];
