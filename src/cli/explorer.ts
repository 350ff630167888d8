import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isExplorerBuilt } from '../server/http/explorer.ts';

const REMEDY =
  'The explorer is not built, so that / is a page of figures: run npm ci with the development packages, or npm run build.';

/**
 * Builds the explorer where it is not built yet, as after `git pull` on an older clone; a few seconds, once. Says what to
 * do where it cannot be built. Never fails: the graph is served without it.
 */
export async function ensureExplorer(say: (line: string) => void): Promise<void> {
  if (isExplorerBuilt()) return;
  if (!canBuild()) return say(REMEDY);
  say('The explorer is being built, once: a few seconds.');
  const script = fileURLToPath(new URL('../../scripts/build-explorer.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit').catch(() => {});
  if (!isExplorerBuilt()) say(REMEDY);
}

/** Whether the packages of the build are installed. */
function canBuild(): boolean {
  try {
    import.meta.resolve('vite');
    return true;
  } catch {
    return false;
  }
}
