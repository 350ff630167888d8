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
module.enableCompileCache();
await import('./main.ts');
