import { MOST } from '../src/domain/list-bounds.ts';
import type { PartialDate } from '../src/domain/partial-date.ts';
import { latestIndicator } from '../src/store/annotation.ts';
import { members } from '../src/store/membership.ts';
import type { NodeRecord } from '../src/store/node.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { recordOf } from './node.ts';
import { Source, sourcesOf } from './source.ts';

/** A network whose list of members is asked about, at a date or over all dates. */
interface Asked {
  readonly network: NodeSummary;
  readonly asOf: PartialDate | null | undefined;
}

/** The newest figure of a network's members that a source gives, of that date at the latest. */
async function reported({ network: { id }, asOf }: Asked, context: RequestContext): Promise<NodeRecord | null> {
  const [newest] = await context.loaders.list(latestIndicator('members', asOf), 1, id);
  return newest ? recordOf(newest.node, context) : null;
}

export const MembersKnown = builder.objectRef<Asked>('MembersKnown').implement({
  description:
    'How complete the list of members of a network is: those that are recorded, beside what a source counts.',
  fields: (t) => ({
    recorded: t.int({
      description: 'Number of members recorded here: at the date asked for, else over all dates.',
      resolve: async ({ network, asOf }, _, context) =>
        asOf
          ? context.loaders.connection(members({ asOf }), { first: 1 }, network.id).total()
          : (await recordOf(network, context)).memberCount,
    }),
    reported: t.float({
      nullable: true,
      description:
        'Number of members by its newest indicator `members`, of the date asked for at the latest. Null when no source gives one.',
      resolve: async (asked, _, context) => {
        const figure = await reported(asked, context);
        return figure && Number(figure.value);
      },
    }),
    reportedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Date of that number.',
      resolve: async (asked, _, context) => (await reported(asked, context))?.since ?? null,
    }),
    note: t.string({
      nullable: true,
      description: 'What should be known about that number: "more than 210", as its source writes.',
      resolve: async (asked, _, context) => (await reported(asked, context))?.note ?? null,
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of that number.',
      resolve: sourcesOf(async (asked: Asked, context) => (await reported(asked, context))?.sources ?? []),
    }),
  }),
});
