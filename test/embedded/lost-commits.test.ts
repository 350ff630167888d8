import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { grappe } from '../support/process.ts';
import { scratchFolder } from '../support/world.ts';

const RECORDS = 40;
/** Places at which the log is cut: more are tried by hand. */
const CUTS = 25;
const SCRIPT = fileURLToPath(new URL('../support/write-until-killed.ts', import.meta.url));
const count = statement<{ count: number }>('count', 'MATCH (n:Fixture) RETURN count(n) AS count');

/** Writes records into a store, the last after a while, and kills the process that has it open. */
async function killedStore(records: number, beforeLastMs = 0): Promise<string> {
  const folder = await scratchFolder();
  const writer = fork(SCRIPT, [folder, String(records), String(beforeLastMs)], { execArgv: [] });
  await once(writer, 'message');
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  return folder;
}

async function copyOf(folder: string): Promise<string> {
  const copy = await scratchFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

function logOf(folder: string): string {
  const log = join(folder, 'graph.grafeo.wal');
  const [file] = readdirSync(log);
  return join(log, file!);
}

/** How many records a start finds, or what it says instead. */
async function opened(folder: string): Promise<number | string> {
  try {
    const engine = await openEngine({ engine: 'grafeo', folder });
    const [row] = await engine.read(count);
    await engine.close();
    return row!.count;
  } catch (error) {
    return (error as Error).message;
  }
}

const REMEDY = /put the folder back from a copy, or .* GRAPPE_DATA and import an export into it; "grappe salvage"/;

describe('a store whose process was killed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await killedStore(RECORDS);
  });

  it('has everything that was acknowledged, though commits without a trace came between', async () => {
    const copy = await copyOf(folder);
    expect(await opened(copy)).toBe(RECORDS);
    expect(await opened(copy)).toBe(RECORDS);
  });

  it('says so wherever its log of writes was cut, and changes nothing', async () => {
    const whole = readFileSync(logOf(folder)).length;
    for (let cut = 0; cut < CUTS; cut++) {
      const copy = await copyOf(folder);
      truncateSync(logOf(copy), Math.floor((whole * cut) / CUTS));
      const bytes = readFileSync(logOf(copy));
      const said = await opened(copy);
      expect(said).toMatch(/lacks changes that were acknowledged: it ends at commit \d+, and commit \d+ was ack/);
      expect(said).toMatch(REMEDY);
      expect(readFileSync(logOf(copy))).toEqual(bytes);
      expect(await opened(copy)).toBe(said);
    }
  });

  it.each<[what: string, harm: (folder: string) => void]>([
    ['its log is gone', (copy) => rmSync(join(copy, 'graph.grafeo.wal'), { recursive: true })],
    ['its file is gone', (copy) => rmSync(join(copy, 'graph.grafeo'))],
    [
      'both are gone',
      (copy) => {
        rmSync(join(copy, 'graph.grafeo'));
        rmSync(join(copy, 'graph.grafeo.wal'), { recursive: true });
      },
    ],
  ])('says so when %s', async (_, harm) => {
    const copy = await copyOf(folder);
    harm(copy);
    const said = await opened(copy);
    expect(said).toMatch(/lacks changes that were acknowledged/);
    expect(said).toMatch(REMEDY);
  });

  it('is taken as it is after "grappe salvage", which says what is lost', async () => {
    const copy = await copyOf(folder);
    truncateSync(logOf(copy), Math.floor(readFileSync(logOf(copy)).length / 2));
    const environment = { GRAPPE_DATA: copy };
    const rejected = grappe(['check'], environment);
    expect(await rejected.ended).toBe(1);
    expect(rejected.said()).toMatch(REMEDY);
    expect(rejected.said()).not.toContain('    at ');
    const salvaged = grappe(['salvage'], environment);
    expect(await salvaged.ended).toBe(0);
    expect(salvaged.said()).toMatch(/ends at commit \d+: commits up to \d+ are lost/);
    const left = await opened(copy);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(RECORDS);
    expect(await opened(copy)).toBe(left);
  });

  it('is rejected when its log is damaged in its middle, and salvaged up to there', async () => {
    // What the engine knows to be on the disk it does not take for the end of a write that was under way.
    const copy = await killedStore(RECORDS, 1_000);
    const file = logOf(copy);
    const bytes = readFileSync(file);
    bytes.fill('X', Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 8);
    writeFileSync(file, bytes);
    const said = await opened(copy);
    expect(said).toMatch(/The log of writes of the store in .* is damaged/);
    expect(said).toMatch(REMEDY);
    expect(readFileSync(file)).toEqual(bytes);
    expect(await grappe(['salvage'], { GRAPPE_DATA: copy }).ended).toBe(0);
    expect(await opened(copy)).toBeGreaterThan(0);
  });

  it('is rejected when the record of its commits is unreadable', async () => {
    const copy = await copyOf(folder);
    writeFileSync(join(copy, 'graph.grafeo.commits'), 'nonsense');
    expect(await opened(copy)).toMatch(/graph\.grafeo\.commits is damaged.*salvage/);
    expect(await grappe(['salvage'], { GRAPPE_DATA: copy }).ended).toBe(0);
    expect(await opened(copy)).toBe(RECORDS);
  });
});

describe('a store that was closed', () => {
  it('is noticed to be replaced by an older copy of itself', async () => {
    const folder = await scratchFolder();
    const write = statement<never>('write', 'CREATE (n:Fixture)');
    const older = await scratchFolder();
    for (let time = 0; time < 2; time++) {
      const engine = await openEngine({ engine: 'grafeo', folder });
      await engine.write((transaction) => transaction.run(write));
      await engine.close();
      if (time === 0) cpSync(join(folder, 'graph.grafeo'), join(older, 'graph.grafeo'));
    }
    expect(await opened(folder)).toBe(2);
    cpSync(join(older, 'graph.grafeo'), join(folder, 'graph.grafeo'));
    expect(await opened(folder)).toMatch(/ends at commit 1, and commit 2 was acknowledged/);
  });

  it('of a version without a record is accepted as it is', async () => {
    const folder = await killedStore(3);
    rmSync(join(folder, 'graph.grafeo.commits'));
    expect(await opened(folder)).toBe(3);
  });

  it.each([
    ['is damaged', (file: string) => writeFileSync(file, readFileSync(file).fill('X', 12))],
    ['is no store', (file: string) => writeFileSync(file, 'hello')],
    ['was cut', (file: string) => truncateSync(file, 5_000)],
    ['is empty', (file: string) => truncateSync(file, 0)],
  ])('whose file %s says so', async (_, harm) => {
    const folder = await scratchFolder();
    const engine = await openEngine({ engine: 'grafeo', folder });
    await engine.write((transaction) => transaction.run(statement<never>('write', 'CREATE (n:Fixture)')));
    await engine.close();
    const file = join(folder, 'graph.grafeo');
    harm(file);
    expect(await opened(folder)).toMatch(/is damaged, or none of Grappe's: put the folder back from a copy/);
  });
});
