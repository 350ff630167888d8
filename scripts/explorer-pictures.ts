// Takes the pictures of docs/explorer*.md: `npm run docs:pictures` from a server of its own with the whole seed, which is filled
// first, or `npm run docs:pictures http://127.0.0.1:4000` from one that runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';

/** Bytes that a picture has at the most: what is larger is packed more. */
const MOST_BYTES = 60_000;
const QUALITIES = [90, 80, 70, 60, 50, 40, 30] as const;
/** Milliseconds that a busy machine may take for the communities of the whole graph. */
const PATIENCE_MS = 300_000;
const SIZE = { width: 1080, height: 680 } as const;
/** The port of the server that is started here. */
const PORT = '4790';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/explorer/');

interface Picture {
  readonly path: string;
  readonly isDark?: boolean;
  /** What is done before it is taken. */
  readonly before?: (page: Page) => Promise<void>;
  /** What stands at the top of it; the top of the page otherwise. */
  readonly from?: string;
}

/** Waits until all of a network is painted. */
const painted = async (page: Page): Promise<void> => {
  await page.getByRole('application').first().waitFor();
  while (!(await page.evaluate("performance.getEntriesByName('network-painted').length > 0"))) {
    await page.waitForTimeout(50);
  }
};

async function suggest(page: Page): Promise<void> {
  await page.locator('.poles-map circle').first().waitFor();
  await page.getByRole('combobox', { name: 'Search' }).pressSequentially('aerospace');
  // Those for the first letters are shown until these are there.
  await page.getByRole('option', { name: 'Aerospace Valley' }).waitFor();
}

const PICTURES: Readonly<Record<string, Picture>> = {
  start: { path: '/', before: suggest },
  results: { path: '/search?type=organisation&kind=RESEARCH&in=territory/region-occitanie&order=partners' },
  record: { path: '/pole/aerospace-valley' },
  'record-dark': { path: '/organisation/cnrs', isDark: true },
  network: { path: '/network?ids=pole/minalogic&colour=region&open=pole/minalogic', before: painted, from: '.network' },
  years: { path: '/network?ids=pole/aerospace-valley&year=2008&versus=2024', before: painted, from: '.network' },
  communities: { path: '/network', before: painted, from: '.network' },
  edge: {
    path: '/network?ids=pole/minalogic&open=organisation/cea~organisation/stmicroelectronics&tab=edges',
    isDark: true,
    before: async (page) => {
      await painted(page);
      await page.locator('.network-fact').first().waitFor();
    },
    from: '.network',
  },
  path: { path: '/path?a=organisation/inria&b=pole/aerospace-valley' },
  map: { path: '/map?place=territory/departement-31', from: '.map-layout' },
  'map-2012': { path: '/map?by=region&measure=density&year=2012', from: '.map-layout' },
  compare: { path: '/compare?ids=pole/aqua-valley,pole/dream,pole/axelera', from: '.sets' },
  measures: { path: '/measures?show=ranking' },
};

/** Starts a server with the whole seed in a folder that is deleted when it has stopped. */
async function start(): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'grappe-pictures-'));
  const env = { ...process.env, PORT, GRAPPE_DATA: data };
  const server = spawn(process.execPath, [join(root, 'src/start.mjs'), 'serve'], { env, stdio: 'ignore' });
  const address = `http://127.0.0.1:${PORT}`;
  const isFilled = async (): Promise<boolean> => {
    const query = encodeURIComponent('{ statistics { loading } }');
    const answer = await fetch(`${address}/graphql?query=${query}`).catch(() => null);
    if (answer === null) return false;
    const { data: found } = (await answer.json()) as { data?: { statistics: { loading: string | null } } };
    return found !== undefined && found.statistics.loading === null;
  };
  while (!(await isFilled())) {
    if (server.exitCode !== null) throw new Error(`The server stopped: is port ${PORT} in use?`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return {
    address,
    stop: async () => {
      server.kill();
      await once(server, 'exit');
      rmSync(data, { recursive: true });
    },
  };
}

/** Takes all pictures from a server. */
async function take(address: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  for (const [name, { path, isDark = false, before, from }] of Object.entries(PICTURES)) {
    const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB', colorScheme: isDark ? 'dark' : 'light' });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await before?.(page);
    const top = from === undefined ? 0 : ((await page.locator(from).first().boundingBox())?.y ?? 0) - 12;
    await page.evaluate(`scrollTo(0, ${top})`);
    await page.waitForLoadState('networkidle');
    const session = await page.context().newCDPSession(page);
    for (const quality of QUALITIES) {
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
      const bytes = Buffer.from(data, 'base64');
      if (bytes.length > MOST_BYTES && quality !== QUALITIES.at(-1)) continue;
      writeFileSync(join(folder, `${name}.webp`), bytes);
      console.log(`${name}.webp ${(bytes.length / 1_000).toFixed(0)} kB`);
      break;
    }
    await page.close();
  }
  await browser.close();
}

const [given] = process.argv.slice(2);
if (given !== undefined) await take(given);
else {
  const { address, stop } = await start();
  await take(address).finally(stop);
}
