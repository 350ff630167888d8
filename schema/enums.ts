import { IDENTIFIER_SCHEMES } from '../src/domain/identifier.ts';
import {
  MEMBERSHIP_ROLES,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  POLE_RANKS,
  SUCCESSION_KINDS,
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from '../src/domain/vocabulary.ts';
import { builder } from './builder.ts';

/** An enum of the domain's vocabulary, each value with its meaning: one left out is a type error. */
function vocabulary<const Value extends string>(
  name: string,
  description: string,
  values: readonly Value[],
  meanings: Record<Value, string>,
) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(values.map((value) => [value, { description: meanings[value] }])) as Record<
      Value,
      { description: string }
    >,
  });
}

export const ActorKind = builder.enumType('ActorKind', {
  description: 'Types of actors.',
  values: {
    ORGANISATION: {
      value: 'Organisation',
      description: 'A company, a laboratory, a school, a public body, an association.',
    },
    POLE: { value: 'Pole', description: 'A pôle de compétitivité: the upstream of an industry.' },
    CLUSTER: { value: 'Cluster', description: 'A cluster: the downstream of an industry.' },
  } as const,
});

export const OrganisationKind = vocabulary('OrganisationKind', 'What an organisation is.', ORGANISATION_KINDS, {
  COMPANY: 'A company, of any size.',
  RESEARCH: 'A research organisation, unit or laboratory.',
  TRAINING: 'A university, a school or a training centre.',
  PUBLIC_BODY: 'A ministry, a local authority, an agency or another public body.',
  ASSOCIATION: 'An association, a foundation or a group of companies.',
  OTHER: 'Something else, as its source says.',
  UNKNOWN: 'No source says.',
});

export const OrganisationSize = vocabulary(
  'OrganisationSize',
  'Size classes of companies, after the French law on the modernisation of the economy (2008).',
  ORGANISATION_SIZES,
  {
    MICRO: 'Fewer than 10 people.',
    SMALL: 'Fewer than 250 people (PME).',
    MEDIUM: 'Fewer than 5,000 people (ETI).',
    LARGE: '5,000 people or more.',
  },
);

export const PoleRank = vocabulary(
  'PoleRank',
  'The national classification of poles when they were labelled.',
  POLE_RANKS,
  {
    WORLD: 'Of world rank (pôle mondial).',
    WORLD_VOCATION: 'With a vocation for world rank (pôle à vocation mondiale).',
    NATIONAL: 'Of national or regional rank.',
  },
);

export const MembershipRole = vocabulary('MembershipRole', 'Roles of members in networks.', MEMBERSHIP_ROLES, {
  MEMBER: 'A member (adhérent).',
  FOUNDER: 'One of its founders.',
  BOARD: 'On its board.',
  PRESIDENCY: 'Presides over it, or employs its president.',
  FUNDER: 'Funds or supports it.',
  ASSOCIATE: 'Associated with it without being a member.',
});

export const PartnershipKind = vocabulary('PartnershipKind', 'Kinds of partnerships.', PARTNERSHIP_KINDS, {
  PROJECT: 'Common projects. Derived from their participations.',
  SUPPLY: 'One supplies the other.',
  DISTRIBUTION: "One distributes the other's products.",
  LOGISTICS: 'Common or mutual logistics.',
  TRAINING: 'Common or mutual training.',
  CONVENTION: 'A signed agreement (convention).',
  CHARTER: 'A common charter.',
  ALLIANCE: 'An alliance or a network of networks.',
  OTHER: 'Something else, as its label says.',
});

export const ParticipationRole = vocabulary(
  'ParticipationRole',
  'Roles of participants in projects.',
  PARTICIPATION_ROLES,
  {
    COORDINATOR: 'Coordinates the project.',
    PARTNER: 'Takes part in it.',
  },
);

export const SuccessionKind = vocabulary('SuccessionKind', 'How one network came out of another.', SUCCESSION_KINDS, {
  MERGE: 'Several became one.',
  RENAME: 'The same under another name.',
  SPLIT: 'One became several.',
  ABSORPTION: 'A network that goes on took it in.',
  FEDERATION: 'Several put themselves under one label.',
});

