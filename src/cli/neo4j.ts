import { startLocalNeo4j } from '../neo4j-local.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** The folder and the port of a local Neo4j. */
export interface Neo4jCommand {
  readonly folder: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

/** `grappe neo4j`: runs a Neo4j Community from its Maven artefacts until it is stopped, and shows how to use it. */
export async function runNeo4j({ folder, port, signal }: Neo4jCommand, say: (line: string) => void): Promise<ExitCode> {
  const server = await startLocalNeo4j({ folder, port, log: say });
  say('Give Grappe these settings to use it:');
  say(`  NEO4J_URI=${server.uri} NEO4J_USER=${server.user} NEO4J_PASSWORD=${server.password}`);
  say('It runs until you stop it (Ctrl+C).');
  const { promise: stopped, resolve } = Promise.withResolvers<'stopped'>();
  signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  if (signal.aborted) resolve('stopped');
  const how = await Promise.race([stopped, server.ended.then(() => 'by itself' as const)]);
  await server.stop();
  if (how === 'stopped') return EXIT.fine;
  say(`Neo4j ended by itself: its log is in ${folder}/logs.`);
  return EXIT.failed;
}
