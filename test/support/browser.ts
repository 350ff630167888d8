import { existsSync } from 'node:fs';

/** Debian's browsers: the one without windows of its own takes half of the processor time. */
const PATHS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** A browser: the one that CHROMIUM names, or one of Debian's; CI installs it, so that its absence there is a failure. */
export function findChromium(untested: string): string | null {
  const { CHROMIUM, CI } = process.env;
  const paths = CHROMIUM === undefined ? PATHS : [CHROMIUM];
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const missing = `${paths.join(' or ')} is missing`;
  if (CI) throw new Error(`${missing}: .ci/run installs it.`);
  console.warn(`Not tested: ${untested} in a browser. ${missing}; CHROMIUM may name another.`);
  return null;
}
