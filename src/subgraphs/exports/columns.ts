import type { RankedCommunities } from '../../measures/communities.ts';
import type { GraphMeasures, Ranking, RankingMeasure } from '../measures.ts';
import type { SelectedGraph } from '../selected-graph.ts';
import type { ExportDocument, NodeColumn } from './document.ts';
import type { ExportOrder } from './order.ts';

const INTEGERS: ReadonlySet<RankingMeasure> = new Set(['DEGREE', 'CORE']);

function columnOf(measure: RankingMeasure, { values }: Ranking): NodeColumn {
  const of = (node: number): number | null => (Number.isNaN(values[node]!) ? null : values[node]!);
  return { name: measure.toLowerCase(), type: INTEGERS.has(measure) ? 'integer' : 'double', of };
}

/** The communities of two nodes and more, by number; null for a node that is alone. */
function communityColumn({ membership, starts }: RankedCommunities): (node: number) => number | null {
  const count = starts.length - 1;
  return (node) => (membership[node]! < count ? membership[node]! : null);
}

/** What is read for a file beside its graph. */
interface Read extends Pick<ExportDocument, 'sources' | 'recordsOf' | 'topicsOf'> {
  readonly measures: GraphMeasures;
  /** The names of the régions in which a node has its seat; null: they are no column. */
  readonly regionOf: ((node: number) => string | null) | null;
}

/** What an order writes of a graph: its measures are computed before the first line. */
export async function documentOf(
  { communities, rankings, positions, title, description }: ExportOrder,
  graph: SelectedGraph,
  { measures, regionOf, ...read }: Read,
): Promise<ExportDocument> {
  const weights = communities?.weights ?? 'STRENGTH';
  const [found, columns, places] = await Promise.all([
    communities && measures.communities(communities),
    Promise.all(rankings.map(async (measure) => columnOf(measure, await measures.ranking(measure, weights)))),
    positions === null ? null : measures.positions(positions),
  ]);
  return {
    graph,
    columns: regionOf ? [{ name: 'region', type: 'string', of: regionOf }, ...columns] : columns,
    communityOf: found && communityColumn(found),
    positionOf: places && ((node) => [places[2 * node]!, places[2 * node + 1]!]),
    title,
    description,
    ...read,
    madeOn: new Date().toISOString().slice(0, 10),
  };
}
