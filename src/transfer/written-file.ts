import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/** Opens a file for writing, a new one with these rights. Every error names the file, also later ones, where the system does not. */
export function writtenFile(path: string, mode?: number): WriteStream {
  const stream = createWriteStream(path, mode === undefined ? {} : { mode });
  stream.once('error', (error: NodeJS.ErrnoException) => {
    error.path ??= path;
  });
  return stream;
}

/** Has a file written under another name, which `write` gets, and gives it its own when it is complete. One that fails leaves nothing. */
export async function completeFile<Result>(path: string, write: (part: string) => Promise<Result>): Promise<Result> {
  const part = `${path}.part`;
  try {
    const result = await write(part);
    await rename(part, path);
    return result;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
