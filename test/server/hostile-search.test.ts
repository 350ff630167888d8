import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { DEFAULT_LIMITS } from '../../src/config/limits.ts';
import { grappe, ready, type ServerProcess } from '../support/process.ts';
import type { Names } from './hostile/documents.ts';
import { type Bars, type Finding, type Progress, searchHostile } from './hostile/search.ts';
import { canWatch, Watch } from './hostile/watch.ts';

/**
 * Legal documents that try to stop a server. Longer by hand: HOSTILE_MINUTES=15, HOSTILE_SEED=2 for others,
 * HOSTILE_DATA=<folder with the full seed>, HOSTILE_REPORT=<file> for how far it has come each minute, what was found, and what was worst.
 */
const { HOSTILE_MINUTES = '0', HOSTILE_SEED = '1', HOSTILE_DATA, HOSTILE_REPORT } = process.env;
const minutes = Number(HOSTILE_MINUTES);
const DOCUMENTS = 12;
/** Milliseconds by which a search may end late: of its last document, what is too costly is made smaller, then measured again. */
const LATE_MS = 20 * 60_000;
/** Milliseconds that a request may go on for after its time is over. */
const OVERRUN_MS = 2_000;
/** What no request may do with default limits. */
const BARS: Bars = {
  stretchMs: 250,
  grownMb: 150,
  overrunMs: OVERRUN_MS,
  quiet: { silenceMs: 250, ms: DEFAULT_LIMITS.timeMs + OVERRUN_MS },
};

let folder: string;
let server: ServerProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-hostile-'));
  server = await ready(
    grappe(
      ['serve'],
      {
        ...{ GRAPPE_SEED: 'curated', GRAPPE_DATA: folder, GRAPPE_CACHE_MB: '0', LOG_LEVEL: 'silent' },
        ...(HOSTILE_DATA ? { GRAPPE_SEED: 'full', GRAPPE_DATA: HOSTILE_DATA } : {}),
      },
      { asStarted: true, watched: true },
    ),
  );
});
afterAll(async () => {
  await server.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Identifiers and words of what the server has, those first that most depends on. */
async function namesOf(url: string): Promise<Names> {
  const query = `{
    poles(first: 40, orderBy: {field: MEMBER_COUNT, direction: DESC}) { nodes { id name } }
    clusters(first: 20, orderBy: {field: MEMBER_COUNT, direction: DESC}) { nodes { id } }
    organisations(first: 100, orderBy: {field: PARTNER_COUNT, direction: DESC}) { nodes { id name } }
    projects(first: 60) { nodes { id } }
    regions: territories(level: REGION, first: 20) { nodes { id } }
    departments: territories(level: DEPARTMENT, first: 100) { nodes { id } }
    topics(first: 100) { nodes { id } }
    statistics { sources { node { id } } }
  }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const all = (field: string): string[] =>
    [...text.matchAll(new RegExp(`"${field}":"([^"\\\\]+)"`, 'g'))].map(([, value]) => value!);
  const words = all('name').flatMap((name) => name.toLowerCase().match(/\p{L}+/gu) ?? []);
  return { ids: [...new Set(all('id'))], words: [...new Set(words)] };
}

const reportOf = ({ text, measure }: Finding): string => `${JSON.stringify(measure)}\n  ${text}`;

function report({ asked, rejected, worst, beyond }: Progress): string {
  const lines = [...new Set([...beyond, ...worst])].map(reportOf);
  return `${asked} documents, ${rejected} of them rejected, ${beyond.length} beyond a bar\n${lines.join('\n')}\n`;
}

it.skipIf(!canWatch)(
  'no legal document silences the server, fills its memory, or outlasts its time',
  {
    timeout: minutes * 60_000 + LATE_MS,
  },
  async () => {
    const names = await namesOf(server.url);
    expect(names.ids.length).toBeGreaterThan(100);
    const watch = new Watch(server.url, server.child);
    const end = performance.now() + minutes * 60_000;
    try {
      const goesOn = (asked: number): boolean => (minutes > 0 ? performance.now() < end : asked < DOCUMENTS);
      const note = (text: string): void => {
        if (HOSTILE_REPORT) appendFileSync(HOSTILE_REPORT, text);
      };
      const onFinding = (finding: Finding): void => note(`beyond a bar: ${reportOf(finding)}\n`);
      let minute = 0;
      const onAsked = (asked: number, rejected: number): void => {
        const past = Math.floor(minutes - (end - performance.now()) / 60_000);
        if (past > minute) note(`minute ${past}: ${asked} documents, ${rejected} of them rejected\n`);
        minute = past;
      };
      const options = { seed: Number(HOSTILE_SEED), goesOn, bars: BARS, onFinding, onAsked };
      const found = await searchHostile(schema, names, watch, options);
      note(report(found));
      expect(found.asked - found.rejected).toBeGreaterThan(found.asked / 4);
      expect(found.beyond, report(found)).toEqual([]);
    } finally {
      await watch.stop();
    }
  },
);
