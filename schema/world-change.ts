import {
  countWorldChanges,
  MAX_CHANGE_NETWORKS,
  type WorldChange,
  worldChanges,
} from '../src/analytics/world-changes.ts';
import { firstDay, lastDay } from '../src/domain/partial-date.ts';
import { type ComputedOrder, computedPage, computedWindow } from '../src/paging/computed-page.ts';
import { type SubjectNode, WORLD_CHANGE_KINDS } from '../src/store/world-change.ts';
import { builder } from './builder.ts';
import { cachedAsk } from './cached-ask.ts';
import { networksCalled } from './comparison.ts';
import { type ComputedConnection, computedConnectionOf } from './computed-connection.ts';
import { pageArguments } from './connection.ts';
import { RelationshipTypeEnum } from './enums.ts';
import { badInput } from './errors.ts';
import { Node } from './node.ts';
import { existingNode } from './path.ts';

const WorldChangeKind = builder.enumType('WorldChangeKind', {
  description: 'What happened.',
  values: {
    [WORLD_CHANGE_KINDS[0]]: { description: 'It began.' },
    [WORLD_CHANGE_KINDS[1]]: { description: 'It ended.' },
  } as const,
});

const WorldChangeNode = builder.enumType('WorldChangeNode', {
  description: 'A type of nodes that begin and end.',
  values: {
    PROJECT: { value: 'Project', description: 'Projects, by their start and end.' },
    NETWORK: { value: 'Network', description: 'Poles and clusters, by their label.' },
  } as const,
});

/** The different values of a list, in one order; null where it is left out. Throws for an empty one. */
function distinct<Value extends string>(name: string, values: readonly Value[] | null | undefined): Value[] | null {
  if (values?.length === 0) throw badInput(`${name}: the list is empty; name at least one, or leave it out.`);
  return values ? [...new Set(values)].sort() : null;
}

const WorldChangeType = builder.objectRef<WorldChange>('WorldChange').implement({
  description: 'A beginning or an end in the world, as its source dates it. Changes of records are listed by history.',
  fields: (t) => ({
    kind: t.expose('kind', { type: WorldChangeKind, description: 'Whether it began or ended.' }),
    on: t.expose('on', { type: 'PartialDate', description: 'Date, as the source writes it.' }),
    subject: t.field({
      type: Node,
      description: 'What began or ended: a relationship, a project, or a network by its label.',
      resolve: ({ subject }, _, context) => (typeof subject === 'string' ? existingNode(subject, context) : subject),
    }),
  }),
});

const WorldChangesConnection = computedConnectionOf<WorldChange, WorldChange>(
  'WorldChanges',
  WorldChangeType,
  'changes in the world',
  (change) => change,
);

builder.queryField('changes', (t) =>
  t.field({
    type: WorldChangesConnection,
    description:
      'Beginnings and ends between two dates, both included: memberships, partnerships, successions, projects and labels of networks. A beginning counts by the first day of its date, an end by the last day. Facts without such a date are left out. Order: by that day (every month ends on the 31st), beginnings before ends, then by identifier.',
    extensions: { cost: { weight: 500 } },
    args: {
      from: t.arg({
        type: 'PartialDate',
        required: true,
        description: 'First day, month or year.',
      }),
      to: t.arg({
        type: 'PartialDate',
        required: true,
        description: 'Last day, month or year.',
      }),
      networks: t.arg.idList({
        description: `Only changes of these networks, from 1 to ${MAX_CHANGE_NETWORKS}: their relationships, the projects they labelled, their own labels. An unknown identifier is an error that names it.`,
      }),
      types: t.arg({
        type: [RelationshipTypeEnum],
        description:
          'Only relationships of these types, and the nodes that nodes names. At least one. Default: MEMBER_OF, PARTNERS_WITH and SUCCEEDED_BY, with projects and networks; none where nodes is given.',
      }),
      nodes: t.arg({
        type: [WorldChangeNode],
        description: 'Only these nodes, and the relationships that types names. At least one.',
      }),
      kinds: t.arg({ type: [WorldChangeKind], description: 'Only beginnings, or only ends. Default: both.' }),
      ...pageArguments(t.arg),
    },
    resolve: async (
      _,
      { from, to, networks, types, nodes, kinds, ...page },
      context,
    ): Promise<ComputedConnection<WorldChange>> => {
      if (firstDay(from) > lastDay(to)) throw badInput(`to: ${to} comes before ${from}: give the earlier date first.`);
      if (networks && (networks.length === 0 || networks.length > MAX_CHANGE_NETWORKS)) {
        throw badInput(`networks: ${networks.length} identifiers were given; from 1 to ${MAX_CHANGE_NETWORKS} can be.`);
      }
      const request = {
        from,
        to,
        networks: networks ? [...new Set(await networksCalled('networks', networks, context))] : null,
        types: distinct('types', types),
        nodes: distinct<SubjectNode>('nodes', nodes),
        kinds: distinct('kinds', kinds),
      };
      const order: ComputedOrder<WorldChange> = {
        list: ['changes', request],
        position: ({ position }) => position,
        types: ['string', 'number', 'string'],
      };
      const window = computedWindow(order, page);
      const ask = cachedAsk(context);
      return {
        page: async () =>
          computedPage(order, window, await worldChanges(ask, request, { ...window, limit: window.size + 1 })),
        total: () => countWorldChanges(ask, request),
      };
    },
  }),
);
