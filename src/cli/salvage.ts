import type { Config } from '../config.ts';
import { salvageStore } from '../graph/open.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** `grappe salvage`: accepts an embedded store that lacks changes as it is, and says what it lacks. */
export async function runSalvage({ engine }: Pick<Config, 'engine'>, say: (line: string) => void): Promise<ExitCode> {
  const { found, acknowledged } = await salvageStore(engine);
  if (acknowledged === null) say(`The store ends at commit ${found}; how far it once reached is not known.`);
  else if (found < acknowledged) say(`The store ends at commit ${found}: commits up to ${acknowledged} are lost.`);
  else say(`The store is whole up to commit ${found}, the last that was acknowledged.`);
  say('It is taken as it is from now on. "grappe check" says whether what it holds fits together.');
  return EXIT.fine;
}
