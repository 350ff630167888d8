import type { Config } from '../config.ts';
import { verifyGraph } from '../editing/verify.ts';
import { openEngine } from '../graph/open.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** `grappe check`: reads the settings, asks the graph whether it answers and holds together; changes nothing. */
export async function runCheck(config: Config, say: (line: string) => void): Promise<ExitCode> {
  say('The settings are right.');
  for (const warning of config.warnings) say(`  note: ${warning}`);
  const engine = await openEngine(config.engine);
  try {
    const startedAt = performance.now();
    await engine.ping();
    say(`${engine.description} answers in ${(performance.now() - startedAt).toFixed(0)} ms.`);
    const faults = await verifyGraph(engine);
    for (const fault of faults) say(`  ${fault}`);
    say(faults.length === 0 ? 'The graph is whole.' : 'The graph does not hold together.');
    return faults.length === 0 ? EXIT.fine : EXIT.failed;
  } finally {
    await engine.close();
  }
}
