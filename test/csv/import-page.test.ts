import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { IMPORT_PAGE, importPage } from '../../scripts/import-docs.ts';
import { RECORD_FIELDS } from '../../src/domain/record-fields.ts';
import { EXAMPLE } from '../../src/transfer/example.ts';
import { FILES } from '../../src/transfer/files.ts';
import { writeTemplate } from '../../src/transfer/template.ts';

describe('docs/import.md', () => {
  it('is what the table of fields says: node scripts/import-docs.ts writes it', async () => {
    expect(await readFile(IMPORT_PAGE, 'utf8')).toBe(importPage());
  });

  it('explains every file and every column', async () => {
    const page = await readFile(IMPORT_PAGE, 'utf8');
    for (const { file, recordType } of FILES) {
      const [, section = ''] = page.split(`### ${file}\n`);
      const table = section.split('\n### ')[0]!;
      for (const name of Object.keys(RECORD_FIELDS[recordType])) expect(table, file).toContain(`| \`${name}\` |`);
    }
  });
});

describe('the template of an import', () => {
  it('has every file with its columns, and the example', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'template-')), 'new');
    await writeTemplate(folder);
    expect((await readdir(folder)).sort()).toEqual(FILES.map(({ file }) => file).sort());
    for (const { file, columns } of FILES) {
      const text = await readFile(join(folder, file), 'utf8');
      const [header, ...rows] = parse(text, { bom: true }) as string[][];
      expect([...header!].sort()).toEqual(Object.keys(columns).sort());
      expect(rows).toHaveLength(EXAMPLE[file]?.length ?? 0);
    }
  });

  it('names only columns that there are in its example', () => {
    for (const { file, columns } of FILES) {
      for (const row of EXAMPLE[file] ?? [])
        expect(Object.keys(columns)).toEqual(expect.arrayContaining(Object.keys(row)));
    }
  });

  it('replaces nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'template-'));
    await writeTemplate(folder);
    await expect(writeTemplate(folder)).rejects.toThrow(/holds sources\.csv, .* already: choose another folder/);
  });
});
