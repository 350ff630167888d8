// npm run bench: Grappe beside hand-written Cypher and @neo4j/graphql, on one graph, with equal answers.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

// The peers are no dependencies of the product: they are fetched when somebody measures.
if (!existsSync(`${here}node_modules/.package-lock.json`)) {
  console.log('Fetching what is measured beside Grappe into bench/node_modules (once)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

const { bench } = await import('./run/bench.ts');
process.exit(await bench(process.argv.slice(2)));
