import {
  countWorldChanges,
  MAX_CHANGE_NETWORKS,
  type WorldChange,
  worldChanges,
} from '../src/analytics/world-changes.ts';
import { firstDay, lastDay } from '../src/domain/partial-date.ts';
import { type HeldOrder, heldPage, heldWindow } from '../src/loaders/held-page.ts';
import { WORLD_CHANGE_KINDS } from '../src/store/world-change.ts';
import { builder } from './builder.ts';
import { networksCalled } from './comparison.ts';
import { pageArguments } from './connection.ts';
import { RelationshipTypeEnum } from './enums.ts';
import { badInput } from './errors.ts';
import { type HeldConnection, heldConnectionOf } from './held-connection.ts';
import { keeping } from './keeping.ts';
import { Node } from './node.ts';
import { standing } from './path.ts';

const WorldChangeKind = builder.enumType('WorldChangeKind', {
  description: 'What happened.',
  values: {
    [WORLD_CHANGE_KINDS[0]]: { description: 'It began.' },
    [WORLD_CHANGE_KINDS[1]]: { description: 'It ended.' },
  } as const,
});

const WorldChangeType = builder.objectRef<WorldChange>('WorldChange').implement({
  description: 'That something began or ended in the world, as its source tells; history tells of changes to records.',
  fields: (t) => ({
    kind: t.expose('kind', { type: WorldChangeKind, description: 'Whether it began or ended.' }),
    on: t.expose('on', { type: 'PartialDate', description: 'When, as its source writes it.' }),
    subject: t.field({
      type: Node,
      description:
        'What began or ended: a membership, a partnership, a succession or another relationship, a project, or the label of a network.',
      resolve: ({ subject }, _, context) => (typeof subject === 'string' ? standing(subject, context) : subject),
    }),
  }),
});

const WorldChangesConnection = heldConnectionOf<WorldChange, WorldChange>(
  'WorldChanges',
  WorldChangeType,
  'changes in the world',
  (change) => change,
);

builder.queryField('changes', (t) =>
  t.field({
    type: WorldChangesConnection,
    description:
      'What began and what ended between two dates, both included: memberships, partnerships, successions, projects and labels of networks. A beginning counts when the first day that its date may mean lies between them, an end when the last day does; what has no such date is not told. Ordered by that day, every month taken to end on a 31st; beginnings before ends; then by identifier.',
    extensions: { cost: { weight: 500 } },
    args: {
      from: t.arg({
        type: 'PartialDate',
        required: true,
        description: 'The first day, or the first of the month or year.',
      }),
      to: t.arg({
        type: 'PartialDate',
        required: true,
        description: 'The last day, or the last of the month or year.',
      }),
      networks: t.arg.idList({
        description: `Only what touches one of these networks, 1 to ${MAX_CHANGE_NETWORKS}: relationships that begin or end at it, the projects that it labelled, its own label. An unknown one is an error that names it.`,
      }),
      types: t.arg({
        type: [RelationshipTypeEnum],
        description:
          'Only relationships of these types, at least one, and neither projects nor networks. Unless told: MEMBER_OF, PARTNERS_WITH, SUCCEEDED_BY, and projects and networks.',
      }),
      ...pageArguments(t.arg),
    },
    resolve: async (_, { from, to, networks, types, ...page }, context): Promise<HeldConnection<WorldChange>> => {
      if (firstDay(from) > lastDay(to)) throw badInput(`to: ${to} comes before ${from}: give the earlier date first.`);
      if (types?.length === 0) throw badInput('types: the list is empty; name at least one, or leave it out.');
      if (networks && (networks.length === 0 || networks.length > MAX_CHANGE_NETWORKS)) {
        throw badInput(`networks: ${networks.length} is not between 1 and ${MAX_CHANGE_NETWORKS}.`);
      }
      const request = {
        from,
        to,
        networks: networks ? [...new Set(await networksCalled('networks', networks, context))] : null,
        types: types ? [...new Set(types)].sort() : null,
      };
      const order: HeldOrder<WorldChange> = {
        list: ['changes', request],
        position: ({ position }) => position,
        types: ['string', 'number', 'string'],
      };
      const window = heldWindow(order, page);
      const ask = keeping(context);
      return {
        page: async () =>
          heldPage(order, window, await worldChanges(ask, request, { ...window, limit: window.size + 1 })),
        total: () => countWorldChanges(ask, request),
      };
    },
  }),
);
