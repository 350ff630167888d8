import { join } from 'node:path';
import { readPartners, readProjects } from '../../src/transfer/connectors/anr.ts';
import { CODE, DGPIE, PARTNER, projectId } from '../../src/transfer/connectors/anr-lists.ts';
import { type Known, KnownOrganisations } from '../../src/transfer/connectors/known-organisations.ts';
import { openPublished } from '../../src/transfer/connectors/published-csv.ts';
import { communeName } from './anr-places.ts';
import { identityOf, readPlaces } from './dgpie-partners.ts';
import { summaryOf } from './dgpie-summaries.ts';
import type { Named } from './named.ts';
import { writeTable } from './table.ts';

/** The list, in the state that was converted. */
const LIST = {
  ...DGPIE,
  source: {
    ...DGPIE.source,
    id: 'source/anr-dgpie-2022',
    title: `${DGPIE.source.title} (état du 12 mai 2022)`,
    publishedOn: '2022-05-12',
  },
};

/** The beginning of each project's summary, by the project: the connector leaves summaries, which name persons. */
async function summariesOf(file: string): Promise<Map<string, string>> {
  const summaries = new Map<string, string>();
  const { lines } = await openPublished(file, CODE);
  for await (const line of lines()) {
    summaries.set(projectId(line(...CODE)), summaryOf(line('Projet.Resume.Francais')));
  }
  return summaries;
}

const knownOf = ({ id, names: [name = '', ...aliases], territory, city, projects }: Named): Known => ({
  ...{ id, name, aliases, kind: 'UNKNOWN', city: city || null },
  seats: territory === undefined ? [] : [[communeName(territory), null, null]],
  projectCount: projects,
});

/**
 * Converts the ANR's list of the Investissements d'avenir into the import's files, `<outDir>/dgpie/*.csv`, by the connector
 * of the list. Partners that the other parts of the seed have already are those.
 */
export async function convertDgpie(dataDir: string, outDir: string, named: readonly Named[]): Promise<void> {
  const [projectFile, partnerFile] = ['projects.csv', 'participations.csv'].map((file) => join(dataDir, 'dgpie', file));
  const projects = await readProjects(LIST, await openPublished(projectFile!, CODE));
  const summaries = await summariesOf(projectFile!);
  const published = await openPublished(partnerFile!, [...CODE, PARTNER]);
  const { partnerOf, territoryOf } = await readPlaces(published);
  const known = new KnownOrganisations(named.map(knownOf));
  const { files, matched, added, doubtful } = await readPartners(LIST, published, known, {
    partnerOf,
    identityOf: identityOf(known),
  });
  const organisations = files['organisations.csv']!.map((row) => ({ ...row, territory: territoryOf(row.name!) }));

  const dir = join(outDir, 'dgpie');
  await writeTable(dir, 'sources.csv', [LIST.source], 'filled columns');
  await writeTable(dir, 'organisations.csv', organisations, 'filled columns');
  await writeTable(
    dir,
    'projects.csv',
    projects.files['projects.csv']!.map((row) => ({ ...row, summary: summaries.get(row.id!) })),
    'filled columns',
  );
  await writeTable(dir, 'participations.csv', files['participations.csv']!, 'filled columns');
  console.log(
    `DGPIE: ${projects.read} projects, ${files['participations.csv']!.length} participations; ` +
      `${matched} known organisations and ${added} new ones. Doubtful:\n${doubtful.join('\n')}`,
  );
}
