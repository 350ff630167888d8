import { parseArgs } from 'node:util';
import { SIZES, type Size } from '../graph/size.ts';

/** What a run of the benchmark is asked to do. */
export interface Options {
  readonly size: Size;
  /** Identifiers of workloads and servers; null: all of them. */
  readonly workloads: readonly string[] | null;
  readonly servers: readonly string[] | null;
  readonly minutes: number;
  /** Where the generated and loaded graph is stored for the next run; null: nowhere. */
  readonly folder: string | null;
  /** Whether docs/performance.md is written: it tells of whole runs on the large graph. */
  readonly write: boolean;
}

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run bench -- [options]
  --size small|large   100,000 organisations and a million partnerships (default), or a hundredth of them
  --only a,b           only these workloads
  --servers a,b        only these servers; the first is what the others are compared with
  --minutes n          how long the whole run may take: 15 for the large graph, 2 for the small one
  --folder dir         keep the loaded graph there, and use it when it is there: loading it takes most of the time
  --write              write docs/performance.md, which only a whole run on the large graph does by itself
Workloads and servers are named by an unknown name: --only ?`;

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
  const size = SIZES[values.size as Size['name']];
  if (!size) throw new UsageError(`Unknown size ${values.size}: it is small or large.`);
  const minutes = Number(values.minutes ?? (size.name === 'large' ? 15 : 2));
  if (!(minutes > 0)) throw new UsageError(`--minutes ${values.minutes} is no number of minutes.`);
  const workloads = named(values.only, known.workloads, 'workload');
  const servers = named(values.servers, known.servers, 'server');
  const isWhole = workloads === null && servers === null && size.name === 'large';
  return { size, workloads, servers, minutes, folder: values.folder ?? null, write: values.write || isWhole };
}
