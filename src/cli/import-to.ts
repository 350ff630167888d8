import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { MAX_PIECE_BYTES } from '../domain/upload.ts';
import type { MatchedGraph } from '../transfer/connectors/matched-graph.ts';
import { withConverted } from '../transfer/connectors/run.ts';
import { checkFolder, inspectFolder } from '../transfer/folder.ts';
import type { ImportReport, MatchedPage } from '../transfer/uploaded-imports.ts';
import { writtenFile } from '../transfer/written-file.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { type ConnectorCommand, foundLines, type ImportCommand, reportOf } from './import.ts';
import { type Progress, stepOf } from './progress.ts';
import { type Remote, RemoteError, send } from './remote.ts';

interface Failed {
  readonly error: { readonly message: string };
}

/** One line of the answer to an import. */
type Report = ImportReport | Failed;

/** Sends a file in pieces, so that neither side has all of it in memory. */
async function sendFile(
  remote: Remote,
  path: string,
  target: string,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path);
  try {
    for (let offset = 0; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_PIECE_BYTES), 0, MAX_PIECE_BYTES, offset);
      if (bytesRead === 0 && offset > 0) return;
      await send(remote, `${target}?offset=${offset}`, { method: 'PUT', body: buffer.subarray(0, bytesRead), signal });
      offset += bytesRead;
      onSent(bytesRead);
      if (bytesRead === 0) return;
    }
  } finally {
    await file.close();
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

/** Runs the import of what was sent, and returns its summary. */
async function runImport(
  remote: Remote,
  target: string,
  { dryRun, signal }: ImportCommand,
  progress: Progress,
): Promise<Extract<ImportReport, { summary: unknown }>['summary']> {
  const answer = await send(remote, `${target}?dryRun=${dryRun}`, { method: 'POST', signal });
  for await (const line of linesOf(answer.body!)) {
    const report = JSON.parse(line) as Report;
    if ('error' in report) throw new RemoteError(`${remote.url} refuses: ${report.error.message}`);
    if ('summary' in report) return report.summary;
    progress.step(stepOf(report.progress));
  }
  throw new RemoteError(`${remote.url} has stopped. What it wrote is complete: the same import, run again, goes on.`);
}

async function saveRejected(remote: Remote, target: string, path: string): Promise<void> {
  const answer = await send(remote, `${target}/rejected.csv`, { method: 'GET' });
  const stream = writtenFile(path);
  stream.end(Buffer.from(await answer.arrayBuffer()));
  await finished(stream);
}

/** What a command says, and how far it is. */
interface Output {
  readonly say: (line: string) => void;
  readonly progress: Progress;
}

/** Sends the files of a folder to a running server, which imports them, and reports. */
async function importAt(remote: Remote, command: ImportCommand, { say, progress }: Output): Promise<ExitCode> {
  const { folder, rejectedFile, signal } = command;
  const { files } = await inspectFolder(folder, rejectedFile);
  const { id } = (await (await send(remote, '/imports', { method: 'POST', signal })).json()) as { readonly id: string };
  const target = `/imports/${id}`;
  try {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const { format, path } of files) {
      const onSent = (bytes: number): void => {
        done += bytes;
        progress.step({ label: `sending ${format.file}`, done, total });
      };
      await sendFile(remote, path, `${target}/${format.file}`, onSent, signal);
    }
    progress.end();
    const summary = await runImport(remote, target, command, progress);
    progress.end();
    if (summary.rejected > 0) await saveRejected(remote, target, rejectedFile);
    for (const line of reportOf(summary, command)) say(line);
    return summary.rejected === 0 ? EXIT.fine : EXIT.rejectedRows;
  } finally {
    // The server deletes by itself what nobody ends.
    await send(remote, target, { method: 'DELETE' }).catch(() => {});
  }
}

/** Runs an import at a server; what was written before somebody stops it is complete. */
async function untilStopped({ signal }: ImportCommand, { say, progress }: Output, run: () => Promise<ExitCode>) {
  try {
    return await run();
  } catch (error) {
    progress.end();
    if (!signal.aborted) throw error;
    say('Stopped. Every written batch is complete: the same import, run again, goes on from there.');
    return EXIT.failed;
  }
}

/** `grappe import --to`: sends a folder of CSV files to a running server, which imports it as an offline import would. */
export async function runImportTo(remote: Remote, command: ImportCommand, output: Output): Promise<ExitCode> {
  await checkFolder(command.folder);
  return untilStopped(command, output, () => {
    output.say(`Sending ${command.folder} to ${remote.url}`);
    return importAt(remote, command, output);
  });
}

/** The graph of a running server, as published lists are matched with it. */
function graphAt(remote: Remote): MatchedGraph {
  async function* rowsOf(what: string, signal: AbortSignal | undefined): AsyncGenerator<never> {
    const answer = await send(remote, `/imports/matched/${what}`, { method: 'GET', ...(signal ? { signal } : {}) });
    for await (const line of linesOf(answer.body!)) {
      const page = JSON.parse(line) as MatchedPage | Failed;
      if ('error' in page) throw new RemoteError(`${remote.url} refuses: ${page.error.message}`);
      if ('end' in page) return;
      yield page.rows as never;
    }
    throw new RemoteError(`${remote.url} has stopped before it said all that it has: try again.`);
  }
  return {
    organisations: (signal) => rowsOf('organisations', signal),
    networks: (signal) => rowsOf('networks', signal),
  };
}

/**
 * `grappe import --from … --to`: reads a published file here, matches it with the graph of a running server, and sends that
 * server what the file means for it.
 */
export async function runConnectorTo(remote: Remote, command: ConnectorCommand, output: Output): Promise<ExitCode> {
  const { from, identifiers, folder: file, signal } = command;
  return untilStopped(command, output, () => {
    output.say(`Importing ${file} (${from}) into ${remote.url}`);
    return withConverted(from, { file, graph: graphAt(remote), signal, identifiers }, async (folder, found) => {
      for (const line of await foundLines(found, command)) output.say(line);
      const code = await importAt(remote, { ...command, folder }, output);
      return found.unreadable.length > 0 && code === EXIT.fine ? EXIT.rejectedRows : code;
    });
  });
}
