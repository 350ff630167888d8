import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../docs/adr/', import.meta.url));
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const files = globSync('0*.md', { cwd: folder }).sort();

const STATUS = /^Status: (?:accepted|superseded by \[ADR (\d+)\]\([\w.-]+\)[^,]*), \d{4}-\d{2}-\d{2}[.:]/m;

/** The row of the index that a decision has. */
function rowOf(file: string): string {
  const text = read(file);
  const [, title] = /^# \d+\. (.*)$/m.exec(text)!;
  const by = STATUS.exec(text)?.[1];
  return `| ${Number(file.slice(0, 4))} | [${title}](${file}) | ${by ? `superseded by ${by}` : 'accepted'} |`;
}

describe('docs/adr', () => {
  it('numbers its decisions without gaps, in their names and titles', () => {
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
    for (const file of files) expect(read(file)).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. `));
  });

  it.each(files)('says of each its status with a date, what was decided, once, and why: %s', (file) => {
    const text = read(file);
    expect(text).toMatch(STATUS);
    expect(text.match(/^\*\*Decision/gm)).toHaveLength(1);
    expect(text).toMatch(/^\*\*Why/m);
  });

  it('lists all of them in its README', () => {
    // Biome aligns the columns.
    const rows = read('README.md')
      .match(/^\| +\d.*$/gm)
      ?.map((row) => row.replaceAll(/ +/g, ' '));
    expect(rows).toEqual(files.map(rowOf));
  });

  it('leads only to files that exist, also from ARCHITECTURE.md and the docs', () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root });
    const cited = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?:docs\/adr\/|\.?\/?adr\/)?(\d{4}-[\w-]+\.md)\)/g)].map(
        ([, file]) => basename(file!),
      ),
    );
    expect(cited.length).toBeGreaterThan(files.length);
    expect(cited.filter((file) => !files.includes(file))).toEqual([]);
  });
});
