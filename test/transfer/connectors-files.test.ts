import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { MatchedGraph } from '../../src/transfer/connectors/matched-graph.ts';
import { CONNECTORS, type ConnectorName } from '../../src/transfer/connectors/run.ts';
import { dateOfSerial, isDateFormat } from '../../src/transfer/connectors/xlsx-cells.ts';
import { scratchFolder } from '../support/world.ts';

// What a published file may be beside what is expected. The workbooks are fixtures that openpyxl has written.

async function* nothing(): AsyncGenerator<never> {}
const EMPTY: MatchedGraph = { organisations: nothing, networks: nothing };

const workbook = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname;

async function file(name: string, contents: string | Uint8Array): Promise<string> {
  const path = join(await scratchFolder(), name);
  await writeFile(path, contents);
  return path;
}

const problemOf = (connector: ConnectorName, path: string): Promise<string> =>
  CONNECTORS[connector](path, EMPTY).then(
    () => 'it was read',
    (error: Error) => `${error.name}: ${error.message.replaceAll(path, 'FILE')}`,
  );

describe('a workbook', () => {
  it('is read as its CSV would be: dates, numbers, texts in pieces, rows that are empty, the sheet behind another', async () => {
    const { files, read } = await CONNECTORS.anr(workbook('anr-projects.xlsx'), EMPTY);
    expect(read).toBe(2);
    expect(files['projects.csv']).toEqual([
      expect.objectContaining({
        ...{ id: 'project/anr-21-ce14-0001', name: 'FIXTURE', title: 'Un projet des tests', start: '2021-10-01' },
        ...{ funding: '250000.3', currency: 'EUR', programme: 'ANR CE14' },
      }),
      expect.objectContaining({ name: 'Un autre, « à part » & <entier>', start: '2021', funding: '' }),
    ]);
  });

  it('gives partners, with true and false as a CSV writes them', async () => {
    const { files } = await CONNECTORS.anr(workbook('anr-partners.xlsx'), EMPTY);
    expect(files['participations.csv']!.map(({ participant, role }) => `${participant} ${role}`)).toEqual([
      'organisation/laboratoire-de-genie-chimique COORDINATOR',
      'organisation/rnsr-200611689J PARTNER',
      'organisation/laboratoire-de-genie-chimique COORDINATOR',
    ]);
  });

  it('has dates by the formats of its cells, from 1900 or 1904', () => {
    expect(dateOfSerial(44470, false)).toBe('2021-10-01');
    expect(dateOfSerial(43008, true)).toBe('2021-10-01');
    expect(dateOfSerial(44470.5, false)).toBe('2021-10-01T12:00:00');
    const codes = ['dd/mm/yyyy', 'yyyy-mm-dd hh:mm:ss.000', '[$-409]d-mmm-yy;@', '[Red]0.00', '0.0 "dpt"', 'General'];
    expect(codes.map((code) => isDateFormat(170, code))).toEqual([true, true, true, false, false, false]);
    expect([14, 22, 2].map((id) => isDateFormat(id, undefined))).toEqual([true, true, false]);
  });

  it('that is cut, or a ZIP of something else, is an error that says what to do', async () => {
    const whole = await readFile(workbook('anr-projects.xlsx'));
    expect(await problemOf('anr', await file('cut.xlsx', whole.subarray(0, 3000)))).toMatch(
      /^CsvFileError: FILE is a ZIP that cannot be read .*download it again/,
    );
    const other = Buffer.from(whole);
    for (let at = other.indexOf('xl/workbook.xml'); at >= 0; at = other.indexOf('xl/workbook.xml')) {
      other.write('xx/workbook.xml', at);
    }
    expect(await problemOf('sirene', await file('StockUniteLegale_utf8.zip', other))).toBe(
      'CsvFileError: FILE is a ZIP and no workbook (XLSX): unpack it, and name the file that was in it.',
    );
    expect(await problemOf('ror', await file('ror.zip', whole))).toBe(
      'CsvFileError: FILE is a ZIP: unpack it, and name the file in it.',
    );
  });
});

