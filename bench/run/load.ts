import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { namespacedText } from '../../src/graph/neo4j/namespace.ts';
import { type LocalNeo4j, startLocalNeo4j } from '../../src/neo4j-local.ts';
import { writeFiles } from '../graph/files.ts';
import type { World } from '../graph/world.ts';
import { residentMegabytes, startNode } from './process.ts';
import { COMMAND, type Engines, engineEnvironment, root, type ServerKind } from './servers.ts';

/** How long an engine took to import the graph. */
export interface ImportResult {
  readonly rows: number;
  readonly seconds: number;
  /** The most memory that the program had at once, in MB, and Neo4j beside it; null where an earlier version did not note it. */
  readonly mostMegabytes: number | null;
  readonly databaseMegabytes: number | null;
  /** False when a graph of an earlier run was used. */
  readonly fresh: boolean;
}

export type Imports = Partial<Record<ServerKind['engine'], ImportResult>>;

/** What a loaded graph was made of; it is used again only for the same. */
interface Manifest {
  readonly size: string;
  readonly rows: number;
  readonly seconds: number;
  readonly mostMegabytes?: number;
  readonly databaseMegabytes?: number | null;
}

type Say = (line: string) => void;

function readManifest(file: string): Manifest | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null;
}

/** Imports by Grappe's own command line, as anybody would, and tells how it goes. Resolves to the most MB that it had. */
async function importWithGrappe(
  engine: ServerKind['engine'],
  engines: Engines,
  files: string,
  say: Say,
): Promise<number> {
  const log = join(files, `import-${engine}.log`);
  const child = startNode([...COMMAND, 'import', files, '--rejected', join(files, 'rejected.csv')], {
    environment: engineEnvironment(engine, engines),
    cwd: root,
    log,
  });
  let shown = 0;
  let most = 0;
  const tell = (): void => {
    most = residentMegabytes(child.pid)?.most ?? most;
    for (; shown < child.lines.length; shown++) say(`  ${engine}: ${child.lines[shown]!.trim()}`);
  };
  const telling = setInterval(tell, 1_000);
  const [code] = await once(child.process, 'close');
  clearInterval(telling);
  tell();
  if (code !== 0) throw new Error(`The import into ${engine} ended with ${code}: ${readFileSync(log, 'utf8')}`);
  return most;
}

/** A full-text index for those who have no search of their own: made by the bench, as their manuals say. */
async function makeFullText({ uri, user, password }: LocalNeo4j): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  try {
    await driver.executeQuery(
      namespacedText(`CREATE FULLTEXT INDEX bench_names IF NOT EXISTS FOR (o:Organisation) ON EACH [o.name, o.acronym]
       OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'standard-folding'}}`),
    );
    await driver.executeQuery('CALL db.awaitIndexes(300)');
  } finally {
    await driver.close();
  }
}

interface Loading {
  readonly world: World;
  /** Where loaded graphs are stored for other runs. */
  readonly store: string;
  /** Where this run works; equal to `store` when nothing is stored. */
  readonly work: string;
  readonly engines: readonly ServerKind['engine'][];
  readonly say: Say;
}

/**
 * Brings the graph into the engines that are asked for: from what an earlier run has stored, or by an import. What is stored
 * is never written to: the run works on a copy of Neo4j's, and each server on one of the embedded store.
 */
export async function loadGraph(loading: Loading): Promise<{ engines: Engines; imports: Imports }> {
  const { store, work, engines: chosen, say } = loading;
  const imports: Imports = {};
  const files = join(work, 'csv');
  let rows = 0;
  const written = (): number => {
    if (rows === 0) rows = writeFiles(loading.world, files);
    return rows;
  };
  const size = loading.world.size.name;
  for (const engine of chosen) {
    const storeFolder = join(store, engine);
    const manifestFile = join(store, `${engine}.json`);
    const manifest = readManifest(manifestFile);
    if (manifest?.size === size) {
      say(`${engine}: the graph that an earlier run has loaded`);
      const { rows, seconds, mostMegabytes = null, databaseMegabytes = null } = manifest;
      imports[engine] = { rows, seconds, mostMegabytes, databaseMegabytes, fresh: false };
    } else {
      rmSync(storeFolder, { recursive: true, force: true });
      mkdirSync(storeFolder, { recursive: true });
      const count = written();
      say(`${engine}: importing ${count.toLocaleString('en')} rows`);
      const server = engine === 'neo4j' ? await startLocalNeo4j({ folder: storeFolder, log: say }) : null;
      const begun = performance.now();
      const mostMegabytes = await importWithGrappe(engine, { neo4j: server, embeddedFolder: storeFolder }, files, say);
      const seconds = (performance.now() - begun) / 1_000;
      const databaseMegabytes = server && (residentMegabytes(server.pid)?.most ?? null);
      if (server) {
        await makeFullText(server);
        await server.stop();
      }
      const result = { rows: count, seconds, mostMegabytes, databaseMegabytes };
      writeFileSync(manifestFile, JSON.stringify({ size, ...result } satisfies Manifest));
      imports[engine] = { ...result, fresh: true };
    }
    if (work !== store && engine === 'neo4j') cpSync(storeFolder, join(work, engine), { recursive: true });
  }
  rmSync(files, { recursive: true, force: true });
  const neo4jFolder = join(work, 'neo4j');
  const server = chosen.includes('neo4j') ? await startLocalNeo4j({ folder: neo4jFolder, log: say }) : null;
  return { engines: { neo4j: server, embeddedFolder: join(store, 'embedded') }, imports };
}
