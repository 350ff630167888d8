import { execFileSync } from 'node:child_process';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Why no small disk can be mounted here; null where it can, which only the superuser of a Linux may do. */
export function noSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'only Linux mounts a file system in memory';
  return process.getuid?.() === 0 ? null : 'only the superuser may mount a file system';
}

/** A file system of a few megabytes, in memory, mounted on a folder. */
export class SmallDisk {
  readonly #folder: string;

  /** Mounts one; throws where the system does not allow it. */
  constructor(folder: string, megabytes: number) {
    this.#folder = folder;
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  }

  get #filler(): string {
    return join(this.#folder, 'filler');
  }

  /** Fills it, but for some kilobytes. */
  async fill(leftKb: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    await writeFile(this.#filler, Buffer.alloc(bavail * bsize - leftKb * 1024));
  }

  /** Makes space again. */
  async free(): Promise<void> {
    await rm(this.#filler);
  }

  /** Unmounts it, at the latest when nothing uses it any more. */
  unmount(): void {
    execFileSync('umount', ['--lazy', this.#folder]);
  }
}
