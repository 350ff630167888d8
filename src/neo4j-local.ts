import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder } from './graph/make-folder.ts';
import {
  type Environment,
  fetchNeo4jJars,
  findNeo4jTools,
  LocalNeo4jError,
  type Neo4jTools,
  run,
} from './neo4j-artefacts.ts';

/** A Neo4j Community server that this process started and that ends with it. */
export interface LocalNeo4j {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly version: string;
  readonly pid: number;
  /** Resolves when the server has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  /** Shuts it down cleanly and waits for its end; the data stay. Calling it again does nothing. */
  stop(): Promise<void>;
}

export interface LocalNeo4jOptions {
  /** The folder of the configuration, the data and the logs; created if missing. */
  readonly folder: string;
  /** Bolt's port on 127.0.0.1; 0, the default, is any free one. */
  readonly port?: number;
  /** Set when the folder is first used. A folder with data has its own password already. */
  readonly password?: string;
  /** Further settings of Neo4j, by their names in neo4j.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Further options of Java. */
  readonly javaOptions?: readonly string[];
  /** Called with a line for each step that takes time. */
  readonly log?: (line: string) => void;
}

/** The default password of a database that only this machine can reach. */
export const LOCAL_NEO4J_PASSWORD = 'grappe-local';

/** A slow machine's first start takes some 20 s. */
const START_LIMIT_MS = 120_000;

/** A shutdown takes 0.3 s, and 4 s where it writes the archive of classes; after this it has gone wrong. */
const STOP_LIMIT_MS = 60_000;

/** Whether `startLocalNeo4j` finds what it needs here: Java, and Maven unless the jars were fetched before. */
export function canStartNeo4j(
  env: Environment = process.env,
): { readonly available: true } | { readonly available: false; readonly reason: string } {
  try {
    findNeo4jTools(env);
    return { available: true };
  } catch (error) {
    if (error instanceof LocalNeo4jError) return { available: false, reason: error.message };
    throw error;
  }
}

/**
 * Starts Neo4j Community from its Maven artefacts, without Docker, and resolves once it answers on Bolt: about 5 s,
 * later 3, and a minute the first time, when Maven fetches 155 MB. NEO4J_JAVA names a java, NEO4J_VERSION a version,
 * NEO4J_JARS the folder of the jars, NEO4J_HEAP and NEO4J_PAGECACHE its memory. Throws a LocalNeo4jError.
 */
