import type { Dirent } from 'node:fs';
import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Gauge, type Registry } from 'prom-client';

/** Bytes of the files of a folder. Files come and go while the store is in use: one that has gone counts as nothing. */
async function bytesOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizeOf = async (file: Dirent): Promise<number> =>
    (await lstat(join(file.parentPath, file.name)).catch(() => ({ size: 0 }))).size;
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Adds the size of the embedded store, and the space left on its disk. */
export function observeStore(registry: Registry, folder: string): void {
  const gauge = (name: string, help: string, read: (folder: string) => Promise<number>): void => {
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        // A folder that cannot be read must not hide the other figures.
        this.set(await read(folder).catch(() => Number.NaN));
      },
    });
  };
  gauge('grappe_store_bytes', 'Bytes of the files of the embedded store.', bytesOf);
  gauge('grappe_store_free_bytes', 'Bytes that are free on the disk of the embedded store.', freeBytesOf);
}
