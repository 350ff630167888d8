import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { EXIT, type ExitCode, explain } from './cli/exit.ts';
import { createLogger } from './cli/log.ts';
import { readConfig } from './config.ts';
import { ROLES, type Role } from './domain/role.ts';
import type { ConnectorName } from './transfer/connectors/run.ts';

// What reads the output may leave, as `head` does: a server or an import goes on, unseen.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Aborted by the first SIGINT or SIGTERM; a second one does not wait for an orderly end. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(EXIT.failed);
      stopping.abort();
    });
  }
  return stopping.signal;
}

/** Runs a subcommand. Prints the message of an error, and sets the exit code. */
async function run(command: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const { text, code } = explain(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = code;
  }
}

async function reporting(): Promise<{ say: typeof say; progress: import('./cli/progress.ts').Progress }> {
  const { createProgress } = await import('./cli/progress.ts');
  return { say, progress: createProgress(say) };
}

async function runServe(): Promise<ExitCode> {
  const config = readConfig();
  const stop = stopSignal();
  const logger = createLogger(config.logLevel);
  const { serve } = await import('./cli/serve.ts');
  await (await import('./cli/explorer.ts')).ensureExplorer(say);
  const serving = await serve(config, { ...(await reporting()), logger });
  // A lost promise of one request must not end the others.
  process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'unhandled rejection'));
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  say('Stopping: requests in progress are finished first. Once more to stop at once.');
  await serving.close();
  return EXIT.fine;
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('a number from 0 to 65535 is needed.');
  return port;
}

/** The beginning of a day, in UTC. */
function dayOf(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('a day such as 2027-01-01 is needed.');
  }
  return day.toISOString();
}

interface ImportCommandOptions {
  readonly dryRun: boolean;
  readonly rejected: string;
  readonly doubtful?: string;
  readonly template?: string;
  readonly from?: ConnectorName;
  readonly identifiers?: string;
  readonly to?: string;
}

const program = new Command('grappe')
  .description(manifest.description)
  .version(manifest.version)
  .addHelpText(
    'after',
    '\nSettings come from the environment: PORT, HOST, GRAPPE_DATA, GRAPPE_SEED, NEO4J_URI … (docs/settings.md).',
  )
  .exitOverride();

program
  .command('serve')
  .description('answer GraphQL at PORT on HOST; an empty store is filled first, behind the answers')
  .action(() => run(runServe));

program
  .command('seed')
  .description('fill an empty store with the seed that GRAPPE_SEED names, without serving it')
  .option('--update', 'bring a store with an earlier seed to this one; what users changed stays, and is listed', false)
  .option('--dry-run', 'with --update: say what would change, write nothing', false)
  .action(({ update, dryRun }: { update: boolean; dryRun: boolean }, command: Command) => {
    if (dryRun && !update) command.error('error: --dry-run needs --update.', { exitCode: EXIT.usage });
    return run(async () => {
      const { runSeed, runSeedUpdate } = await import('./cli/seed.ts');
      if (!update) return runSeed(readConfig(), stopSignal(), await reporting());
      return runSeedUpdate(readConfig(), { dryRun, signal: stopSignal() }, await reporting());
    });
  });

program
  .command('import')
  .description('import the CSV files of a folder; what is there already is not written again')
  .argument(
    '[dir]',
    'a folder with any of organisations.csv, networks.csv, memberships.csv …; with --from, a file, or the folder of its files',
  )
  .option('--dry-run', 'check every row and say what would change, write nothing', false)
  .option('--template <dir>', 'import nothing: write empty files of every kind into a folder, with a small example')
  .addOption(
    new Option('--from <list>', 'import one file as a registry or an agency publishes it (docs/connectors.md)').choices(
      ['ror', 'anr', 'dgpie', 'cordis', 'rnsr', 'sirene'],
    ),
  )
  .option(
    '--identifiers <file>',
    'with --from sirene: a CSV file whose column siren or siret names what to bring besides what is there',
  )
  .option('--to <url>', 'import into the running server at this address, with the token of an ADMIN in GRAPPE_TOKEN')
  .option('--doubtful <file>', 'with --from: where to list what was not joined since it could be another, one a line')
  .option('--rejected <file>', 'where to list rows that could not be imported, with the reasons', 'rejected.csv')
  .addHelpText(
    'after',
    '\nEnds with 0 when every row was taken, 3 when some were rejected, 1 when it failed, 2 when it could not begin.',
  )
  .action(
    (
      folder: string | undefined,
      { dryRun, rejected, doubtful, template, from, identifiers, to }: ImportCommandOptions,
      command: Command,
    ) => {
      if (identifiers !== undefined && from !== 'sirene') {
        command.error('error: --identifiers needs --from sirene.', { exitCode: EXIT.usage });
      }
      if (doubtful !== undefined && from === undefined) {
        command.error('error: --doubtful needs --from.', { exitCode: EXIT.usage });
      }
      if ((folder === undefined) === (template === undefined)) {
        command.error('error: name the folder to import, or one for the --template.', { exitCode: EXIT.usage });
      }
      if (to !== undefined && template !== undefined) {
        command.error('error: --to sends something to import: name it instead of a --template.', {
          exitCode: EXIT.usage,
        });
      }
      return run(async () => {
        const { runConnector, runImport, runTemplate } = await import('./cli/import.ts');
        if (folder === undefined) return runTemplate(template!, say);
        const given = { folder, dryRun, rejectedFile: rejected, signal: stopSignal() };
        if (to !== undefined) {
          const { remoteOf } = await import('./cli/remote.ts');
          const remote = remoteOf(to);
          const { runConnectorTo, runImportTo } = await import('./cli/import-to.ts');
          if (from === undefined) return runImportTo(remote, given, await reporting());
          return runConnectorTo(remote, { ...given, from, identifiers, doubtfulFile: doubtful }, await reporting());
        }
        if (from !== undefined)
          return runConnector(readConfig(), { ...given, from, identifiers, doubtfulFile: doubtful }, await reporting());
        return runImport(readConfig(), given, await reporting());
      });
    },
  );

