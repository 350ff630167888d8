import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type Browser, type BrowserContextOptions, chromium as launcher, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { ensureExplorer } from '../../src/cli/explorer.ts';
import { type Serving, serve } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import { openEngine } from '../../src/graph/open.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { findChromium } from '../support/browser.ts';
import { embeddedSettings, emptyGraph, engineUnderTest, neo4jSettings } from '../support/graph.ts';

/** The poles, clusters and their organisations, without the communes: what the tests of the explorer look at. */
const SEED = fileURLToPath(new URL('../../seed/data/curated', import.meta.url));
/** Milliseconds that a page may take on a machine that runs other tests too; Neo4j plans what it is asked for the first time. */
const PATIENCE_MS = engineUnderTest === 'neo4j' ? 60_000 : 30_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where no Chromium is, the tests of the explorer are skipped, and say so. */
export const chromium = findChromium('the explorer');

/** How browsers draw: without a graphics processor and without WebGL, and with WebGL by software. */
const GRAPHICS = {
  plain: ['--disable-gpu', '--disable-webgl', '--disable-webgl2', '--disable-software-rasterizer'],
  webgl: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
} as const;
export type Graphics = keyof typeof GRAPHICS;

let browser: Browser;
let webglBrowser: Browser | null = null;
let serving: Serving;
const lines: string[] = [];

/** Starts one server, as `npm start` does, and one browser, for all tests of the file. */
export function startExplorer(): void {
  beforeAll(async () => {
    if (chromium === null) return;
    await ensureExplorer(() => {});
    if (engineUnderTest === 'neo4j') await (await emptyGraph())[Symbol.asyncDispose]();
    const engine = engineUnderTest === 'neo4j' ? neo4jSettings() : await embeddedSettings();
    serving = await serve(readConfig({ PORT: '0', GRAPPE_SEED: 'none' }), {
      say: (line) => void lines.push(line),
      logger: pino({ level: 'silent' }),
      progress: { step: () => {}, end: () => {} },
      open: () => openEngine(engine),
      seed: async (graph) => void (await importFolder(graph, SEED)),
    });
    await serving.filled;
    browser = await launch('plain');
  });
  afterAll(async () => {
    await browser?.close();
    await webglBrowser?.close();
    await serving?.close();
  });
}

const launch = (graphics: Graphics): Promise<Browser> =>
  launcher.launch({ executablePath: chromium!, args: ['--no-sandbox', ...GRAPHICS[graphics]] });

/** The address of the server. */
export const address = (): string => serving.url;

/**
 * What the page's main thread does meanwhile: milliseconds of its longest task, of processor time, which other programs do not
 * lengthen, and on the clock, which they do; and of all tasks.
 */
export async function traced(page: Page, work: () => Promise<void>) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] });
  await work();
  const text = (await browser.stopTracing()).toString('utf8');
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  const sumOf = (tasks: readonly TraceEvent[]): number => tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  // Of the main threads of several processes that of the page is the one that took the most.
  const [tasks = []] = threads
    .map(({ pid, tid }) =>
      traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.name.endsWith('RunTask')),
    )
    .sort((a, b) => sumOf(b) - sumOf(a));
  const ms = (micros: number): number => Math.round(micros / 1_000);
  return {
    longest: ms(Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur))),
    longestOnClock: ms(Math.max(0, ...tasks.map(({ dur = 0 }) => dur))),
    all: ms(sumOf(tasks)),
  };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The link that signs one browser in, once: the one that was shown last. */
export const signIn = (): string =>
  lines
    .join('\n')
    .match(/http\S+sign-in#\S+/g)!
    .at(-1)!;

/** A page of a reader, with what went wrong in it. */
export interface Reader {
  readonly page: Page;
  /** Opens a path of the explorer. */
  open(path: string): Promise<void>;
  /** Fails where axe-core finds something on what is shown. */
  accessible(): Promise<void>;
  /** Fails where the console has an error, the page threw, or another origin was asked; closes the page. */
  close(): Promise<void>;
}

/** Opens a browser window of its own: `locale` is fr-FR or en-GB, `colorScheme` light or dark; without WebGL, as most are. */
export async function reader(options: BrowserContextOptions = {}, graphics: Graphics = 'plain'): Promise<Reader> {
  if (graphics === 'webgl') webglBrowser ??= await launch('webgl');
  const context = await (graphics === 'webgl' ? webglBrowser! : browser).newContext({
    locale: 'fr-FR',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(?:blob:|data:)/.test(url) && !url.startsWith(serving.url)) complaints.push(`asked ${url}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`));
  return {
    page,
    open: async (path) => void (await page.goto(`${serving.url}${path}`)),
    accessible: async () => {
      // Evaluated by the debugger, which the policy of the page does not concern.
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        // biome-ignore lint/suspicious/noExplicitAny: axe-core defines it in the page
        const { violations: found } = await (globalThis as any).axe.run();
        return found.map(({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) => [
          id,
          nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`),
        ]);
      });
      expect(violations).toEqual([]);
    },
    close: async () => {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}
