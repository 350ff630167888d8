import type { Line, Measured } from './measure.ts';
import type { GraphRun } from './one-graph.ts';
import { figure, measuredOf, type ReportHead, shown, table } from './report.ts';
import type { ServerKind } from './servers.ts';

/** A run on two graphs. */
export interface ScaleReport extends ReportHead {
  readonly smaller: GraphRun;
  readonly larger: GraphRun;
}

const HEADING = '## A graph of ten million partnerships';

const isSection = (line: string): boolean => /^## /.test(line);

/** The section of docs/performance.md that tells of the huge graph; empty where a page has none. */
function sectionOf(page: string): string {
  const lines = page.split('\n');
  const begin = lines.indexOf(HEADING);
  if (begin < 0) return '';
  const length = lines.slice(begin + 1).findIndex(isSection);
  return lines.slice(begin, length < 0 ? undefined : begin + 1 + length).join('\n');
}

/** A page with the section on the huge graph of another one, at its end. */
export function withScaleReport(page: string, other: string): string {
  const section = sectionOf(other);
  if (section === '') return page;
  const rest = page.replace(sectionOf(page), '').trimEnd();
  return `${rest}\n\n${section.trimEnd()}\n`;
}

/** A table with a line per workload and a column per server. */
function byServer(
  { servers, smaller, larger }: ScaleReport,
  show: (small: Measured | null, large: Measured) => string,
): string {
  const before = new Map<string, Line>(smaller.lines.map((line) => [line.workload.id, line]));
  const rows = larger.lines.map(({ workload, cells }) => {
    const cellOf = ({ id }: ServerKind): string =>
      shown(cells.get(id), (large) => show(measuredOf(before.get(workload.id)?.cells.get(id)), large));
    return [workload.title, ...servers.map(cellOf)];
  });
  return table(['', ...servers.map(({ title }) => title)], rows);
}

/** What one value became on the larger graph. */
const growth = (small: number | undefined, large: number): string =>
  small === undefined ? figure(large) : `${figure(small)} → ${figure(large)} · **×${figure(large / small)}**`;

function imported({ larger }: ScaleReport): string {
  const rows = Object.entries(larger.imports).map(([engine, { rows: count, seconds, ...memory }]) => [
    engine === 'neo4j' ? 'Neo4j' : 'embedded',
    count.toLocaleString('en'),
    figure(seconds),
    Math.round(count / seconds).toLocaleString('en'),
    memory.mostMegabytes === null ? '' : figure(memory.mostMegabytes),
    memory.databaseMegabytes === null ? '' : figure(memory.databaseMegabytes),
  ]);
  return table(['import into', 'rows', 'seconds', 'rows a second', 'memory at the most, MB', "Neo4j's own, MB"], rows);
}

const orNothing = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : figure(value);

function starts({ servers, larger }: ScaleReport): string {
  const { partnerships, memberships } = larger.size;
  const rows = servers.flatMap(({ id, title }) => {
    const its = larger.processes.get(id);
    if (!its) return [];
    const { cold, last, startMegabytes, loadedMegabytes, mostMegabytes, snapshot } = its;
    return [
      [
        title,
        ...[cold?.answers, cold?.hasRead, last.answers, last.hasRead].map(orNothing),
        ...[startMegabytes, loadedMegabytes, mostMegabytes].map(figure),
        snapshot === null ? '' : snapshot.state === 'ready' ? figure(snapshot.megabytes) : snapshot.state,
        figure((loadedMegabytes * 2 ** 20) / (partnerships + memberships)),
      ],
    ];
  });
  const cold = ['first start: answers, s', 'has read the graph, s'];
  const warm = ['start after a stop: answers, s', 'has read the graph, s'];
  const memory = ['memory at start, MB', 'after the run, MB', 'at the most, MB', 'snapshot, MB'];
  return table(['', ...cold, ...warm, ...memory, 'bytes a relationship after the run'], rows);
}

/** The section on the huge graph, in Markdown. */
export function scaleReportOf(report: ScaleReport): string {
  const { date, command, surroundings, graph, smaller, connections } = report;
  return `${HEADING}

Written by \`${command}\` on ${date}: the ${smaller.size.name} graph (${smaller.size.organisations.toLocaleString('en')} organisations) first, then this one, by the same servers with the same settings. Servers of ours have read the graph before anything
is timed.

${surroundings.map((line) => `- ${line}`).join('\n')}
- ${graph}

### Import of it

By \`grappe import\`, from CSV files, with all checks.

${imported(report)}

### Start and memory

The first start finds a store that an import has left; the other one what was saved when the server was stopped. Resident memory
of the process: on Neo4j that of the server alone.

${starts(report)}

### Milliseconds at one connection, and how they grow

Medians, on the smaller graph and on this one.

${byServer(report, (small, large) => growth(small?.p50, large.p50))}

### Processor time per answer, and how it grows

Milliseconds of the server and of Neo4j together, at ${connections} connections.

${byServer(report, (small, large) => growth(small === null ? undefined : cpuOf(small), cpuOf(large)))}
`;
}

const cpuOf = ({ serverCpu, databaseCpu }: Measured): number => serverCpu + (databaseCpu ?? 0);
