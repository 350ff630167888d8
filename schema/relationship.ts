import { MOST } from '../src/domain/list-bounds.ts';
import { validityAt } from '../src/domain/period.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import { asOfArgument } from './as-of.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { RequestContext } from './context.ts';
import { MembershipRole, ParticipationRole, PartnershipKind, RelationshipTypeEnum, SuccessionKind } from './enums.ts';
import { badInput } from './errors.ts';
import { Node, nodesOf, typeNameOf } from './node.ts';
import { Actor, Network, Organisation, Project } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

async function end(id: string, { loaders }: RequestContext) {
  const node = await loaders.node.load(id);
  if (!node) throw badInput(`"${id}" was deleted while it was being read: try again.`);
  return node;
}

const Validity = builder.enumType('Validity', {
  description: 'How a fact holds at a date.',
  values: {
    KNOWN: {
      description:
        'Sources bear it out: it had begun, or is attested by then, and its end or an attestation is not before the date.',
    },
    ASSUMED: {
      description: 'No source says that it had ended, or when it began: it counts as valid, and may not have been.',
    },
    NOT: { description: 'It began later, or had ended.' },
  } as const,
});

export const Relationship = builder.interfaceRef<RelationshipRecord>('Relationship').implement({
  description: 'A relationship between two nodes, valid in time, with its sources.',
  interfaces: [Node],
  resolveType: typeNameOf,
  fields: (t) => ({
    type: t.field({
      type: RelationshipTypeEnum,
      description: 'Type of the relationship.',
      resolve: ({ type }) => type as 'MEMBER_OF',
    }),
    from: t.field({
      type: Node,
      description: 'Start node.',
      resolve: ({ from }, _, context) => end(from, context),
    }),
    to: t.field({ type: Node, description: 'End node.', resolve: ({ to }, _, context) => end(to, context) }),
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description: 'Beginning, as the source writes it. Null when no source says.',
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: 'End. Null: no end is known.',
    }),
    attestedOn: t.field({
      type: ['PartialDate'],
      maximum: MOST.attestedOn,
      description: 'Dates on which a source reports it as valid, when no source gives its beginning or end.',
      resolve: ({ attestedOn }) => [...attestedOn],
    }),
    validity: t.field({
      type: Validity,
      description: 'How it holds at a date: as sources bear it out, or as nothing contradicts.',
      args: {
        asOf: t.arg({ type: 'PartialDate', required: true, description: 'A date, or some day of a month or year.' }),
      },
      resolve: (relationship, { asOf }) => validityAt(relationship, asOf),
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of this fact.',
      resolve: sourcesOf((relationship: RelationshipRecord) => relationship.sources),
    }),
  }),
});

/** Relationships that have never been changed need not say that they are as they were made. */
export const versionField = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, RelationshipRecord>) =>
  t.int({
    description: 'Increases by one with every change of the relationship. Send it back as expectedVersion.',
    resolve: ({ own }) => Number(own.version ?? 1),
  });

export const Membership = builder.objectRef<RelationshipRecord>('Membership').implement({
  description: 'A membership: an actor belongs to a network.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    role: t.field({
      type: MembershipRole,
      description: 'Role of the member in the network.',
      resolve: ({ own }) => own.role as 'MEMBER',
    }),
    roleLabel: t.string({
      nullable: true,
      description: 'Role in the words of the source.',
      resolve: ({ own }) => (own.roleLabel as string) ?? null,
    }),
    writtenAs: t.stringList({
      maximum: MOST.writtenAs,
      description: "The member's name as the sources write it, where it differs: GDF-Suez for Engie.",
      resolve: ({ own }) => [...((own.writtenAs as readonly string[] | undefined) ?? [])],
    }),
    member: t.field({
      type: Actor,
      nullable: true,
      description: 'Who belongs to the network.',
      resolve: ({ from }, _, { loaders }) => loaders.node.load(from),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network.',
      resolve: ({ to }, _, { loaders }) => loaders.node.load(to),
    }),
    version: versionField(t),
  }),
});

