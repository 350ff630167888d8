import type { Config } from '../config.ts';
import { verifyGraph } from '../editing/verify.ts';
import { openExisting } from '../graph/open.ts';
import { openManifests } from '../server/documents/persisted-store.ts';
import { checkFormat } from '../transfer/store-format.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { type Remote, send } from './remote.ts';
import { throwBesideServer } from './with-engine.ts';

function saidOf(problems: readonly string[], say: (line: string) => void): ExitCode {
  for (const problem of problems) say(`  ${problem}`);
  say(problems.length === 0 ? 'The graph is consistent.' : 'The graph is inconsistent.');
  return problems.length === 0 ? EXIT.fine : EXIT.failed;
}

/** `grappe check --to`: a running server checks the consistency of its graph. Changes nothing. */
export async function runCheckAt(remote: Remote, say: (line: string) => void): Promise<ExitCode> {
  const { problems } = (await (await send(remote, '/check', { method: 'POST' })).json()) as { problems: string[] };
  say(`${remote.url} has checked its graph.`);
  return saidOf(problems, say);
}

/** `grappe check`: checks the settings, the connection and the consistency of the graph. Changes nothing. */
export async function runCheck(config: Config, say: (line: string) => void): Promise<ExitCode> {
  await openManifests(config.persistedDocuments);
  say('The settings are right.');
  for (const warning of config.warnings) say(`  note: ${warning}`);
  const engine = await openExisting(config.engine).catch((error: unknown) =>
    throwBesideServer(error, 'grappe check --to URL'),
  );
  try {
    const startedAt = performance.now();
    await engine.ping();
    say(`${engine.description} answers in ${(performance.now() - startedAt).toFixed(0)} ms.`);
    await checkFormat(engine);
    const problems = await verifyGraph(engine);
    return saidOf(problems, say);
  } finally {
    await engine.close();
  }
}
