import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { verifyGraph } from '../../src/editing/verify.ts';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { emptyGraph } from '../support/graph.ts';
import { neo4jUnderTest } from '../support/neo4j-under-test.ts';
import { grappe } from '../support/process.ts';
import { amount } from '../support/tier.ts';

const KILLS = amount({ usual: 6, neo4j: 3, long: inject('engine') === 'neo4j' ? 20 : 100 });

/** A fixture: organisations and projects that exist nowhere, enough of them that an import takes a few seconds. */
function fixture(): string {
  const folder = mkdtempSync(join(tmpdir(), 'grappe-crash-'));
  const random = (seed: number): number => ((seed * 2_654_435_761) >>> 0) / 2 ** 32;
  const rows = (count: number, row: (place: number) => string): string =>
    `${Array.from({ length: count }, (_, place) => row(place)).join('\n')}\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sources.csv'), 'id,title\nsource/fixture,A fixture\n');
  writeFileSync(
    join(folder, 'organisations.csv'),
    `id,name,kind,sources\n${rows(5_000, (place) => `organisation/crash-${place},Organisation ${place},COMPANY,source/fixture`)}`,
  );
  writeFileSync(
    join(folder, 'projects.csv'),
    `id,name,start,end,sources\n${rows(3_000, (place) => `project/crash-${place},Project ${place},${2000 + (place % 20)},${place % 3 ? 2023 : ''},source/fixture`)}`,
  );
  writeFileSync(
    join(folder, 'participations.csv'),
    `project,participant,sources\n${rows(9_000, (place) => `project/crash-${place % 3_000},organisation/crash-${Math.floor(random(place + 1) ** 2 * 5_000)},source/fixture`)}`,
  );
  return folder;
}

async function killedImport(folder: string, afterMs: number): Promise<void> {
  const { ended, kill } = grappe(['import', folder, '--rejected', join(folder, 'rejected.csv')]);
  await Promise.race([ended, pause(afterMs)]);
  await kill();
}

const settings = () => {
  const neo4j = inject('engine') === 'neo4j' ? neo4jUnderTest() : null;
  return neo4j
    ? ({ engine: 'neo4j', ...neo4j } as const)
    : ({ engine: 'grafeo', folder: process.env.GRAPPE_DATA! } as const);
};

const countOf = (label: string) =>
  statement<{ count: number }>(`countOf_${label}`, `MATCH (n:${label}) RETURN count(n) AS count`);

describe('an import that is killed', () => {
  it(`leaves a graph that the next import makes whole, ${KILLS} times over`, { timeout: KILLS * 60_000 }, async () => {
    // Other files have written to the one Neo4j: what they left is not what an import leaves.
    await (await emptyGraph()).engine.close();
    const folder = fixture();
    for (let kill = 0; kill < KILLS; kill++) {
      // From before the store is open to after the last batch, in an order that repeats on every run.
      await killedImport(folder, 250 + ((kill * 617) % 2_300));
    }
    const engine = await openEngine(settings());
    try {
      const last = await importFolder(engine, folder);
      expect(last.rejected).toBe(0);
      expect(await verifyGraph(engine)).toEqual([]);
      expect(await engine.read(countOf('Organisation'))).toEqual([{ count: 5_000 }]);
      expect(await engine.read(countOf('Project'))).toEqual([{ count: 3_000 }]);
      expect(await importFolder(engine, folder)).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    } finally {
      await engine.close();
    }
  });
});
