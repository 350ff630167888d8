import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { FILES } from '../../src/transfer/files.ts';

/** A cell of a fixture; a list is written as the import's format writes lists. */
export type Cell = string | number | boolean | null | readonly (string | number)[];
export type Row = Readonly<Record<string, Cell>>;

/** The default source of fixtures: a reader of a log knows what they are. */
export const FIXTURE_SOURCE = 'source/fixture';

const written = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? cell.join(';') : String(cell);
};

/** A folder of this test file's own, thrown away after it. */
export function scratchFolder(): Promise<string> {
  return mkdtemp(join(process.env.GRAPPE_DATA ?? tmpdir(), 'fixture-'));
}

/**
 * A small world for a test, given fact by fact and written as the CSV files that the import reads. What is not given is
 * empty; every fact that needs a source names the fixture's.
 */
export class World {
  readonly #tables = new Map<string, Row[]>();
  readonly #texts = new Map<string, string | Uint8Array>();

  constructor() {
    this.source(FIXTURE_SOURCE, { title: 'A fixture of the tests' });
  }

  /** Adds a row to a file; its columns are those that its rows name. */
  row(file: string, row: Row): this {
    this.#tables.set(file, [...(this.#tables.get(file) ?? []), row]);
    return this;
  }

  /** Replaces a file by bytes, be they CSV or not. */
  text(file: string, content: string | Uint8Array): this {
    this.#texts.set(file, content);
    return this;
  }

  source(id: string, more: Row = {}): this {
    return this.row('sources.csv', { id, title: id, ...more });
  }

  territory(id: string, more: Row = {}): this {
    return this.row('territories.csv', { id, name: id, level: 'OTHER', ...more });
  }

  part(part: string, whole: string, more: Row = {}): this {
    return this.row('territory_parts.csv', { part, whole, ...more });
  }

  topic(id: string, more: Row = {}): this {
    return this.row('topics.csv', { id, name: id, scheme: 'SECTOR', ...more });
  }

  organisation(name: string, more: Row = {}): this {
    return this.row('organisations.csv', { name, kind: 'COMPANY', sources: FIXTURE_SOURCE, ...more });
  }

  pole(name: string, more: Row = {}): this {
    return this.row('networks.csv', { type: 'POLE', name, sources: FIXTURE_SOURCE, ...more });
  }

  cluster(name: string, more: Row = {}): this {
    return this.row('networks.csv', { type: 'CLUSTER', name, sources: FIXTURE_SOURCE, ...more });
  }

  member(member: string, network: string, more: Row = {}): this {
    return this.row('memberships.csv', { member, network, sources: FIXTURE_SOURCE, ...more });
  }

  affiliation(organisation: string, parent: string, more: Row = {}): this {
    return this.row('affiliations.csv', { organisation, parent, sources: FIXTURE_SOURCE, ...more });
  }

  partners(from: string, to: string, more: Row = {}): this {
    return this.row('partnerships.csv', { from, to, kind: 'SUPPLY', sources: FIXTURE_SOURCE, ...more });
  }

  succession(from: string, to: string, more: Row = {}): this {
    return this.row('successions.csv', { from, to, kind: 'MERGE', sources: FIXTURE_SOURCE, ...more });
  }

  label(network: string, label: string, more: Row = {}): this {
    return this.row('labels.csv', { network, label, sources: FIXTURE_SOURCE, ...more });
  }

  project(id: string, more: Row = {}): this {
    return this.row('projects.csv', { id, name: id, sources: FIXTURE_SOURCE, ...more });
  }

  takesPart(participant: string, project: string, more: Row = {}): this {
    return this.row('participations.csv', { project, participant, sources: FIXTURE_SOURCE, ...more });
  }

  patent(number: string, more: Row = {}): this {
    return this.row('patents.csv', { number, sources: FIXTURE_SOURCE, ...more });
  }

  production(patent: string, territory: string, more: Row = {}): this {
    return this.row('productions.csv', { patent, territory, sources: FIXTURE_SOURCE, ...more });
  }

  indicator(about: string, measure: string, value: number, more: Row = {}): this {
    return this.row('indicators.csv', { about, measure, value, from: '2016', sources: FIXTURE_SOURCE, ...more });
  }

  claim(about: string, field: string, value: string, more: Row = {}): this {
    return this.row('claims.csv', { about, field, value, sources: FIXTURE_SOURCE, ...more });
  }

  /** Writes the files into a new folder and returns its path. */
  async write(): Promise<string> {
    const folder = await scratchFolder();
    for (const [file, rows] of this.#tables) {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const table = [columns, ...rows.map((row) => columns.map((column) => written(row[column])))];
      await writeFile(join(folder, file), stringify(table));
    }
    for (const [file, content] of this.#texts) await writeFile(join(folder, file), content);
    return folder;
  }

  /** The rows given so far, by file in the order in which the import reads them. */
  get tables(): readonly (readonly [file: string, rows: readonly Row[]])[] {
    return FILES.map(({ file }) => [file, this.#tables.get(file) ?? []] as const);
  }
}
