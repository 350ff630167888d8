import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXPLORER_FOLDER, isExplorerBuilt } from '../server/http/explorer.ts';

const REMEDY =
  'The explorer is not built, so that / is a page of figures: run npm ci with the development packages, or npm run build.';

const SOURCES = new URL('../../explorer/', import.meta.url);

/** Whether a source of the explorer is newer than what was built of it. Without sources, as in an image, none is. */
function isOutdated(): boolean {
  const folder = new URL('src/', SOURCES);
  if (!isExplorerBuilt() || !existsSync(folder)) return false;
  const builtAt = statSync(new URL('index.html', EXPLORER_FOLDER)).mtimeMs;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (file) =>
      statSync(new URL(file, folder)).mtimeMs > builtAt &&
      /\.(?:tsx?|css|svg)$/.test(file) &&
      !file.endsWith('.gen.ts'),
  );
}

/**
 * Builds the explorer where it is not built yet, or from older sources, as after `git pull`; a few seconds, once. Says what
 * to do where it cannot be built. Never fails: the graph is served without it.
 */
export async function ensureExplorer(say: (line: string) => void): Promise<void> {
  if (isExplorerBuilt() && !(isOutdated() && canBuild())) return;
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
