import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { type Logger, pino } from 'pino';
import { chromium as launcher, type Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress, Step } from '../../src/cli/progress.ts';
import { type ServeOptions, type Serving, serve } from '../../src/cli/serve.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { GraphError } from '../../src/graph/errors.ts';
import { examples } from '../../src/server/http/examples.ts';
import { standInEngine as deafEngine } from '../server/world.ts';
import { findChromium } from '../support/browser.ts';
import { amount } from '../support/tier.ts';

/** Examples that GraphiQL runs in a browser, a second each: their answers are tested elsewhere. */
const RUN_EXAMPLES = amount({ usual: 5, long: examples('reading').length });

/** What a browser may take on a machine that runs other tests too. */
const BROWSER_MS = 100_000;

let folder: string;
let said: string[];
let log: Record<string, unknown>[];
const open: Serving[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-serve-'));
  said = [];
  log = [];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((serving) => serving.close()));
  rmSync(folder, { recursive: true, force: true });
});

const settings = (change: Partial<Config> = {}): Config => ({
  ...readConfig({ PORT: '0', GRAPPE_DATA: folder, GRAPPE_SEED: 'curated' }),
  // readConfig takes 0 for the port: the system chooses one.
  ...change,
});
const silent: Progress = { step: () => {}, end: () => {} };
const logger = (): Logger => pino({}, { write: (line: string) => void log.push(JSON.parse(line)) });

async function start(options: Partial<ServeOptions> = {}, config = settings()): Promise<Serving> {
  const serving = await serve(config, {
    logger: logger(),
    say: (line) => said.push(line),
    progress: silent,
    ...options,
  });
  open.push(serving);
  return serving;
}

async function ask(url: string, query: string, variables: object = {}): Promise<{ data?: unknown; errors?: unknown }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data?: unknown };
}

/** A stand-in whose store is empty, and takes the mark of its format. */
const standInEngine = (ping?: () => Promise<void>): ReturnType<typeof deafEngine> => ({
  ...deafEngine(ping),
  read: async () => [],
  write: async (work) => work({ run: async () => [], commitWith: async () => [] }),
});
const readyz = async (url: string): Promise<unknown> => (await fetch(`${url}/readyz`)).json();

