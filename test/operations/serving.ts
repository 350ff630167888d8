import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Serving, serve } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { World } from '../support/world.ts';

/** What a test asks with. */
interface Asking {
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Two poles with members and partners, and a website each. */
function smallWorld(): World {
  const world = new World();
  for (const pole of ['Pole du nord', 'Pole du sud']) {
    world.pole(pole, { website: 'https://example.org/', since: 2005 });
    for (const number of [1, 2, 3]) {
      const name = `Usine ${number} du ${pole}`;
      world.organisation(name, { website: 'https://example.org/' }).member(name, pole, { since: 2006 + number });
    }
    world.partners(`Usine 1 du ${pole}`, `Usine 2 du ${pole}`);
  }
  return world;
}

/** A server of the command line on a small store of its own, in this process. */
export interface ServedStore extends AsyncDisposable {
  readonly serving: Serving;
  /** Lines of the log. */
  readonly log: Record<string, unknown>[];
  /** The token that it printed. */
  readonly token: string;
  ask(query: string, asking?: Asking): Promise<{ readonly data?: Record<string, never>; readonly status: number }>;
  /** Stops it; the store stays until it is disposed of. */
  close(): Promise<void>;
}

/** Starts it with these settings, on the small world. */
export async function servedStore(settings: Readonly<Record<string, string>> = {}): Promise<ServedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'grappe-operations-'));
  const log: Record<string, unknown>[] = [];
  const said: string[] = [];
  const config = readConfig({ PORT: '0', GRAPPE_DATA: folder, GRAPPE_SEED: 'none', ...settings });
  const serving = await serve(config, {
    logger: pino({}, { write: (line: string) => void log.push(JSON.parse(line)) }),
    say: (line) => said.push(line),
    progress: { step: () => {}, end: () => {} },
  });
  await serving.filled;
  await importFolder(serving.engine, await smallWorld().write(), { rejectedFile: join(folder, 'rejected.csv') });
  return {
    serving,
    log,
    token: /grappe_[\w-]{43}/.exec(said.join('\n'))![0],
    async ask(query, { variables = {}, headers = {} } = {}) {
      const response = await fetch(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { ...((await response.json()) as object), status: response.status };
    },
    close: () => serving.close(),
    async [Symbol.asyncDispose]() {
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
