import { createWriteStream, type WriteStream } from 'node:fs';

/** Opens a file for writing. Every error names the file, also later ones, where the system does not. */
export function writtenFile(path: string): WriteStream {
  const stream = createWriteStream(path);
  stream.once('error', (error: NodeJS.ErrnoException) => {
    error.path ??= path;
  });
  return stream;
}
