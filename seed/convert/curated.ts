import { join } from 'node:path';
import { claimRows } from './claims.ts';
import { conceptRows } from './concepts.ts';
import { openFacts } from './facts.ts';
import { indicatorRows } from './indicators.ts';
import { labelRows, POLE_LABEL } from './labels.ts';
import { lifespansOf } from './lifespans.ts';
import { membershipRows, rowsLeftOut } from './memberships.ts';
import type { Named } from './named.ts';
import { networkRows } from './networks.ts';
import { organisationRows, writtenNames } from './organisations.ts';
import { partnershipRows } from './partnerships.ts';
import { participationRows, projectRows } from './projects.ts';
import { readRaw } from './raw.ts';
import { openSources } from './sources.ts';
import { successionRows } from './successions.ts';
import { type FileName, type Row, writeTable } from './table.ts';
import { territoryPartRows, territoryRows } from './territories.ts';
import { topicRows } from './topics.ts';

/** The communes that rows refer to. */
function communesIn(tables: readonly (readonly object[])[]): Set<string> {
  return new Set(JSON.stringify(tables).match(/territory\/commune-\w+/g));
}

/**
 * Converts the curated raw data into the import's files in `curated/`, and says how many rows each has and what was left
 * out. The communes that nothing there refers to go to `communes/`, so that a first answer need not wait for them.
 * Returns the organisations and networks with every name that the raw data give them.
 */
export async function convertCurated(dataDir: string, outDir: string): Promise<readonly Named[]> {
  const raw = await readRaw(dataDir);
  const sources = openSources(raw);
  const book = openFacts(raw, sources);
  const inputs = { raw, sources, book, lifespanOf: lifespansOf(raw) };
  const write = async <F extends FileName>(file: F, rows: readonly Row<F>[], part = 'curated') => {
    await writeTable(join(outDir, part), file, rows);
    console.log(`${String(rows.length).padStart(6)}  ${part}/${file}`);
  };
  const networks = networkRows(inputs);
  const networkIds = networks.map(({ id }) => String(id));
  const organisations = organisationRows(raw, sources);
  const withoutWebsite = networks.filter(({ website }) => !website).map(({ id }) => String(id));
  const labels = labelRows(inputs);
  const indicators = indicatorRows(networkIds, book, sources);
  const counted = new Set(indicators.filter(({ measure }) => measure === 'members').map(({ about }) => String(about)));
  const withLabel = labels.filter(({ label, until }) => label === POLE_LABEL && !until);
  const uncounted = withLabel.map(({ network }) => String(network)).filter((id) => !counted.has(id));
  const claims = claimRows(inputs, { website: new Set(withoutWebsite), members: new Set(uncounted) });
  const needed = communesIn([networks, organisations, claims]);
  const late = (id: unknown): boolean => String(id).startsWith('territory/commune-') && !needed.has(String(id));
  const early = (id: unknown): boolean => !late(id);
  await write('sources.csv', sources.rows);
  await write(
    'territories.csv',
    territoryRows().filter(({ id }) => early(id)),
  );
  await write(
    'territory_parts.csv',
    territoryPartRows().filter(({ part }) => early(part)),
  );
  await write(
    'territories.csv',
    territoryRows().filter(({ id }) => late(id)),
    'communes',
  );
  await write(
    'territory_parts.csv',
    territoryPartRows().filter(({ part }) => late(part)),
    'communes',
  );
  await write('topics.csv', [...topicRows(raw, book, networkIds), ...conceptRows(sources)]);
  await write('networks.csv', networks);
  await write('organisations.csv', organisations);
  await write('memberships.csv', membershipRows(raw, sources));
  await write('partnerships.csv', partnershipRows(raw, sources));
  await write('successions.csv', successionRows(raw, sources));
  await write('labels.csv', labels);
  await write('projects.csv', projectRows(raw, sources));
  await write('participations.csv', participationRows(raw, sources));
  await write('indicators.csv', indicators);
  await write('claims.csv', claims);
  for (const { who, where, role, reason } of rowsLeftOut(raw)) {
    console.log(`left out: ${who} in ${where}, "${role}". ${reason}`);
  }
  const written = writtenNames(raw);
  return [...organisations, ...networks].map(({ id, name, aliases, territory, city }) => ({
    id: String(id),
    names: [String(name), ...((aliases ?? []) as readonly string[]), ...(written.get(String(id)) ?? [])],
    territory: territory === undefined ? undefined : String(territory).replace(/@.*/, ''),
    city: String(city ?? ''),
    // Curated records come before those of a dump.
    projects: Number.MAX_SAFE_INTEGER,
  }));
}
