import { createWriteStream, type WriteStream } from 'node:fs';

/** Opens a file for writing, a new one with these rights. Every error names the file, also later ones, where the system does not. */
export function writtenFile(path: string, mode?: number): WriteStream {
  const stream = createWriteStream(path, mode === undefined ? {} : { mode });
  stream.once('error', (error: NodeJS.ErrnoException) => {
    error.path ??= path;
  });
  return stream;
}
