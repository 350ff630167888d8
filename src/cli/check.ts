import type { Config } from '../config.ts';
import { openEngine } from '../graph/open.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** `grappe check`: reads the settings, opens the graph and asks whether it answers; changes nothing. */
export async function runCheck(config: Config, say: (line: string) => void): Promise<ExitCode> {
  say('The settings are right.');
  for (const warning of config.warnings) say(`  note: ${warning}`);
  const engine = await openEngine(config.engine);
  try {
    const startedAt = performance.now();
    await engine.ping();
    say(
      `${engine.description} answers in ${(performance.now() - startedAt).toFixed(0)} ms, version ${await engine.version()}.`,
    );
    return EXIT.fine;
  } finally {
    await engine.close();
  }
}