export const Affiliation = builder.objectRef<RelationshipRecord>('Affiliation').implement({
  description:
    'An affiliation: an organisation is part of another, or run by it, such as a laboratory by a university.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    organisation: t.field({
      type: Organisation,
      nullable: true,
      description: 'Who is affiliated.',
      resolve: ({ from }, _, { loaders }) => loaders.node.load(from),
    }),
    parent: t.field({
      type: Organisation,
      nullable: true,
      description: 'With whom.',
      resolve: ({ to }, _, { loaders }) => loaders.node.load(to),
    }),
    version: versionField(t),
  }),
});

/** Common projects of one partnership in one answer. */
const MAX_COMMON_PROJECTS = 200;

export const Partnership = builder.objectRef<RelationshipRecord>('Partnership').implement({
  description:
    'A partnership between two actors. A partnership of kind PROJECT is derived from the projects both take part in.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    kind: t.field({
      type: PartnershipKind,
      description: 'Kind of partnership.',
      resolve: ({ own }) => own.kind as 'PROJECT',
    }),
    label: t.string({
      nullable: true,
      description: 'Name of the partnership.',
      resolve: ({ own }) => (own.label as string) ?? null,
    }),
    parties: t.int({
      nullable: true,
      description: 'Number of parties of the agreement. Null when no source says that it has more than these two.',
      resolve: ({ own }) => (own.parties as number) ?? null,
    }),
    projects: t.field({
      type: [Project],
      description: `Common projects of a PROJECT partnership, by name. Empty for other kinds.`,
      args: {
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        first: t.arg.int({
          defaultValue: 20,
          required: true,
          description: `Number of projects. Maximum: ${MAX_COMMON_PROJECTS}.`,
        }),
      },
      resolve: async ({ from, to, own }, { asOf, first }, context) => {
        if (first < 0 || first > MAX_COMMON_PROJECTS) {
          throw badInput(`first: ${first} is not between 0 and ${MAX_COMMON_PROJECTS}.`);
        }
        if (own.kind !== 'PROJECT') return [];
        const ids = await context.loaders.projectsInCommon.load({ from, to, asOf: asOf ?? null });
        return nodesOf(ids.slice(0, first), context);
      },
    }),
    projectCount: t.int({
      description: 'Number of common projects, over all dates.',
      resolve: ({ own }) => Number(own.projectCount ?? 0),
    }),
    strength: t.float({
      description:
        'Collaboration weight (Newman 2001), over all dates: the sum of 1 / (number of parties - 1) over common projects and agreements.',
      resolve: ({ own }) => Number(own.strength ?? 0),
    }),
    version: versionField(t),
  }),
});

export const Participation = builder.objectRef<RelationshipRecord>('Participation').implement({
  description: 'A participation: an actor takes part in a project.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    role: t.field({
      type: ParticipationRole,
      description: 'Role of the actor in the project.',
      resolve: ({ own }) => own.role as 'PARTNER',
    }),
    participant: t.field({
      type: Actor,
      nullable: true,
      description: 'Who takes part.',
      resolve: ({ from }, _, { loaders }) => loaders.node.load(from),
    }),
    project: t.field({
      type: Project,
      nullable: true,
      description: 'The project.',
      resolve: ({ to }, _, { loaders }) => loaders.node.load(to),
    }),
  }),
});

export const Succession = builder.objectRef<RelationshipRecord>('Succession').implement({
  description: 'A succession: one network came out of another.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    kind: t.field({ type: SuccessionKind, description: 'How.', resolve: ({ own }) => own.kind as 'MERGE' }),
  }),
});

builder.objectRef<RelationshipRecord>('Link').implement({
  description:
    'Any other relationship: LABELS, COVERS, LOCATED_IN, PART_OF, ABOUT, BROADER, FILED, RESULTED_IN, PRODUCED_AT.',
  interfaces: [Relationship, Node],
});
