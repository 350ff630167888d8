// Runs the server and the build of the explorer side by side, each again at every change of its files.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAMS = [
  ['--watch', 'src/start.mjs', 'serve'],
  ['scripts/build-explorer.ts', '--watch'],
] as const;

const children = PROGRAMS.map((given) =>
  spawn(process.execPath, given, { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' }),
);
for (const child of children) {
  child.on('exit', (code) => {
    for (const other of children) other.kill();
    process.exitCode ||= code ?? 0;
  });
}
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    for (const child of children) child.kill(name);
  });