describe('grappe serve', () => {
  it('says where it answers, and on which graph', async () => {
    const { url } = await start({ open: async () => standInEngine(), seed: async () => {} });
    expect(said.join('\n')).toContain(`${url}/graphql`);
    expect(said.join('\n')).toContain('a stand-in');
    expect(said.join('\n')).toContain('GraphiQL');
  });

  it('waits for a database that is away, and is ready when it comes', async () => {
    let isAway = true;
    let tries = 0;
    const engine = standInEngine(async () => {
      tries++;
      if (isAway) throw new GraphError('UNAVAILABLE', 'no answer from bolt://10.1.2.3');
    });
    const ensured = vi.spyOn(engine, 'ensureSchema');
    const { url, filled } = await start({ open: async () => engine, seed: async () => {} });
    expect(await readyz(url)).toEqual({ status: 'not ready', reason: 'DATABASE_UNAVAILABLE' });
    expect(await ask(url, '{ poles { totalCount } }')).toMatchObject({
      errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }],
    });
    await vi.waitFor(() => expect(tries).toBeGreaterThan(2), { timeout: 10_000 });
    isAway = false;
    await filled;
    expect(ensured).toHaveBeenCalledOnce();
    expect(await readyz(url)).toEqual({ status: 'ready' });
    const lines = log.filter(({ msg }) => /database/.test(String(msg)));
    expect(lines.map(({ msg, cause }) => [msg, cause])).toEqual([
      ['the database does not answer', 'no answer from bolt://10.1.2.3'],
      ['the database answers again', undefined],
    ]);
    expect(JSON.stringify(lines)).not.toContain('stack');
  });

  it('is ready when the curated part is in, while the other still comes', async () => {
    const { promise: rest, resolve } = Promise.withResolvers<void>();
    const { url, filled } = await start({
      open: async () => standInEngine(),
      seed: async (_engine, _seed, { onPart } = {}) => {
        onPart?.('curated');
        await rest;
      },
    });
    await vi.waitFor(async () => expect(await readyz(url)).toEqual({ status: 'ready' }));
    resolve();
    await filled;
  });

  it('says that its seed failed, and answers all the same', async () => {
    const seed = async (): Promise<void> => {
      throw new Error('3 rows of the seed were rejected');
    };
    const { url, filled } = await start({ open: async () => standInEngine(), seed });
    await filled;
    expect(await readyz(url)).toEqual({ status: 'not ready', reason: 'SEED_FAILED' });
    expect(log.map(({ msg }) => msg)).toContain('the store could not be made ready');
    expect(await ask(url, '{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('stops filling when it is closed', async () => {
    let stopped = false;
    const seed: ServeOptions['seed'] = (_engine, _seed, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          stopped = true;
          reject(signal.reason);
        });
      });
    const { close } = await start({ open: async () => standInEngine(), seed });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await close();
    expect(stopped).toBe(true);
    expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('leaves nothing open when its port is taken', async () => {
    const { url } = await start({ open: async () => standInEngine(), seed: async () => {} });
    const engine = standInEngine();
    const closed = vi.spyOn(engine, 'close');
    const config = settings({ port: Number(new URL(url).port) });
    await expect(start({ open: async () => engine }, config)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('a Grappe with its curated seed', () => {
  const store = mkdtempSync(join(tmpdir(), 'grappe-seeded-'));
  const steps: Step[] = [];
  const progress: Progress = { step: (step) => void steps.push(step), end: () => {} };
  const lines: string[] = [];
  const quiet = { say: (line: string) => void lines.push(line), logger: pino({ level: 'silent' }) };
  const config = readConfig({ PORT: '0', GRAPPE_DATA: store, GRAPPE_SEED: 'curated' });
  let serving: Serving;

  beforeAll(async () => {
    serving = await serve(config, { ...quiet, progress });
  });
  afterAll(async () => {
    await serving.close();
    rmSync(store, { recursive: true, force: true });
  });

  it('answers while it is filled, and is ready when it is', async () => {
    const { url, filled } = serving;
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const loading = { what: 'SEED', step: expect.any(String), rows: expect.any(Number), share: expect.any(Number) };
    // A busy machine may take longer than a second to begin.
    await vi.waitFor(
      async () => expect(await readyz(url)).toEqual({ status: 'not ready', reason: 'SEEDING', loading }),
      { timeout: 10_000, interval: 20 },
    );
    expect(await ask(url, '{ poles(first: 1) { totalCount } }')).toMatchObject({ data: {}, extensions: { loading } });
    // Whatever is answered, also that a document makes no sense.
    expect(await ask(url, '{ nonsense }')).toMatchObject({ errors: [{}], extensions: { loading } });
    expect(await (await fetch(url)).text()).toContain('The first data are being loaded');
    await filled;
    expect(await readyz(url)).toEqual({ status: 'ready' });
    const answer = await ask(url, '{ poles { totalCount } }');
    expect(answer).toMatchObject({ data: { poles: { totalCount: 96 } } });
    expect(answer).not.toHaveProperty('extensions.loading');
    await vi.waitFor(async () => expect(await (await fetch(url)).text()).toContain('<dt>poles</dt><dd>96</dd>'), {
      // The page is rendered again every five seconds.
      timeout: 10_000,
      interval: 500,
    });
    expect(await (await fetch(url)).text()).not.toContain('being loaded');
  });

  it('has shown its progress as one piece of work, all of whose parts count, and which never goes backward', () => {
    const shares = steps.map(({ done, total }) => done / total);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const stepsOf = (label: RegExp): number[] => shares.filter((_, place) => label.test(steps[place]!.label));
    const [curated, communes] = [stepsOf(/^curated: /), stepsOf(/^communes: /)];
    expect(curated.at(-1)!).toBeLessThan(0.5);
    expect(communes[0]!).toBeGreaterThanOrEqual(curated.at(-1)!);
    expect(shares.slice(0, -1).every((share) => share < 1)).toBe(true);
    expect(shares.at(-1)).toBe(1);
  });

  it.each(examples('reading').map((tab) => [tab.title, tab] as const))('answers the example: %s', async (_, tab) => {
    // The names and the structure of the graph are read after the start, which clients are asked to wait for.
    const { data, errors } = await vi.waitFor(async () => {
      const answer = await ask(serving.url, tab.query, tab.variables);
      if (JSON.stringify(answer.errors ?? []).includes('_NOT_READY')) throw new Error(JSON.stringify(answer.errors));
      return answer;
    }, 30_000);
    expect(errors).toBeUndefined();
    expect(Object.values(data as object)).not.toContain(null);
  });

  it('shows its schema within its own limits', async () => {
    const { data } = await ask(serving.url, getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    expect(data).toHaveProperty('__schema');
  });

  const chromium = findChromium('GraphiQL');
  it.skipIf(chromium === null)(
    'has a GraphiQL with a tab for every example, which runs them and asks nobody else',
    async () => {
      const browser = await launcher.launch({ executablePath: chromium!, args: ['--no-sandbox'] });
      try {
        const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
        page.setDefaultTimeout(BROWSER_MS);
        const foreign: string[] = [];
        const complaints: string[] = [];
        page.on('request', (request) => {
          if (!/^(?:blob:|data:)/.test(request.url()) && !request.url().startsWith(serving.url))
            foreign.push(request.url());
        });
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(error.message));
        const tabs = page.locator('.graphiql-tab-button');
        const who = page.locator('#grappe-who');
        await page.goto(`${serving.url}/graphql`);
        await who.filter({ hasText: /is a READER: .* sign-in link/ }).waitFor();
        expect(await tabs.count()).toBe(examples('reading').length);
        // Signed in, it has the examples of writing too; those of an earlier visit would stay.
        await page.evaluate(
          "Object.keys(localStorage).filter((name) => name !== 'grappe-return').forEach((name) => localStorage.removeItem(name))",
        );
        const [link = ''] = /http\S+sign-in#\S+/.exec(lines.join('\n')) ?? [];
        await page.goto(link);
        await page.waitForURL(`${serving.url}/graphql`);
        await who.filter({ hasText: 'This browser is ADMIN (local)' }).waitFor();
        expect(await tabs.count()).toBe(examples('reading').length + examples('editing').length);
        // Every example is seen without scrolling.
        const hidden = await tabs.evaluateAll((all) =>
          all
            .filter((tab) => {
              const { left, right, bottom } = tab.getBoundingClientRect();
              return left < 0 || right > innerWidth || bottom > innerHeight;
            })
            .map((tab) => tab.textContent),
        );
        expect(hidden).toEqual([]);
        expect(await page.locator('[data-name="headers"].active').count()).toBe(0);
        // What was opened is not in the history: going back does not lead to the link.
        expect(await page.evaluate('history.length')).toBe(3);
        await page.goBack();
        expect(page.url()).toBe(`${serving.url}/graphql`);
        await page.goto(link);
        await page.waitForURL(`${serving.url}/graphql`);
        const other = await (await browser.newContext()).newPage();
        other.setDefaultTimeout(BROWSER_MS);
        await other.goto(link);
        await other.locator('p', { hasText: 'was used already' }).waitFor();
        const names = examples('reading').map(({ query }) => /query (\w+)/.exec(query)![1]!);
        expect((await tabs.allTextContents()).slice(0, names.length)).toEqual(names);
        for (const [place, name] of names.slice(0, RUN_EXAMPLES).entries()) {
          await tabs.nth(place).click();
          await page.locator('.graphiql-tab-active', { hasText: name }).waitFor();
          // GraphiQL learns the name of the new tab's operation a moment after it shows it.
          const asked = await vi.waitFor(async () => {
            const isIts = (request: Request): boolean => request.postData()?.includes(name) === true;
            const [request] = await Promise.all([
              page.waitForRequest(isIts, { timeout: 200 }),
              page.locator('.graphiql-execute-button').click(),
            ]);
            return request;
          }, 30_000);
          const answer = await asked.response();
          const { data, errors } = (await answer!.json()) as { data?: object; errors?: unknown };
          expect({ name, errors }).toEqual({ name, errors: undefined });
          expect(Object.values(data ?? {})).not.toContain(null);
        }
        expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
      } finally {
        await browser.close();
      }
    },
  );

  it('is not filled a second time', async () => {
    await serving.close();
    steps.splice(0);
    serving = await serve(config, { ...quiet, progress });
    await serving.filled;
    expect(steps).toEqual([]);
    expect(await readyz(serving.url)).toEqual({ status: 'ready' });
  });

  it('says that the graph does not fit into its memory, and answers from the database', async () => {
    await serving.close();
    serving = await serve({ ...config, snapshotBytes: 100_000 }, { ...quiet, progress, logger: logger() });
    const { url, filled } = serving;
    await filled;
    await vi.waitFor(async () => expect(await readyz(url)).toEqual({ status: 'ready', snapshot: 'too large' }), {
      timeout: 30_000,
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('grappe_snapshot_state{state="too large"} 1');
    expect(metrics).toContain('grappe_snapshot_bytes 0');
    expect(log.map(({ msg }) => String(msg)).join()).toContain('does not fit into GRAPPE_SNAPSHOT_MB');
    expect(await ask(url, '{ poles(first: 1) { nodes { name } totalCount } }')).toMatchObject({
      data: { poles: { nodes: [{ name: 'Advancity' }], totalCount: 96 } },
      extensions: { plan: [{ by: 'statement' }, { by: 'statement' }] },
    });
    expect(await ask(url, '{ subgraph(select: {}) { nodeCount } }')).toMatchObject({
      errors: [{ extensions: { code: 'SNAPSHOT_OFF' } }],
    });
  });
});
