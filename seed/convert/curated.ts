import { join } from 'node:path';
import { claimRows } from './claims.ts';
import { indicatorRows } from './indicators.ts';
import { livesOf } from './lives.ts';
import { membershipRows, rowsLeftOut } from './memberships.ts';
import { networkRows, topicRows } from './networks.ts';
import { organisationRows } from './organisations.ts';
import { partnershipRows } from './partnerships.ts';
import { participationRows, projectRows } from './projects.ts';
import { readRaw } from './raw.ts';
import { openSources } from './sources.ts';
import { successionRows } from './successions.ts';
import { type FileName, type Row, writeTable } from './table.ts';
import { territoryPartRows, territoryRows } from './territories.ts';

/** Converts the curated raw data into the import's files in `curated/`, and says how many rows each has and what was left out. */
export async function convertCurated(dataDir: string, outDir: string): Promise<void> {
  const raw = await readRaw(dataDir);
  const sources = openSources(raw);
  const lifeOf = livesOf(raw);
  const write = async <F extends FileName>(file: F, rows: readonly Row<F>[]) => {
    await writeTable(join(outDir, 'curated'), file, rows);
    console.log(`${String(rows.length).padStart(6)}  ${file}`);
  };
  await write('sources.csv', sources.rows);
  await write('territories.csv', territoryRows());
  await write('territory_parts.csv', territoryPartRows());
  await write('topics.csv', topicRows(raw));
  await write('networks.csv', networkRows(raw, sources, lifeOf));
  await write('organisations.csv', organisationRows(raw, sources));
  await write('memberships.csv', membershipRows(raw, sources));
  await write('partnerships.csv', partnershipRows(raw, sources));
  await write('successions.csv', successionRows(raw, sources));
  await write('projects.csv', projectRows(raw, sources));
  await write('participations.csv', participationRows(raw, sources));
  await write('indicators.csv', indicatorRows(sources));
  await write('claims.csv', claimRows(raw, sources, lifeOf));
  for (const { who, where, role, reason } of rowsLeftOut(raw)) {
    console.log(`left out: ${who} in ${where}, "${role}". ${reason}`);
  }
}
