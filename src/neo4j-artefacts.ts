import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { makeFolder } from './graph/make-folder.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `UNAVAILABLE`: this machine lacks Java or Maven; `FAILED`: it has both, and yet Neo4j did not come up. */
export type LocalNeo4jErrorCode = 'UNAVAILABLE' | 'FAILED';

/** Why no Neo4j was started; the message names the remedy, or ends in the last lines of the log. */
export class LocalNeo4jError extends Error {
  override readonly name = 'LocalNeo4jError';
  readonly code: LocalNeo4jErrorCode;

  constructor(code: LocalNeo4jErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The newest calendar version that was tried; it needs Java 21. */
const NEWEST_VERSION = '2026.09.0';

/** The long-term release, for Java 17. */
const LTS_VERSION = '5.26.30';

const WITHOUT_IT = 'or point NEO4J_URI at a Neo4j that runs elsewhere';

/** A Java that was found. */
export interface Java {
  readonly path: string;
  readonly major: number;
  /** As Java writes it: `25.0.1`. */
  readonly release: string;
}

/** What it takes to run one version of Neo4j here. */
export interface Neo4jTools {
  readonly java: Java;
  readonly version: string;
  /** Folder of this version's jars. */
  readonly jars: string;
  /** Null if the jars exist and Maven is not needed. */
  readonly maven: string | null;
}

/**
 * Chooses Java, the version of Neo4j that it can run, and the folder of its jars. Throws a LocalNeo4jError UNAVAILABLE
 * if Java or Maven is missing.
 */
export function findNeo4jTools(env: Environment): Neo4jTools {
  const java = newestJava(env);
  const requested = env.NEO4J_VERSION;
  const needed = requested === undefined || requested.startsWith('5.') ? 17 : 21;
  if (java === null || java.major < needed) {
    const none = env.NEO4J_JAVA === undefined ? 'none was found' : `NEO4J_JAVA=${env.NEO4J_JAVA} is no program`;
    const found = java === null ? none : `what was found is ${java.release}, at ${java.path}`;
    const what = requested === undefined ? 'A local Neo4j' : `Neo4j ${requested}`;
    throw new LocalNeo4jError(
      'UNAVAILABLE',
      `${what} needs Java ${needed} or newer and ${found}: install a JDK or name one with NEO4J_JAVA, ${WITHOUT_IT}.`,
    );
  }
  const version = requested ?? (java.major >= 21 ? NEWEST_VERSION : LTS_VERSION);
  const jars = resolve(env.NEO4J_JARS ?? join(homedir(), '.cache', 'neo4j-jars'), version);
  if (isComplete(jars)) return { java, version, jars, maven: null };
  const maven = onPath('mvn', env)[0];
  if (maven === undefined) {
    throw new LocalNeo4jError(
      'UNAVAILABLE',
      `Neo4j ${version} is fetched by Maven, and there is no mvn on the PATH: install Maven, ${WITHOUT_IT}.`,
    );
  }
  return { java, version, jars, maven };
}

/** The one that NEO4J_JAVA names, or else the newest one in the usual places. */
function newestJava(env: Environment): Java | null {
  const places =
    env.NEO4J_JAVA !== undefined
      ? [env.NEO4J_JAVA]
      : [
          ...(env.JAVA_HOME === undefined ? [] : [join(env.JAVA_HOME, 'bin', JAVA)]),
          ...onPath(JAVA, env),
          ...inFolder('/usr/lib/jvm', 'bin/java'),
          ...inFolder('/Library/Java/JavaVirtualMachines', 'Contents/Home/bin/java'),
        ];
  const paths = new Set(places.filter(isExecutable).map((place) => realpathSync(place)));
  return [...paths].map(identify).sort((a, b) => b.major - a.major)[0] ?? null;
}

const JAVA = process.platform === 'win32' ? 'java.exe' : 'java';

/** Reads the release from the file of the JDK, else from the program; major 0 if neither has it. */
function identify(path: string): Java {
  const file = join(dirname(dirname(path)), 'release');
  const noted = existsSync(file) ? /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(file, 'utf8')) : null;
  const found = noted ?? /version "([^"]+)"/.exec(spawnSync(path, ['-version'], { encoding: 'utf8' }).stderr ?? '');
  const release = found?.[1] ?? '0';
  return { path, release, major: Number.parseInt(release, 10) };
}

function onPath(name: string, env: Environment): string[] {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

function inFolder(folder: string, below: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, below)) : [];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isComplete(jars: string): boolean {
  return existsSync(join(jars, '.complete'));
}

/**
 * Fetches the jars unless they exist. Maven downloads them into another folder, which is then renamed, so that two
 * processes that start together do not disturb each other. Maven keeps its downloads, so that a second call is fast.
 */
export async function fetchNeo4jJars(tools: Neo4jTools, log: (line: string) => void): Promise<void> {
  const { java, version, jars, maven } = tools;
  if (maven === null) return;
  log(`Maven fetches Neo4j ${version} into ${jars}: about 155 MB, once`);
  makeFolder(dirname(jars));
  const partial = await mkdtemp(`${jars}.partial-`);
  try {
    const pom = join(partial, 'pom.xml');
    await writeFile(pom, pomOf(version));
    const goal = [
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(partial, 'lib')}`,
    ];
    const env = { ...process.env, JAVA_HOME: process.env.JAVA_HOME ?? dirname(dirname(java.path)) };
    const complaint = `Maven did not fetch Neo4j ${version} (is the network there?)`;
    await run(maven, ['--batch-mode', '--quiet', `--file=${pom}`, ...goal], env, complaint);
    await writeFile(join(partial, '.complete'), '');
    if (isComplete(jars)) return;
    if (existsSync(jars)) await rename(jars, join(partial, 'unfinished'));
    await rename(partial, jars).catch((error) => {
      if (!isComplete(jars)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function pomOf(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>grappe</groupId><artifactId>neo4j-jars</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`;
}

/** Runs a program to its end; throws a LocalNeo4jError FAILED with the complaint and what the program said. */
export async function run(program: string, words: string[], env: Environment, complaint: string): Promise<void> {
  const child = spawn(program, words, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new LocalNeo4jError('FAILED', `${complaint}:\n${said.trim().split('\n').slice(0, 20).join('\n')}`);
}
