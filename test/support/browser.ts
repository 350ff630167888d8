import { existsSync } from 'node:fs';

/** Debian's browser, where it is installed; CI installs it, so that its absence there is a failure. */
export function findChromium(untested: string): string | null {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (existsSync(path)) return path;
  if (process.env.CI) throw new Error(`${path} is missing: .ci/run installs it.`);
  console.warn(`Not tested: ${untested} in a browser. There is no ${path}; CHROMIUM may name another.`);
  return null;
}
