import { createWriteStream, type WriteStream } from 'node:fs';

/** A file to be written. Its failures name it, also those that come when it is open already, of which a system does not. */
export function writtenFile(path: string): WriteStream {
  const stream = createWriteStream(path);
  stream.once('error', (error: NodeJS.ErrnoException) => {
    error.path ??= path;
  });
  return stream;
}
