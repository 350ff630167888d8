import { EXPORT_FORMATS, type ExportFormat } from '../src/subgraphs/exports/formats.ts';
import type { ExportLink } from '../src/subgraphs/exports/links.ts';
import { viewedIn } from '../src/subgraphs/exports/viewers.ts';
import { builder } from './builder.ts';
import { badInput } from './errors.ts';
import { Subgraph } from './subgraph.ts';
import { checkedResolution, communityArguments } from './subgraph-parameters.ts';
import { RankingMeasureEnum } from './subgraph-ranking.ts';

const MAX_TITLE = 200;

const ExportFormatEnum = builder.enumType('ExportFormat', {
  description: 'Formats in which a subgraph is written. docs/exports.md says which program reads what.',
  values: Object.fromEntries(
    Object.entries(EXPORT_FORMATS).map(([name, { description }]) => [name, { description }]),
  ) as Record<ExportFormat, { description: string }>,
});

/** The path of a file. It ends as its format does: some programs know the format by that. */
const pathOf = ({ token, format }: ExportLink): string => `/exports/${token}/grappe${EXPORT_FORMATS[format].ending}`;

const SubgraphExport = builder.objectRef<ExportLink>('SubgraphExport').implement({
  description: 'A link to a file.',
  fields: (t) => ({
    url: t.string({
      description:
        'Path of the file on this server. A client that has it reads the file, without a token: it cannot be guessed, and expires.',
      resolve: pathOf,
    }),
    viewerUrl: t.field({
      type: 'URL',
      nullable: true,
      description:
        'Address that opens the file in a web application: Gephi Lite for GEXF and GRAPHML, VOSviewer Online for VOSVIEWER. The operator of the application could read the file until the link expires. Null for other formats, and where the server does not let its page read files.',
      resolve: (link, _, { servedAt }) => {
        const { viewer } = EXPORT_FORMATS[link.format];
        if (viewer === null || !servedAt?.fileReaders.includes(new URL(viewer.opens).origin)) return null;
        return viewedIn(viewer, `${servedAt.url}${pathOf(link)}`);
      },
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description:
        'When the link ends. One to a community, a neighbourhood or a list of more than about 200 nodes ends earlier when its server stops.',
      resolve: ({ expiresAt }) => expiresAt.toISOString(),
    }),
  }),
});

builder.objectField(Subgraph, 'export', (t) =>
  t.field({
    type: SubgraphExport,
    description:
      'A link to the subgraph as a file, with its communities and measures as columns of the nodes. The file has the graph as it is when it is fetched.',
    extensions: { cost: { weight: 100 } },
    args: {
      format: t.arg({ type: ExportFormatEnum, required: true, description: 'Format of the file.' }),
      title: t.arg.string({ description: `Title in the file. Default: Grappe. Maximum: ${MAX_TITLE} characters.` }),
      communities: t.arg.boolean({
        required: true,
        defaultValue: true,
        description: 'Whether the number of its community is a column of each node.',
      }),
      positions: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Whether each node has its position by ForceAtlas2, with the seed.',
      }),
      rankings: t.arg({
        type: [RankingMeasureEnum],
        description: 'Measures that are columns of the nodes. Default: none.',
      }),
      regions: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          'Whether the région of its seat is a column of each node: on the last day of the selection, without one, that of seats that no source ends.',
      }),
      ...communityArguments,
    },
    resolve: (
      subgraph,
      { format, title, communities, positions, rankings, regions, ...given },
      { exports, loaders },
    ) => {
      const parameters = checkedResolution(given);
      const name = title?.trim() || 'Grappe';
      if (name.length > MAX_TITLE) {
        throw badInput(`title: ${name.length} characters were given; the maximum is ${MAX_TITLE}.`);
      }
      const { hasColumns } = EXPORT_FORMATS[format];
      // A link ends: an answer with it must not be cached.
      loaders.readElsewhere();
      return exports.offer({
        ...{ selection: subgraph.selection, format, title: name },
        communities: communities ? parameters : null,
        rankings: [...new Set(rankings ?? [])],
        positions: positions ? parameters.seed : null,
        regions,
        description: `Selected by ${JSON.stringify(subgraph.request)}${communities && hasColumns ? `; communities by Leiden with ${JSON.stringify(parameters)}` : ''}. Definitions and limits: docs/measures.md of Grappe.`,
      });
    },
  }),
);
