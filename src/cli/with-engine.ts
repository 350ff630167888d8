import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { openEngine } from '../graph/open.ts';
import { closeKeepingSnapshot } from '../snapshot/warm-start.ts';
import { prepareStore } from '../transfer/store-format.ts';

interface WorkOn {
  /** Makes the graph ready for this version. Omitted: as a server does at its start. */
  readonly prepare?: (engine: GraphEngine) => Promise<void>;
  /** How it is opened: `openExisting` for work on what is there, which in a wrong folder would find a new, empty store. */
  readonly open?: typeof openEngine;
  /** How it is closed when the work is done: with its snapshot, after work that writes much. Omitted: as after work that reads. */
  readonly close?: (engine: GraphEngine) => Promise<void>;
}

/** Opens the configured graph for one piece of work, and closes it in any case. It is prepared first. */
export async function withEngine<Result>(
  { engine: settings }: Pick<Config, 'engine'>,
  work: (engine: GraphEngine) => Promise<Result>,
  { prepare = prepareStore, open = openEngine, close = closeKeepingSnapshot }: WorkOn = {},
): Promise<Result> {
  const engine = await open(settings);
  let result: Result;
  try {
    await engine.ping();
    await prepare(engine);
    result = await work(engine);
  } catch (error) {
    // An error of closing must not hide that of the work.
    await engine.close().catch(() => {});
    throw error;
  }
  await close(engine);
  return result;
}

/** Rethrows the error of a command; where a server holds the store, with the command that has the server do it. */
export function throwBesideServer(error: unknown, command: string): never {
  if (!(error instanceof GraphError && error.code === 'LOCKED')) throw error;
  throw new GraphError('LOCKED', `${error.message} A server that runs does this itself: ${command}.`, { cause: error });
}