describe('a file that is not what is expected', () => {
  const PARTNERS = 'Projet.Code_Decision;Projet.Partenaire.Nom_organisme';
  const ROR = '{"id":"https://ror.org/02feahw73","names":[{"value":"CNRS","types":["ror_display"]}]}';

  it.each<[what: string, connector: ConnectorName, contents: string | Uint8Array, problem: RegExp]>([
    ['empty', 'ror', '', /is empty: download it again/],
    ['empty', 'rnsr', '', /is empty: download it again/],
    ['packed', 'dgpie', gzipSync('a,b'), /is packed \(gzip\): unpack it/],
    ['Parquet', 'sirene', 'PAR1....', /is Parquet, which is not read: take the CSV/],
    ['of Excel before 2007', 'anr', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /is a workbook of before 2007/],
    ['Latin-1', 'anr', Buffer.from(`${PARTNERS}\nANR-1;Génie`, 'latin1'), /is not UTF-8 \(line 2\)/],
    ['Latin-1', 'ror', Buffer.from(ROR.replace('CNRS', 'Génie'), 'latin1'), /is not UTF-8/],
    ['JSON of something else', 'ror', '[{"id":"x"}]', /is no dump of ROR/],
    [
      'a dump of schema 1',
      'ror',
      '[{"id":"https://ror.org/02feahw73","name":"CNRS"}]',
      /schema 1: take the file of schema 2/,
    ],
    ['a CSV', 'ror', 'id,name\n1,2', /is not a JSON array of objects/],
    ['a dump of ROR', 'anr', `[${ROR}]`, /is no list of the ANR/],
    ['a list of the ANR', 'rnsr', `${PARTNERS}\nANR-1;X`, /is no list of the RNSR/],
    ['a list of the ANR', 'sirene', `${PARTNERS}\nANR-1;X`, /is no list of SIRENE/],
    ['a list of the ANR', 'cordis', `${PARTNERS}\nANR-1;X`, /is no list of CORDIS/],
    [
      'the other list',
      'anr',
      `${PARTNERS}\nANR-10-LABX-0001;X`,
      /Investissements d'avenir: import it with --from dgpie/,
    ],
    ['the other list', 'dgpie', `${PARTNERS}\nANR-21-CE14-0001;X`, /import it with --from anr/],
  ])('%s: %s says so', async (_, connector, contents, problem) => {
    const said = await problemOf(connector, await file('published', contents));
    expect(said).toMatch(problem);
    expect(said).toMatch(/^CsvFileError: /);
  });

  it.each<ConnectorName>(['ror', 'anr', 'rnsr'])('a folder, or nothing: %s says so', async (connector) => {
    const folder = join(await scratchFolder(), 'folder');
    await mkdir(folder);
    expect(await problemOf(connector, folder)).toBe('CsvFileError: FILE is a folder: name the file that is in it.');
    expect(await problemOf(connector, join(folder, 'none'))).toBe(
      'CsvFileError: There is no file FILE: look at its path.',
    );
  });

  it('is read but for the lines that are cut, which are named', async () => {
    const path = await file('cut.csv', `${PARTNERS}\nANR-21-CE14-0001;Atelier\n\nANR-21-CE14-0002`);
    const { read, unreadable, files } = await CONNECTORS.anr(path, EMPTY);
    expect(unreadable.map((line) => line.replace(path, 'FILE'))).toEqual([
      'FILE, line 4: it has 1 cells, the first line 2',
    ]);
    expect([read, files['participations.csv']!.length]).toEqual([1, 1]);
  });

  it('does not stand in the way of a workbook beside it in a folder', async () => {
    const folder = await scratchFolder();
    await copyFile(workbook('anr-projects.xlsx'), join(folder, 'project.xlsx'));
    expect(await problemOf('cordis', folder)).toMatch(/is no list of CORDIS/);
  });
});
