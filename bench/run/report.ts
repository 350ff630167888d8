import type { Imports } from './load.ts';
import type { Cell, Line, Measured } from './measure.ts';
import type { InMemory, ServerKind } from './servers.ts';
import type { Delay } from './subscription.ts';

/** Seconds of a start until the first answer, and until the graph was read into memory; null for those that do not read it. */
export interface StartFigures {
  readonly answers: number;
  readonly hasRead: number | null;
}

/** What a server took as a process. */
export interface ProcessFigures {
  /** Its first start, where it was started twice. */
  readonly cold: StartFigures | null;
  readonly last: StartFigures;
  /** What it has of the graph in memory; null for the others than ours. */
  readonly snapshot: InMemory | null;
  readonly startMegabytes: number;
  readonly loadedMegabytes: number;
  readonly mostMegabytes: number;
}

/** Where and when something was measured. */
export interface ReportHead {
  readonly date: string;
  readonly command: string;
  /** Facts of machine and versions, a line each. */
  readonly surroundings: readonly string[];
  readonly graph: string;
  readonly servers: readonly ServerKind[];
  readonly connections: number;
}

export interface Report extends ReportHead {
  readonly lines: readonly Line[];
  readonly processes: ReadonlyMap<string, ProcessFigures>;
  readonly imports: Imports;
  readonly delays: readonly Delay[];
}

/** What a server has come to, for the report. */
export function figuresOf({
  memory,
  atStart,
  ...others
}: Pick<ProcessFigures, 'cold' | 'last' | 'snapshot'> & {
  readonly memory: { readonly now: number; readonly most: number };
  readonly atStart: number;
}): ProcessFigures {
  return { ...others, startMegabytes: atStart, loadedMegabytes: memory.now, mostMegabytes: memory.most };
}

