import type { Format } from '../../app/words/format.ts';
import { SHOWN } from '../draw/look.ts';
import { kindOf, measureOf } from '../graph/groups.ts';
import { periodOf, strengthIn, validIn } from '../graph/periods.ts';
import type { Picture } from '../graph/picture.ts';
import type { WORDS } from '../words.ts';

type Words = (typeof WORDS)['fr'] | (typeof WORDS)['en'];

/** A column of the table: what it sorts by, and what it shows. */
export interface Column {
  readonly name: string;
  readonly title: string;
  readonly isNumber: boolean;
  /** Whether it is shown until somebody chooses. */
  readonly isUsual: boolean;
  readonly value: (row: number) => string | number | null;
  readonly text: (row: number) => string;
}

interface Given {
  readonly picture: Picture;
  readonly words: Words;
  readonly format: Format;
  /** The measures by which nodes have their size or colour. */
  readonly measures: readonly string[];
}

const NUMBER = { maximumSignificantDigits: 4 } as const;

/** Columns of nodes. */
export function nodeColumns({ picture, words, format, measures }: Given): Column[] {
  const { network, look } = picture;
  const text = (name: string, title: string, of: (row: number) => string | null, isUsual = true): Column => ({
    ...{ name, title, isNumber: false, isUsual },
    value: of,
    text: (row) => of(row) ?? '',
  });
  const numeric = (name: string, title: string, of: (row: number) => number | null, isUsual: boolean): Column => ({
    ...{ name, title, isNumber: true, isUsual },
    value: of,
    text: (row) => {
      const value = of(row);
      return value === null ? '' : format.number(value, NUMBER);
    },
  });
  const node = (row: number) => network.nodes[row]!;
  const isOfCommunities = network.nodes[0]?.type === 'Community';
  const kind = (row: number): string => words.kinds[kindOf(node(row)) as keyof Words['kinds']] ?? kindOf(node(row));
  const change = (row: number): string => {
    const shown = look.nodes[row];
    if (shown === SHOWN.came) return words.came[0];
    if (shown === SHOWN.went) return words.went[0];
    return shown === SHOWN.yes ? words.both : words.neither;
  };
  const hasChanges = picture.changes.some((of) => of === 'came' || of === 'went');
  const names = new Set([...Object.keys(network.nodes[0]?.values ?? {}), 'degree']);
  return [
    text('name', words.name, (row) => node(row).name),
    text('kind', words.kind, kind, !isOfCommunities),
    text('region', words.region, (row) => node(row).region, !isOfCommunities),
    numeric(
      'community',
      words.community,
      (row) => (node(row).community === null ? null : node(row).community! + 1),
      false,
    ),
    ...[...names].map((name) =>
      numeric(
        name,
        words.measures[name as keyof Words['measures']] ?? name,
        (row) => measureOf(network, row, name),
        name === 'degree' || name === 'members' || measures.includes(name),
      ),
    ),
    ...(hasChanges ? [text('change', words.change, change)] : []),
  ];
}

/** Columns of edges. */
export function edgeColumns({ picture, words, format }: Given): Column[] {
  const { network, changes, year, versus } = picture;
  const edge = (row: number) => network.edges[row]!;
  const valid = (row: number) => validIn(edge(row).relationships, year, versus);
  const isOfCommunities = network.nodes[0]?.type === 'Community';
  const text = (
    name: string,
    title: string,
    of: (row: number) => string | null,
    shown = of,
    isUsual = true,
  ): Column => ({
    ...{ name, title, isNumber: false, isUsual, value: of },
    text: (row) => shown(row) ?? '',
  });
  const date = (name: 'since' | 'until') => {
    const of = (row: number): string | null => periodOf(valid(row))[name];
    const shown = (row: number): string | null => {
      const value = of(row);
      return value === null ? null : format.date(value);
    };
    return text(name, words[name], of, shown, !isOfCommunities);
  };
  const numeric = (name: string, title: string, of: (row: number) => number): Column => ({
    ...{ name, title, isNumber: true, isUsual: true, value: of },
    text: (row) => format.number(of(row), NUMBER),
  });
  const relation = (row: number): string => relationWords(valid(row), words);
  const change = (row: number): string => {
    const of = changes[row]!;
    return of === 'came' || of === 'went' ? words[of][0] : words[of];
  };
  const strength = (name: string, title: string, one: number | null): Column =>
    numeric(name, title, (row) => strengthIn(edge(row), one));
  // Of two years, that of each.
  const strengths =
    year === null || versus === null
      ? [strength('weight', words.strength, year)]
      : [
          strength('weight', `${words.strength} ${year}`, year),
          strength('versusWeight', `${words.strength} ${versus}`, versus),
        ];
  const projects = (row: number): number =>
    year === null ? edge(row).projects : valid(row).reduce((sum, one) => sum + one.projects, 0);
  return [
    text('from', words.from, (row) => network.nodes[edge(row).from]!.name),
    text('to', words.to, (row) => network.nodes[edge(row).to]!.name),
    text('relation', words.relation, relation, relation, !isOfCommunities),
    date('since'),
    date('until'),
    ...strengths,
    numeric('projects', isOfCommunities ? words.edges[1] : words.projects, projects),
    text('change', words.change, change, change, changes.includes('came') || changes.includes('went')),
  ];
}

/** The different relationships of a pair in words. */
export function relationWords(
  relationships: readonly { readonly type: string; readonly kind: string | null }[],
  words: Words,
): string {
  if (relationships.length === 0) return words.types.COMMUNITY;
  const names = relationships.map(({ type, kind }) =>
    type === 'PARTNERS_WITH' && kind
      ? (words.partnershipKinds[kind as keyof Words['partnershipKinds']] ?? kind)
      : (words.types[type as keyof Words['types']] ?? type),
  );
  return [...new Set(names)].join(', ');
}

/** Rows in the order of a column, `-name` for the greatest first; unknown values come last. */
export function sortedRows(rows: readonly number[], columns: readonly Column[], sort: string): number[] {
  const isDown = sort.startsWith('-');
  const column = columns.find(({ name }) => name === sort.replace('-', ''));
  if (!column) return [...rows];
  const collator = new Intl.Collator('fr', { numeric: true });
  const keyed = rows.map((row) => [row, column.value(row)] as const);
  keyed.sort(([, a], [, b]) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return isDown ? -order : order;
  });
  return keyed.map(([row]) => row);
}

/** A table of all rows that are shown, in the order of a column: numbers as numbers, the rest as it is read. */
export function tableOf(rows: readonly number[], columns: readonly Column[], sort: string) {
  const value = (column: Column, row: number): string | number | null =>
    column.isNumber ? column.value(row) : column.text(row);
  return {
    columns: columns.map(({ title }) => title),
    rows: sortedRows(rows, columns, sort).map((row) => columns.map((column) => value(column, row))),
  };
}
