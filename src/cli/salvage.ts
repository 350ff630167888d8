import type { Config } from '../config.ts';
import { salvageStore } from '../graph/open.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** `grappe salvage`: accepts an embedded store that lacks changes as it is, and reports what is missing. */
export async function runSalvage({ engine }: Pick<Config, 'engine'>, say: (line: string) => void): Promise<ExitCode> {
  const { found, acknowledged } = await salvageStore(engine);
  if (acknowledged === null) say(`The store ends at commit ${found}; how far it once reached is not known.`);
  else if (found < acknowledged) say(`The store ends at commit ${found}: commits up to ${acknowledged} are lost.`);
  else say(`The store is complete up to commit ${found}, the last acknowledged one.`);
  say('It is accepted as it is from now on. "grappe check" shows whether it is consistent.');
  return EXIT.fine;
}