/** Three significant digits at the most, without exponents. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

type Row = readonly string[];

/** A table in Markdown. */
export function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, place) => (place === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** What was measured in a cell; null where nothing was. */
export const measuredOf = (cell: Cell | undefined): Measured | null => (cell?.is === 'measured' ? cell.measured : null);

/** A cell in words, or as it is shown where it was measured. */
export function shown(cell: Cell | undefined, show: (measured: Measured) => string): string {
  if (cell === undefined) return '';
  if (cell.is === 'measured') return show(cell.measured);
  return cell.is === 'wrong' ? '**wrong**' : 'skipped';
}

/** A table with a line per workload and a column per server. */
function byServer(
  { servers, lines }: Report,
  show: (measured: Measured, limit: Measured | null, isLimit: boolean) => string,
): string {
  const rows = lines.map(({ workload, cells }) => {
    const limit = measuredOf(cells.get(servers[0]!.id));
    const cellOf = ({ id }: ServerKind, place: number): string =>
      shown(cells.get(id), (measured) => show(measured, limit, place === 0));
    return [workload.title, ...servers.map(cellOf)];
  });
  return table(['', ...servers.map(({ title }) => title)], rows);
}

const ratio = (value: number, limit: number | undefined): string =>
  limit === undefined ? '' : `**×${figure(value / limit)}** · `;

const latency = (report: Report): string =>
  byServer(report, ({ p50, p95 }, limit, isLimit) => {
    const own = `${figure(p50)} (${figure(p95)})`;
    return isLimit ? own : ratio(p50, limit?.p50) + own;
  });

const throughput = (report: Report): string =>
  byServer(report, (measured, limit, isLimit) =>
    isLimit ? figure(measured.throughput) : ratio(measured.throughput, limit?.throughput) + figure(measured.throughput),
  );

const cpu = (report: Report): string =>
  byServer(report, ({ serverCpu, databaseCpu }, limit, isLimit) => {
    const own = databaseCpu === null ? figure(serverCpu) : `${figure(serverCpu)} + ${figure(databaseCpu)}`;
    const total = limit ? limit.serverCpu + (limit.databaseCpu ?? 0) : undefined;
    return isLimit ? own : ratio(serverCpu + (databaseCpu ?? 0), total) + own;
  });

const first = (report: Report): string => byServer(report, (measured) => figure(measured.first));

const weight = (report: Report): string =>
  byServer(report, ({ bytes, roundTrips }) => {
    const size = bytes < 1_000 ? `${bytes} B` : `${figure(bytes / 1_000)} kB`;
    return roundTrips ? `${roundTrips.roundTrips} / ${roundTrips.statements} · ${size}` : size;
  });

function processes({ servers, processes: figures }: Report): string {
  const rows = servers.flatMap(({ id, title }) => {
    const its = figures.get(id);
    if (!its) return [];
    const { last, startMegabytes, loadedMegabytes, mostMegabytes } = its;
    const memory = [startMegabytes, loadedMegabytes, mostMegabytes].map((each) => figure(each));
    return [[title, figure(last.answers), last.hasRead === null ? '' : figure(last.hasRead), ...memory]];
  });
  const head = ['start, s', 'has read the graph, s', 'memory at start, MB', 'after the run, MB', 'at the most, MB'];
  return table(['', ...head], rows);
}

function imported({ imports }: Report): string {
  const rows = Object.entries(imports).map(([engine, { rows: count, seconds, fresh }]) => [
    engine === 'neo4j' ? 'Neo4j' : 'embedded',
    count.toLocaleString('en'),
    figure(seconds),
    Math.round(count / seconds).toLocaleString('en'),
    fresh ? 'this run' : 'an earlier run',
  ]);
  return table(['import into', 'rows', 'seconds', 'rows a second', 'measured in'], rows);
}

function delaysTable({ delays }: Report): string {
  const rows = delays.map(({ title, p50, p95 }) => [title, figure(p50), figure(p95)]);
  return table(['', 'median, ms', '95th percentile, ms'], rows);
}

/** Noise: how far the slowest round's median lies above the quickest, in the middle of all cells. */
function unrest({ lines }: Report): string {
  const spreads = lines
    .flatMap(({ cells }) => [...cells.values()])
    .flatMap((cell) =>
      cell.is === 'measured' ? [Math.max(...cell.measured.rounds) / Math.min(...cell.measured.rounds)] : [],
    )
    .sort((a, b) => a - b);
  const middle = spreads[spreads.length >> 1];
  return middle === undefined ? '' : `${Math.round((middle - 1) * 100)} %`;
}

function remarks({ lines, servers }: Report): string {
  const notes = lines.flatMap(({ workload: { title, note } }) => (note ? [`- ${title}: ${note}`] : []));
  const untimed = lines.flatMap(({ workload, cells }) =>
    servers.flatMap(({ id, title }) => {
      const cell = cells.get(id);
      return cell && cell.is !== 'measured' ? [`- ${workload.title}, ${title}: ${cell.is}, ${cell.reason}`] : [];
    }),
  );
  return [...notes, ...(untimed.length > 0 ? ['', 'Not timed:', '', ...untimed] : [])].join('\n');
}

/** The whole report in Markdown, what does not flatter included. */
export function reportOf(report: Report): string {
  const { date, command, surroundings, graph, servers, connections } = report;
  const limit = servers[0]!.title;
  return `# Performance

Written by \`${command}\` on ${date}. Ratios are worth more than milliseconds: the servers took turns on one machine, and
the load came from that machine too. Between the rounds of one cell the medians differed by ${unrest(report)} (in the middle
of all cells): smaller differences say nothing.

${surroundings.map((line) => `- ${line}`).join('\n')}
- ${graph}

All servers gave equal answers to all questions before anything was timed; a wrong one is not timed. Parameters come from a
seeded generator, up to a hundred per workload, asked again and again; a server of questions never asked before runs with the
same caches, and gets each question once. Where a workload has few different questions, it is asked as many only, after others
by the same document that are not timed, and not at all where there are less than twenty. The database is warm: what writes warms up for longer, since Neo4j takes two to
four times as long for each of the first thousand creations, for every client. Every second round goes through the servers
backward, since what one leaves to be done falls on the next.

## Milliseconds at one connection

Median (95th percentile), and the median as a ratio to ${limit}: below 1 is faster.

${latency(report)}

## Answers a second at ${connections} connections

With the ratio to ${limit}: above 1 is more.

${throughput(report)}

## Processor time per answer

Milliseconds of the server + of Neo4j, at ${connections} connections, and both together as a ratio to ${limit}. Less
disturbed by what else the machine does than the times above.

${cpu(report)}

## The very first answer

Milliseconds of the first answer to a question of the kind after the start: statements are planned then.

${first(report)}

## Round trips and bytes

Batches / statements, where the server reports them, and the size of an answer.

${weight(report)}

## Processes

Start until the first answer, and until the graph is in memory, before which nothing is timed; resident memory. Embedded servers
start on copies of the store with the snapshot that the import leaves beside it.

${processes(report)}

## Import

By \`grappe import\`, from CSV files, with all checks.

${imported(report)}

## A subscription's delay

From sending a mutation to its event, over server-sent events.

${delaysTable(report)}

## What to know of it

${remarks(report)}
`;
}