export const TopicScheme = vocabulary('TopicScheme', 'What a topic classifies.', TOPIC_SCHEMES, {
  SECTOR: 'A sector of activity.',
  MARKET: 'A market.',
  TECHNOLOGY: 'A technological or scientific domain.',
  LABEL: 'A label that networks hold for a time, such as pôle de compétitivité.',
  CONCEPT: 'A notion of the field that has a definition, such as upstream.',
});

export const Language = builder.enumType('Language', {
  description: 'The languages of texts.',
  values: { FR: { description: 'French.' }, EN: { description: 'English.' } } as const,
});

export const TerritoryLevel = vocabulary('TerritoryLevel', 'The levels of territories.', TERRITORY_LEVELS, {
  COUNTRY: 'A country.',
  REGION: 'A French région, of today or of before 2016.',
  DEPARTMENT: 'A French département.',
  COMMUNE: 'A French commune.',
  OTHER: 'Another territory.',
});

export const IdentifierScheme = vocabulary(
  'IdentifierScheme',
  'The registries whose identifiers an actor may carry.',
  IDENTIFIER_SCHEMES,
  {
    SIREN: 'The French register of companies and bodies (INSEE): nine digits.',
    RNSR: 'The French directory of research structures (RNSR): nine digits and a letter.',
    ROR: 'The Research Organization Registry.',
    ISNI: 'The International Standard Name Identifier: sixteen digits, the last may be X.',
    WIKIDATA: 'Wikidata: Q and a number.',
    CORDIS_PIC: 'The Participant Identification Code of European projects: nine digits.',
  },
);

export const RelationshipTypeEnum = vocabulary(
  'RelationshipType',
  'The types of relationships between nodes.',
  [
    'MEMBER_OF',
    'PARTNERS_WITH',
    'PARTICIPATES_IN',
    'AFFILIATED_WITH',
    'SUCCEEDED_BY',
    'HOLDS_LABEL',
    'LABELS',
    'LOCATED_IN',
    'COVERS',
    'ABOUT',
    'FILED',
    'RESULTED_IN',
    'PRODUCED_AT',
    'PART_OF',
    'BROADER',
  ],
  {
    MEMBER_OF: 'An actor belongs to a network.',
    PARTNERS_WITH: 'Two actors are partners.',
    PARTICIPATES_IN: 'An actor takes part in a project.',
    AFFILIATED_WITH: 'An organisation is part of another, or run by it.',
    SUCCEEDED_BY: 'A network came out of another.',
    HOLDS_LABEL: 'A network holds a label.',
    LABELS: 'A network has labelled a project.',
    LOCATED_IN: 'An actor has its seat in a territory.',
    COVERS: 'A network works on a territory.',
    ABOUT: 'An actor or a project is about a topic.',
    FILED: 'An organisation filed a patent.',
    RESULTED_IN: 'A project resulted in a patent.',
    PRODUCED_AT: 'The product of a patent is made in a territory.',
    PART_OF: 'A territory is part of another.',
    BROADER: 'A topic is part of a broader one.',
  },
);

export const SortDirection = builder.enumType('SortDirection', {
  description: 'Direction of an order.',
  values: {
    ASC: { description: 'Ascending: A to Z, oldest first, smallest first.' },
    DESC: { description: 'Descending.' },
  } as const,
});

/** An input that orders a list: a field of these, and a direction. `equal` says how entries are ordered that are equal in it. */
export function orderOf<const Field extends string>(
  name: string,
  what: string,
  meanings: Record<Field, string>,
  byDefault: { readonly field: NoInfer<Field>; readonly direction: 'ASC' | 'DESC' },
  equal = 'by name, A to Z in either direction',
) {
  const FieldEnum = builder.enumType(`${name}Field`, {
    description: `Sort fields of ${what}.`,
    values: Object.fromEntries(
      Object.entries<string>(meanings).map(([field, description]) => [field, { description }]),
    ) as Record<Field, { description: string }>,
  });
  return builder.inputType(name, {
    description: `Order of ${what}. Entries with equal sort fields are ordered ${equal}.`,
    fields: (t) => ({
      field: t.field({
        type: FieldEnum,
        required: true,
        defaultValue: byDefault.field as never,
        description: 'Sort field.',
      }),
      direction: t.field({
        type: SortDirection,
        required: true,
        defaultValue: byDefault.direction,
        description: 'Sort direction.',
      }),
    }),
  });
}