program
  .command('export')
  .description('write the entire graph as the CSV files that an import reads')
  .argument('<dir>', 'the folder to write into, created if missing; files of the same names are replaced')
  .option('--format <format>', 'write the actors and their partnerships for another program instead: gexf, graphml, …')
  .action((folder: string, { format }: { readonly format?: string }) =>
    run(async () => {
      const given = { folder, signal: stopSignal() };
      if (format === undefined) {
        return (await import('./cli/export.ts')).runExport(readConfig(), given, await reporting());
      }
      return (await import('./cli/export-partnerships.ts')).runPartnershipExport(
        readConfig(),
        { ...given, format },
        say,
      );
    }),
  );

program
  .command('rebuild')
  .description('derive partnerships by projects, and counts, again')
  .action(() => run(async () => (await import('./cli/rebuild.ts')).runRebuild(readConfig(), await reporting())));

program
  .command('check')
  .description('check the settings, the connection and the consistency of the graph; change nothing')
  .option('--to <url>', 'ask the running server at this address, with the token of an ADMIN in GRAPPE_TOKEN')
  .action(({ to }: { readonly to?: string }) =>
    run(async () => {
      const { runCheck, runCheckAt } = await import('./cli/check.ts');
      if (to === undefined) return runCheck(readConfig(), say);
      return runCheckAt((await import('./cli/remote.ts')).remoteOf(to), say);
    }),
  );

program
  .command('backup')
  .description('write the whole graph, with its history, into one file; others may read and write meanwhile')
  .argument('<file>', 'the file to write; one that is there is replaced once the new one is complete')
  .option('--from <url>', 'of the running server at this address, with the token of an ADMIN in GRAPPE_TOKEN')
  .action((file: string, { from }: { readonly from?: string }) =>
    run(async () => {
      const { runBackup, runBackupFrom } = await import('./cli/backup.ts');
      const given = { file, signal: stopSignal() };
      if (from === undefined) return runBackup(readConfig(), given, await reporting());
      return runBackupFrom((await import('./cli/remote.ts')).remoteOf(from), given, say);
    }),
  );

program
  .command('restore')
  .description('restore a backup into an empty store, of either engine, and check it')
  .argument('<file>', 'a file of grappe backup')
  .action((file: string) =>
    run(async () => {
      const given = { file, signal: stopSignal() };
      return (await import('./cli/backup.ts')).runRestore(readConfig(), given, await reporting());
    }),
  );

program
  .command('salvage')
  .description('go on with what is left of an embedded store that is damaged or lacks changes')
  .action(() => run(async () => (await import('./cli/salvage.ts')).runSalvage(readConfig(), say)));

const token = program
  .command('token')
  .description('tokens of those who may do more than read, in the file that GRAPPE_TOKENS_FILE names');

token
  .command('add')
  .description('make a token, and show it once')
  .argument('<name>', 'whose it is: the author of what is changed with it')
  .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
  .option('--expires <date>', 'the day from which it is worth nothing, such as 2027-01-01', dayOf)
  .action((name: string, { role, expires = null }: { role: Role; expires?: string | null }) =>
    run(async () => (await import('./cli/token.ts')).addToken(readConfig(), { name, role, expires }, say)),
  );

token
  .command('list')
  .description('list the tokens by name, without what they are')
  .action(() => run(async () => (await import('./cli/token.ts')).listTokens(readConfig(), say)));

token
  .command('revoke')
  .description('make a token worth nothing, at once, on every server that reads the file')
  .argument('<name>', 'the name it was added under')
  .action((name: string) => run(async () => (await import('./cli/token.ts')).revokeToken(readConfig(), name, say)));

program
  .command('neo4j')
  .description('run a Neo4j Community on this machine, without Docker (needs Java and Maven)')
  .option('--folder <dir>', 'where it keeps its data', join(process.env.GRAPPE_DATA || './data', 'neo4j'))
  .option('--port <number>', 'where it listens, on this machine only', portOf, 7687)
  .action(({ folder, port }: { folder: string; port: number }) =>
    run(async () => (await import('./cli/neo4j.ts')).runNeo4j({ folder, port, signal: stopSignal() }, say)),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed the error; help and version are not errors.
  process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
}
