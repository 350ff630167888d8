import type { CommunityParameters, RankingMeasure } from '../measures.ts';
import type { Selection } from '../selection.ts';
import type { ExportFormat } from './formats.ts';

/** A file that somebody may fetch by a link. */
export interface ExportOrder {
  readonly selection: Selection;
  readonly format: ExportFormat;
  /** How communities are found that are a column of the nodes; null: they are none. */
  readonly communities: CommunityParameters | null;
  /** The measures that are columns of the nodes. */
  readonly rankings: readonly RankingMeasure[];
  /** The seed of positions that are columns of the nodes; null: they are none. */
  readonly positions: number | null;
  /** Whether the région of each node's seat is a column. */
  readonly regions: boolean;
  readonly title: string;
  readonly description: string;
}
