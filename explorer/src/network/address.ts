import { flag, integer, list, oneOf, text } from '../app/address.ts';
import { SELECTION } from '../selection/selection.ts';
import { COLOUR_BY } from './graph/groups.ts';

/** Types of relationships that a network may show. */
export const RELATIONSHIP_TYPES = [
  ...(['PARTNERS_WITH', 'MEMBER_OF', 'PARTICIPATES_IN', 'LABELS', 'AFFILIATED_WITH', 'SUCCEEDED_BY'] as const),
] as const;
export type RelationshipType = (typeof RELATIONSHIP_TYPES)[number];

/** Identifiers that one list of an address holds at the most: as many as the API takes. */
export const MOST_IDS = 100;

/** Which part of the graph is shown. */
export const SHOWN = {
  ...SELECTION,
  /** Nodes that were expanded, each with the type along which: organisation/cnrs~MEMBER_OF. */
  expand: list,
  /** Whether nodes are shown where there are too many to be read. */
  all: flag,
};

/** Measures by which nodes have their size or colour, as the export names its columns. */
export const MEASURES = ['degree', 'weighted_degree', 'page_rank', 'betweenness', 'core'] as const;

/** How a network is shown. */
export const PICTURE = {
  colour: oneOf(COLOUR_BY, 'kind'),
  size: oneOf([...MEASURES, 'same'], 'degree'),
  measure: oneOf(MEASURES, 'page_rank'),
  /** Groups of the legend that are left out. */
  off: list,
  hide: list,
  /** Nodes that were moved, in units of the network: organisation/cnrs~12~-40. */
  pin: list,
  year: integer,
  versus: integer,
  /** Whether two years are in one picture instead of two beside each other. */
  overlaid: flag,
  /** Selected nodes. */
  select: list,
  /** The node or edge whose panel is open, and the node at which the keyboard is. */
  open: text(),
  at: text(),
  /** The point in the middle and the zoom, 1 for everything. */
  view: text(),
  tab: oneOf(['nodes', 'edges'], 'nodes'),
  sort: text(),
  columns: list,
  page: integer,
};
