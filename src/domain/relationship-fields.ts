import { MOST } from './list-bounds.ts';
import { FACT, FACT_ID, type Fields, PERIOD, SOURCES } from './shared-fields.ts';
import {
  ACTOR_TYPES,
  MEMBERSHIP_ROLES,
  NETWORK_TYPES,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  SUCCESSION_KINDS,
} from './vocabulary.ts';

/** The fields of records that are relationships. */
export const RELATIONSHIP_FIELDS = {
  territoryPart: {
    id: FACT_ID,
    part: { kind: 'reference', types: ['Territory'], isRequired: true, description: 'The territory that is part.' },
    whole: { kind: 'reference', types: ['Territory'], isRequired: true, description: 'The one that it is part of.' },
    ...PERIOD,
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
} as const satisfies Readonly<Record<string, Fields>>;
