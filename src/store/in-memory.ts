import type { IdentifierField } from '../domain/identifier.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { NodeNumber, NodeText, SnapshotType } from './snapshot.ts';

/** The names of the two parameters that hold the first and the last day of a date. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

/** One relationship away from a node: of which type, and at which end of it the node is. */
export interface Step {
  readonly type: SnapshotType;
  readonly side: 'out' | 'in' | 'both';
}

/** A way along relationships: from a node along one of some types, then, where it goes through, up a hierarchy. */
export interface Path {
  /** Where it begins at neighbours of the node, of any date: how these are reached. */
  readonly from?: { readonly type: SnapshotType; readonly side: 'out' | 'in' };
  readonly types: readonly SnapshotType[];
  /** At which end of them the node is: at `out` they begin at it. */
  readonly side: 'out' | 'in' | 'both';
  readonly through?: {
    readonly type: SnapshotType;
    readonly label: NodeType | 'Entity';
    /** Steps along it at the most; none is allowed too. */
    readonly depth: number;
    /** Whether these relationships, too, must hold where a date is asked. */
    readonly isDated: boolean;
  };
}

/** A condition on one relationship of a node, or on the node at its other end, as data. */
export type FactTest = EdgeTest | { readonly is: 'at end'; readonly test: NodeTest };

/** A condition on what the snapshot has of a node, as data. `values`, `text`, `to` and the like name parameters. */
export type NodeTest =
  | { readonly is: 'type among' | 'id among'; readonly values: string }
  | { readonly is: 'among'; readonly field: NodeText; readonly values: string; readonly ignoresCase?: true }
  | { readonly is: 'dated'; readonly field: 'since' | 'until'; readonly first: string }
  | { readonly is: 'dated by'; readonly field: 'since' | 'until'; readonly last: string }
  | { readonly is: 'least' | 'most'; readonly field: NodeNumber; readonly number: string }
  | { readonly is: 'some'; readonly field: NodeNumber; readonly value: string }
  | { readonly is: 'public'; readonly value: string }
  | { readonly is: 'identified'; readonly field: IdentifierField }
  | { readonly is: 'name contains' | 'name starts with'; readonly text: string }
  | { readonly is: 'valid' | 'active' | 'undated'; readonly days: Days }
  | { readonly is: 'leads'; readonly path: Path; readonly to: string; readonly days: Days | null }
  /** How many nodes a path leads to, each counted once. */
  | { readonly is: 'ends'; readonly path: Path; readonly days: Days | null; readonly min: string; readonly max: string }
  /** Some, or every, relationship of one step meets all of the conditions. */
  | {
      readonly is: 'some fact' | 'every fact';
      readonly step: Step;
      readonly days: Days | null;
      readonly of: readonly FactTest[];
    }
  | { readonly is: 'not'; readonly of: NodeTest }
  | { readonly is: 'all' | 'any'; readonly of: readonly NodeTest[] };

/**
 * A condition on what the snapshot has of a relationship: its role or kind is among values, its period holds, its beginning
 * or end is a date in a period, or the nodes at its ends meet a condition.
 */
export type EdgeTest =
  | { readonly is: 'edge among'; readonly values: string }
  | { readonly is: 'edge valid'; readonly days: Days }
  | { readonly is: 'edge dated'; readonly field: 'since' | 'until'; readonly first: string }
  | { readonly is: 'edge dated by'; readonly field: 'since' | 'until'; readonly last: string }
  | { readonly is: 'edge ends'; readonly at: 'from' | 'to' | 'either' | 'both'; readonly test: NodeTest };

export type InMemoryTest = NodeTest | EdgeTest;

export const isEdgeTest = (test: InMemoryTest): test is EdgeTest => test.is.startsWith('edge ');

/** The parameters of the date of a list. */
export const LIST_DAYS: Days = { first: 'asOfFirst', last: 'asOfLast' };
/** The parameters of the date of a facet: that of its list, unless another is asked for. */
export const FACET_DAYS: Days = { first: 'facetFirst', last: 'facetLast' };

/** A relationship between two nodes, as a pattern. */
export const arrow = (relationship: string, side: Path['side']): string =>
  `${side === 'in' ? '<' : ''}-[${relationship}]-${side === 'out' ? '>' : ''}`;

/** How a path's relationships are called: the first, and the list of those of its hierarchy. */
interface PathNames {
  readonly first: string;
  readonly chain: string;
}

/** A path as Cypher, from its node to its end, without the nodes at both ends. Its relationships have names where it is dated. */
export function patternOf(
  { from, types, side, through }: Path,
  { first, chain }: PathNames = { first: '', chain: '' },
): string {
  const start = from ? `${arrow(`:${from.type}`, from.side)}(:Entity)` : '';
  const up =
    through &&
    `(:${through.label})${arrow(`${through.isDated ? chain : ''}:${through.type}*0..${through.depth}`, 'out')}`;
  return `${start}${arrow(`${first}:${types.join('|')}`, side)}${up ?? ''}`;
}

/** That a node or a relationship is valid on some day between two, given by the names of their parameters. */
export const isValidOn = (thing: string, { first, last }: Days): string =>
  `${thing}.validFrom <= $${last} AND ${thing}.validTo >= $${first}`;

/** The same of the relationships of a path. */
export const isPathValidOn = ({ through }: Path, { first, chain }: PathNames, days: Days): string =>
  isValidOn(first, days) + (through?.isDated ? ` AND all(link IN ${chain} WHERE ${isValidOn('link', days)})` : '');

/**
 * The condition that a path leads from `b` to one of the nodes in the parameter `to`, on some of the days where there are
 * any; `mark` stands behind every name. One pattern: a second MATCH would scan. It is counted because the embedded engine
 * answers EXISTS by joining with every relationship of the type, however few nodes are asked about.
 */
export function leadsTo(
  path: Path,
  to: string,
  days: Days | null,
  mark = '',
): { readonly text: string; readonly inMemory: NodeTest } {
  const names = { first: `step${mark}`, chain: `chain${mark}` };
  const holds = days === null ? '' : ` AND ${isPathValidOn(path, names, days)}`;
  const pattern = days === null ? patternOf(path) : patternOf(path, names);
  return {
    text: `COUNT { MATCH (b)${pattern}(far${mark}) WHERE far${mark}.id IN $${to}${holds} } > 0`,
    inMemory: { is: 'leads', path, to, days },
  };
}

/** The number of nodes that a path leads to from `b`, each counted once. */
export interface EndCount {
  /** A clause that gives the number a name: no engine counts distinct nodes in an expression. */
  readonly clause: string;
  readonly variable: string;
}

/** Counts the ends of a path without a hierarchy; `mark` stands behind every name, so that they are the count's own. */
export function endCount({ types, side }: Omit<Path, 'through'>, days: Days | null, mark = ''): EndCount {
  const variable = `ends${mark}`;
  const pattern = patternOf({ types, side }, { first: `counted${mark}`, chain: '' });
  const where = days === null ? '' : `WHERE ${isValidOn(`counted${mark}`, days)}`;
  return {
    variable,
    clause: `CALL (b) { MATCH (b)${pattern}(end${mark}) ${where} RETURN count(DISTINCT end${mark}) AS ${variable} }`,
  };
}
