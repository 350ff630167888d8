import { spawnSync } from 'node:child_process';

/** Whether R with httr2 and jsonlite is here; CI installs it, so that its absence there is a failure. */
export function findR(): boolean {
  const { status } = spawnSync('Rscript', ['-e', 'library(httr2); library(jsonlite)'], { stdio: 'ignore' });
  if (status === 0) return true;
  if (process.env.CI) throw new Error('R, its package httr2 or jsonlite is missing: .ci/run installs them.');
  console.warn(
    'Not tested: the example client of R. There is no Rscript with httr2 and jsonlite (Debian: r-base-core, r-cran-httr2, r-cran-jsonlite).',
  );
  return false;
}
