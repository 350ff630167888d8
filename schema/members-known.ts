import { MOST } from '../src/domain/list-bounds.ts';
import { latestIndicator } from '../src/store/annotation.ts';
import type { NodeRecord } from '../src/store/node.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { recordField, recordOf } from './node.ts';
import { Source, sourcesOf } from './source.ts';

/** The newest figure of a network's members that a source gives. */
async function reported({ id }: NodeSummary, context: RequestContext): Promise<NodeRecord | null> {
  const [newest] = await context.loaders.list(latestIndicator('members'), 1, id);
  return newest ? recordOf(newest.node, context) : null;
}

export const MembersKnown = builder.objectRef<NodeSummary>('MembersKnown').implement({
  description:
    'How complete the list of members of a network is: those that are recorded, beside what a source counts.',
  fields: (t) => ({
    recorded: t.int({
      description: 'Number of members recorded here, over all dates.',
      resolve: recordField('memberCount'),
    }),
    reported: t.float({
      nullable: true,
      description: 'Number of members by its newest indicator `members`. Null when no source gives one.',
      resolve: async (network, _, context) => {
        const figure = await reported(network, context);
        return figure && Number(figure.value);
      },
    }),
    reportedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Date of that number.',
      resolve: async (network, _, context) => (await reported(network, context))?.since ?? null,
    }),
    note: t.string({
      nullable: true,
      description: 'What should be known about that number: "more than 210", as its source writes.',
      resolve: async (network, _, context) => (await reported(network, context))?.note ?? null,
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of that number.',
      resolve: sourcesOf(async (network: NodeSummary, context) => (await reported(network, context))?.sources ?? []),
    }),
  }),
});
