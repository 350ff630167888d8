// Builds the explorer into explorer/dist, with a packed form of every file beside it. `npm ci` runs it, as does the first
// start without a built explorer. Where its packages are not installed (npm ci --omit=dev), it says so and does nothing.
//   node scripts/build-explorer.ts           builds it
//   node scripts/build-explorer.ts --watch   builds it again at every change, and pages that are open reload
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { documentsIn } from './explorer-documents.ts';
import { reload } from './explorer-reload.ts';

const root = fileURLToPath(new URL('../explorer/', import.meta.url));
const dist = join(root, 'dist');

/** Vite, or null where it is not installed. */
async function vite(): Promise<typeof import('vite') | null> {
  try {
    return await import('vite');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Writes the manifest by which a server that answers only the documents of applications trusts those of the explorer. */
const documents: Plugin = {
  name: 'documents',
  generateBundle() {
    const source = JSON.stringify(documentsIn(join(root, 'src')));
    this.emitFile({ type: 'asset', fileName: 'documents.json', source });
  },
};

/** Writes name.br and name.gz beside every file that packing makes smaller. */
function pack(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:js|css|html|svg|json)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

/** A new folder beside dist; ends the process with a sentence where there may be none. */
function newFolder(): string {
  try {
    return mkdtempSync(join(root, '.building-'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    console.error(`The explorer is not built: nothing can be written in ${root} (${code}).`);
    process.exit(1);
  }
}

const found = await vite();
if (found === null) {
  console.log('The explorer is not built: its build needs the development packages (npm ci without --omit=dev).');
} else if (process.argv.includes('--watch')) {
  await found.build({ root, plugins: [documents, reload], logLevel: 'info', build: { watch: {} } });
} else {
  // Two builds at a time, and a server that reads while it is built, see whole folders.
  const folder = newFolder();
  try {
    await found.build({
      ...{ root, plugins: [documents], logLevel: 'warn' },
      build: { outDir: folder, emptyOutDir: true },
    });
    pack(folder);
    // Others than its owner read it: the user of a container.
    chmodSync(folder, 0o755);
    rmSync(dist, { recursive: true, force: true });
    try {
      renameSync(folder, dist);
    } catch (error) {
      // Another build has just put its own there.
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
