#!/usr/bin/env node
// JavaScript, and the first that runs: what Node loads after this line it finds translated and compiled from the start
// before, which spares each start but the first half of its time.
import module from 'node:module';

const NEEDED = 24;
if (Number.parseInt(process.versions.node, 10) < NEEDED) {
  process.stderr.write(
    `Grappe needs Node ${NEEDED} or newer; this is ${process.versions.node}. npm start and npx bring their own: node_modules/.bin/node.\n`,
  );
  process.exit(1);
}

/**
 * How the C library of Linux shares out memory. By itself it gives each thread a heap of its own, and takes large blocks from
 * these heaps too once one was freed: what is free then stays in all of them, in pieces. With two heaps, and large blocks on
 * their own, it goes back to the system (docs/operations.md).
 */
const ALLOCATION = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(256 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(1024 * 1024),
};
/** Who sets one of these has decided otherwise. */
const DECIDED = [...Object.keys(ALLOCATION), 'GLIBC_TUNABLES', 'LD_PRELOAD'];
// The library reads them before a process begins: so this one begins again, with its number and its channels.
if (process.platform === 'linux' && process.argv[2] === 'serve' && !DECIDED.some((name) => name in process.env)) {
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, again, { ...process.env, ...ALLOCATION });
}
module.enableCompileCache();
await import('./main.ts');