export async function startLocalNeo4j(options: LocalNeo4jOptions): Promise<LocalNeo4j> {
  const { password = LOCAL_NEO4J_PASSWORD, javaOptions = [], log = () => {} } = options;
  const env: Environment = process.env;
  const tools = findNeo4jTools(env);
  await fetchNeo4jJars(tools, log);
  const { java, version } = tools;

  const folder = resolve(options.folder);
  const port = options.port || (await freePort());
  await layOut(folder, { version, port, settings: options.settings ?? {} }, env);
  if (!existsSync(join(folder, 'data', 'databases'))) await setPassword(tools, folder, password);

  log(`Neo4j ${version} is starting on Java ${java.major}`);
  const begun = performance.now();
  const consoleLog = join(folder, 'logs', 'console.log');
  const archive = archiveOf(tools);
  const recorded = existsSync(archive) ? null : join(folder, 'classes.jsa');
  const archiving = recorded === null ? `-XX:SharedArchiveFile=${archive}` : `-XX:ArchiveClassesAtExit=${recorded}`;
  const memory = `-Xmx${env.NEO4J_HEAP ?? '1g'}`;
  const { child, pid } = await launch(tools, folder, consoleLog, [archiving, memory, ...javaOptions]);
  const ended = endWithParent(child, pid);

  async function stop(): Promise<void> {
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(deadline);
    if (recorded !== null) await keepArchive(recorded, archive);
  }

  if (!(await comesUp(child, port, consoleLog))) {
    child.kill('SIGKILL');
    await ended;
    const lines = readFileSync(consoleLog, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
    throw new LocalNeo4jError('FAILED', `Neo4j ${version} did not start; its log ${consoleLog} ends:\n${lines}`);
  }
  const uri = `bolt://127.0.0.1:${port}`;
  log(`Neo4j ${version} answers at ${uri} after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return { uri, user: 'neo4j', password, version, pid, ended, stop };
}

/** The small collector and a roomy metaspace start soonest; the openings are those that Neo4j's own launcher makes. */
const JVM_OPTIONS = [
  '-XX:+UseSerialGC',
  '-XX:MetaspaceSize=256m',
  '-XX:+ExitOnOutOfMemoryError',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '--enable-native-access=ALL-UNNAMED',
];

/** Makes the folders that Neo4j expects and writes its configuration: Bolt on the loopback address and nothing else. */
async function layOut(
  folder: string,
  { version, port, settings: more }: { version: string; port: number; settings: Readonly<Record<string, string>> },
  env: Environment,
): Promise<void> {
  for (const name of ['conf', 'data', 'logs', 'plugins', 'import']) makeFolder(join(folder, name));
  const settings = {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'server.bolt.advertised_address': `127.0.0.1:${port}`,
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'dbms.usage_report.enabled': 'false',
    'server.memory.pagecache.size': env.NEO4J_PAGECACHE ?? '256m',
    // Without these Bolt waits twice 5 s for new requests after the databases were closed.
    ...(version.startsWith('5.')
      ? { 'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0' }
      : { 'internal.dbms.bolt.netty_server_shutdown_quiet_period_duration': '0s' }),
    ...more,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, 'conf', 'neo4j.conf'), lines.join(''));
}

/** The archive of classes that a first run leaves for all later ones of the same Java. */
const archiveOf = ({ java, jars }: Neo4jTools): string => join(jars, `classes-java-${java.release}.jsa`);

/** Sets the password of the user neo4j, which Neo4j allows only before its first start. */
async function setPassword(tools: Neo4jTools, folder: string, password: string): Promise<void> {
  const { java, jars } = tools;
  const archive = archiveOf(tools);
  const home = { ...process.env, NEO4J_HOME: folder, NEO4J_CONF: join(folder, 'conf') };
  const words = ['org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', password];
  // It runs for a second: with the classes of the server and one compiler it takes 0.8 s of processor, without 1.8.
  const archived = existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : [];
  const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', ...archived, '-cp', join(jars, 'lib', '*')];
  await run(java.path, [...options, ...words], home, 'The initial password was not set');
}

/**
 * Starts the server's process, in a group of its own so that Ctrl-C reaches us and not it, and its output in a file.
 */
async function launch(
  { java, jars, version }: Neo4jTools,
  folder: string,
  consoleLog: string,
  options: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly pid: number }> {
  const main = version.startsWith('5.') ? 'CommunityEntryPoint' : 'Neo4jCommunity';
  const places = [`--home-dir=${folder}`, `--config-dir=${join(folder, 'conf')}`, '--console-mode'];
  const classPath = ['-cp', join(jars, 'lib', '*')];
  const output = openSync(consoleLog, 'w');
  const child = spawn(java.path, [...JVM_OPTIONS, ...options, ...classPath, `org.neo4j.server.${main}`, ...places], {
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  closeSync(output);
  if (child.pid !== undefined) return { child, pid: child.pid };
  const [error] = await once(child, 'error');
  throw new LocalNeo4jError('FAILED', `${java.path} could not be run: ${error}`);
}

/**
 * Makes sure that the server does not outlive us: a shell holds the other end of a pipe, which closes however we end,
 * and then sends SIGTERM. Resolves at the server's end.
 */
async function endWithParent(child: ChildProcess, pid: number): Promise<void> {
  const atExit = () => child.kill('SIGTERM');
  process.once('exit', atExit);
  const shell = process.platform === 'win32' ? null : watchFromShell(pid);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  shell?.kill('SIGKILL');
  process.off('exit', atExit);
}

function watchFromShell(pid: number): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', 'read -r line; kill "$1"', 'watch', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  return shell;
}

/** Waits until the server says that it has started and Bolt answers; false when it ends or takes too long. */
async function comesUp(child: ChildProcess, port: number, consoleLog: string): Promise<boolean> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    if ((await readFile(consoleLog, 'utf8')).includes('Started.') && (await answersBolt(port))) return true;
    await wait(50);
  }
  return false;
}

/** Offers Bolt 5 and 4 in a handshake: any four bytes in return are a Bolt server's answer. */
function answersBolt(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const done = (answered: boolean) => {
      socket.destroy();
      settle(answered);
    };
    socket.once('connect', () => socket.write(Buffer.from('6060b01700000005000000040000000000000000', 'hex')));
    socket.once('data', (bytes) => done(bytes.length >= 4));
    socket
      .once('error', () => done(false))
      .once('timeout', () => done(false))
      .once('close', () => done(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new LocalNeo4jError('FAILED', 'No free port was found.');
  return address.port;
}

/**
 * Keeps the archive of loaded classes, with which later starts take half the time; one that was not written is no loss.
 */
async function keepArchive(recorded: string, archive: string): Promise<void> {
  if (!existsSync(recorded)) return;
  // Several may stop at the same time.
  const partial = `${archive}.${randomUUID()}`;
  try {
    await copyFile(recorded, partial);
    await rename(partial, archive);
  } catch {
    await rm(partial, { force: true });
  }
  await rm(recorded, { force: true });
}
