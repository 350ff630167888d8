import { spawnSync } from 'node:child_process';

/** Whether R with httr2 is here; CI installs it, so that its absence there is a failure. */
export function findR(): boolean {
  const { status } = spawnSync('Rscript', ['-e', 'library(httr2)'], { stdio: 'ignore' });
  if (status === 0) return true;
  if (process.env.CI) throw new Error('R or its package httr2 is missing: .ci/run installs them.');
  console.warn(
    'Not tested: the example client of R. There is no Rscript with httr2 (Debian: r-base-core, r-cran-httr2).',
  );
  return false;
}
