import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkInstalled } from './installed.ts';
import { started } from './started.ts';

// There is no Docker where the tests run: the files of each stage of the Dockerfile are put into a folder of their own.
const root = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-image-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stageOf = (name: string): string => join(folder, name);

/** Copies what the COPY lines of a stage name: from here what .dockerignore lets through, else from an earlier stage. */
function copied(name: string, lines: string): void {
  const stage = stageOf(name);
  mkdirSync(stage);
  const modules = join(stage, 'node_modules');
  if (lines.includes('COPY --from=dependencies')) linkInstalled(modules);
  else symlinkSync(join(root, 'node_modules'), modules);
  for (const [, from, names] of lines.matchAll(/^COPY (?:--from=(\S+) )?(.+) \S+$/gm)) {
    for (const file of names!.split(' ')) {
      if (from !== undefined) {
        if (!file.endsWith('node_modules'))
          cpSync(file.replace('/app', stageOf(from)), join(stage, file.replace('/app', '')), { recursive: true });
      } else {
        expect(ignored, 'in .dockerignore').toContain(`!${file}`);
        cpSync(join(root, file), join(stage, basename(file)), {
          recursive: true,
          filter: (source) =>
            !ignored.some((line) => !/^[!*]/.test(line) && line !== '' && source.startsWith(join(root, line))),
        });
      }
    }
  }
}

it('the image has all files that its program needs: it is built, and serves', async () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const [, explorer, last] = stages as [string, string, string];
  copied('explorer', explorer);
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: stageOf('explorer'), env: { ...process.env, PATH: path } });
  copied('last', last);
  const [, command] = /^CMD (\[.+\])$/m.exec(last)!;
  const words = (JSON.parse(command!) as string[]).slice(1);
  const settings = { GRAPPE_DATA: join(folder, 'data'), GRAPPE_PROFILE: 'production' };
  await using server = await started({ command: [process.execPath, ...words], cwd: stageOf('last'), settings });
  expect(await server.ask('{ poles { totalCount } }')).toEqual({ poles: { totalCount: 0 } });
  const page = await fetch(server.url, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('<script');
  expect(await server.tools()).toContain('find');
});
