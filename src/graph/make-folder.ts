import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder and its parents; false where it exists. Throws what the system says where it cannot be. Node's own
 * recursive mkdir never ends where a system says ENOENT of a folder whose parent is there, as Linux does in /proc.
 */
export function makeFolder(folder: string, mode = 0o777): boolean {
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return false;
    const parent = dirname(resolve(folder));
    if (code !== 'ENOENT' || parent === resolve(folder)) throw error;
    makeFolder(parent, mode);
    mkdirSync(folder, mode);
  }
  return true;
}
