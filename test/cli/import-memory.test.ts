import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { grappe } from '../support/process.ts';
import { FIXTURE_SOURCE, scratchFolder } from '../support/world.ts';

/** Rows of a file whose batches would not all fit into the memory of the process: each row takes some 3 kB of it. */
const ROWS = 40_000;
const MEGABYTES = 72;

it('imports a file that is larger than the memory of the process', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'sources.csv'), `id,title\n${FIXTURE_SOURCE},Fixture\n`);
  const rows = Array.from(
    { length: ROWS },
    (_, row) => `organisation/o-${row},Fixture ${row},COMPANY,${FIXTURE_SOURCE}`,
  );
  await writeFile(join(folder, 'organisations.csv'), `id,name,kind,sources\n${rows.join('\n')}\n`);
  const environment = { GRAPPE_DATA: await scratchFolder(), NODE_OPTIONS: `--max-old-space-size=${MEGABYTES}` };
  const importing = grappe(['import', folder], environment);
  expect(await importing.ended, importing.said()).toBe(0);
  expect(importing.said()).toContain(`${(ROWS + 1).toLocaleString('en')} created`);
});
