import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'grappe-recipe-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The files that the recipe "Add a field" of CONTRIBUTING.md changes, each with the line that it adds and where. */
const CHANGES: Readonly<Record<string, { readonly before: string; readonly line: string }>> = {
  'src/domain/node-fields.ts': {
    before: "    foundedOn: { kind: 'date', description: 'When it was founded",
    line: "    fax: { kind: 'line', description: 'Its fax number.' },\n",
  },
  'schema/organisation.ts': {
    before: '    foundedOn: t.',
    line: "    fax: t.string({ nullable: true, description: 'Its fax number.', resolve: recordField('fax') }),\n",
  },
};

/** Imports a file that has the field, asks the API for it, and writes it back as the export does. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { graphql } from 'graphql';
import { createContext } from '@/schema/context.ts';
import { createGraph } from '@/schema/graph.ts';
import { schema } from '@/schema/schema.ts';
import { openEngine } from '@/src/graph/open.ts';
import { SCHEMA_RULES } from '@/src/store/rules.ts';
import { exportFolder } from '@/src/transfer/export.ts';
import { importFolder } from '@/src/transfer/import.ts';
const engine = await openEngine({ engine: 'grafeo', folder: 'store' });
await engine.ensureSchema(SCHEMA_RULES);
const { rejected } = await importFolder(engine, 'files', { rejectedFile: 'rejected.csv' });
const source = '{ organisation(id: "organisation/a") { fax } }';
const contextValue = createContext(createGraph(engine), new AbortController().signal, null);
const { data, errors } = await graphql({ schema, source, contextValue });
await exportFolder(engine, 'exported');
const [header] = readFileSync('exported/organisations.csv', 'utf8').split('\\n');
console.log(JSON.stringify({ rejected, data, errors, isExported: header.split(',').includes('fax') }));
await engine.close();
`;

it('a new field of organisations changes two files, and is imported, shown and exported', () => {
  for (const folder of ['src', 'schema', 'seed/data']) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (file) => !/\.csv$/.test(file) });
  }
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [file, { before, line }] of Object.entries(CHANGES)) {
    const text = readFileSync(join(copy, file), 'utf8');
    expect(text.split(before).length, file).toBe(2);
    writeFileSync(join(copy, file), text.replace(before, line + before));
  }
  mkdirSync(join(copy, 'files'));
  writeFileSync(join(copy, 'files/sources.csv'), 'id,title\nsource/s,A source\n');
  writeFileSync(
    join(copy, 'files/organisations.csv'),
    'id,name,kind,fax,sources\norganisation/a,A,COMPANY,05 61 00 00 00,source/s\n',
  );
  writeFileSync(join(copy, 'recipe.ts'), PROGRAM.replaceAll("'@/", "'./"));
  const said = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'recipe.ts'], { cwd: copy });
  expect(JSON.parse(String(said))).toEqual({
    rejected: 0,
    data: { organisation: { fax: '05 61 00 00 00' } },
    isExported: true,
  });
});
