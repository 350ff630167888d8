import { parseArgs } from 'node:util';
import { namedSize, type Size } from '../graph/size.ts';

/** What a run of the benchmark is asked to do. */
export interface Options {
  readonly size: Size;
  /** The smaller graph that its medians stand beside; null for a run on one graph. */
  readonly beside: Size | null;
  /** Identifiers of workloads and servers; null: all of them. */
  readonly workloads: readonly string[] | null;
  readonly servers: readonly string[] | null;
  /** Of the whole run; of a run on two graphs, those of measuring each. */
  readonly minutes: number;
  /** Where the generated and loaded graph is stored for the next run; null: nowhere. */
  readonly folder: string | null;
  /** Whether docs/performance.md is written: it tells of whole runs on the large graph, and on the huge one. */
  readonly write: boolean;
}

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run bench -- [options]
  --size name          large: 100,000 organisations and a million partnerships (default); small: a hundredth of them;
                       huge: ten times as many, beside the large graph; or a number of organisations
  --beside name        a smaller graph, which is measured first: large for the huge one
  --only a,b           only these workloads
  --servers a,b        only these servers; the first is what the others are compared with
  --minutes n          how long the whole run may take: 15 for the large graph, 2 for the small one; of a run on two graphs
                       how long each is measured: 10
  --folder dir         keep the loaded graph there, and use it when it is there: loading it takes most of the time
  --write              write docs/performance.md, which only a whole run on the large or the huge graph does by itself
Workloads and servers are named by an unknown name: --only ?`;

/** Which servers a run on two graphs has: each has a copy of the graph in memory, and all are there at once. */
const SCALE_SERVERS = ['auto-commit', 'grappe-neo4j-uncached', 'grappe-embedded-uncached'];
const MINUTES = { large: 15, small: 2, beside: 10 };

function sizeOf(given: string): Size {
  const size = namedSize(given);
  if (!size) {
    throw new UsageError(
      `Unknown size ${given}: it is small, large, huge, or 20000 to 5000000 organisations, in thousands.`,
    );
  }
  return size;
}

function named(given: string | undefined, known: readonly string[], what: string): readonly string[] | null {
  if (given === undefined) return null;
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new UsageError(`Unknown ${what}: ${unknown.join(', ')}. Known are ${known.join(', ')}.`);
  return names;
}

/** Reads the command line. Throws a UsageError that says what is wrong with it. */
export function readOptions(
  words: string[],
  known: { workloads: readonly string[]; servers: readonly string[] },
): Options {
  const options = {
    size: { type: 'string', default: 'large' },
    beside: { type: 'string' },
    only: { type: 'string' },
    servers: { type: 'string' },
    minutes: { type: 'string' },
    folder: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    values = parseArgs({ args: words, options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
  if (values.help) throw new UsageError(USAGE);
  const size = sizeOf(values.size);
  const besideName = values.beside ?? (size.name === 'huge' ? 'large' : null);
  const beside = besideName === null ? null : sizeOf(besideName);
  const usual = beside === null ? (size.name === 'small' ? MINUTES.small : MINUTES.large) : MINUTES.beside;
  const minutes = Number(values.minutes ?? usual);
  if (!(minutes > 0)) throw new UsageError(`--minutes ${values.minutes} is no number of minutes.`);
  const workloads = named(values.only, known.workloads, 'workload');
  const servers = named(values.servers, known.servers, 'server');
  const isWritten = beside === null ? size.name === 'large' : size.name === 'huge' && beside.name === 'large';
  const isWhole = workloads === null && servers === null && isWritten;
  return {
    ...{ size, beside, workloads, minutes },
    servers: servers ?? (beside === null ? null : SCALE_SERVERS),
    folder: values.folder ?? null,
    write: values.write || isWhole,
  };
}
