import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'grappe-recipe-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** A line that a recipe of CONTRIBUTING.md adds to a file, and before what. */
interface Change {
  readonly file: string;
  readonly before: string;
  readonly line: string;
}

/** "Add a field": a fax number of organisations. */
const FIELD: readonly Change[] = [
  {
    file: 'src/domain/node-fields.ts',
    before: "    foundedOn: { kind: 'date', description: 'When it was founded",
    line: "    fax: { kind: 'line', description: 'Its fax number.' },\n",
  },
  {
    file: 'schema/organisation.ts',
    before: '    foundedOn: t.',
    line: "    fax: t.string({ nullable: true, description: 'Its fax number.', resolve: recordField('fax') }),\n",
  },
];

/** "Add a list": the projects of a topic. */
const LIST: readonly Change[] = [
  {
    file: 'src/store/topic.ts',
    before: '/** The topic that a topic is part of. */',
    line: `const PROJECTS: Listing = {
  ...ACTORS,
  name: 'projects of a topic',
  where: { name: 'projects', text: "b.type = 'Project'" },
};

/** The projects that are about a topic. */
export function projectsOfTopic(): ListRequest {
  return byName(PROJECTS, nodeEdge);
}

`,
  },
  {
    file: 'schema/topic.ts',
    before: '    actors: t.field({',
    line: `    projects: t.field({
      type: ProjectsConnection,
      description: 'Projects with this topic.',
      args: pageArguments(t.arg),
      resolve: ({ id }, page, { loaders }) => loaders.connection(projectsOfTopic(), page, id),
    }),
`,
  },
  {
    file: 'schema/topic.ts',
    before: "import { ActorsConnection } from './actors-connection.ts';",
    line: "import { projectsOfTopic } from '../src/store/topic.ts';\nimport { ProjectsConnection } from './project.ts';\n",
  },
];

/** "Add a filter": the city of an organisation's seat. */
const FILTER: readonly Change[] = [
  {
    file: 'src/store/organisation.ts',
    before: '  readonly memberOf?:',
    line: '  readonly city?: readonly string[] | null | undefined;\n',
  },
  { file: 'src/store/organisation.ts', before: '  memberOf: MEMBER_OF,', line: "  city: oneOf('city', 'city'),\n" },
  { file: 'src/store/snapshot.ts', before: "'programme'] as const;", line: "'city', " },
  {
    file: 'schema/filter.ts',
    before: '    size: t.field({ type: [OrganisationSize]',
    line: "    city: t.stringList({ description: 'The city of its seat is any of these.' }),\n",
  },
];

/** "Add a mutation": a label that was recorded in error is taken back. */
const MUTATION: readonly Change[] = [
  {
    file: 'src/editing/editor.ts',
    before: '  labelEnd: ',
    line: "  labelRemove: (edit, { id }) => removeFact(edit, 'label', id!),\n",
  },
  {
    file: 'schema/label.ts',
    before: 'factMutations({',
    line: `builder.mutationFields((t) => ({
  labelRemove: t.field({
    type: LabelPayload,
    requires: 'EDITOR',
    description: 'Takes back a label that was recorded in error.',
    args: { id: t.arg.id({ required: true, description: 'The id of the label.' }) },
    resolve: (_, args, context) => edited('labelRemove', args, context),
  }),
}));

const LabelPayload = `,
  },
  {
    file: 'schema/label.ts',
    before: "import { Node } from './node.ts';",
    line: "import { edited } from './mutation.ts';\n",
  },
];

/**
 * Imports a file that has the field, asks the API for it, for the list and by the filter, from a snapshot, and writes it back
 * as the export does; then takes a label back.
 */
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
const source = \`{
  organisation(id: "organisation/a") { fax }
  topic(id: "topic/t") { projects { totalCount nodes { id } } }
  organisations(filter: { city: ["Pau"] }) { nodes { id } }
}\`;
const graph = createGraph(engine, { snapshotBytes: 100_000_000 });
await graph.snapshot.load();
const contextOf = (author) => createContext(graph, new AbortController().signal, author);
const contextValue = contextOf(null);
const { data, errors } = await graphql({ schema, source, contextValue });
const removed = await graphql({
  schema,
  source: 'mutation { labelRemove(id: "holdslabel/one") { problems { message } } }',
  contextValue: contextOf({ name: 'Recipe', role: 'EDITOR' }),
});
const labels = '{ network(id: "pole/p") { labels { id } } }';
const left = await graphql({ schema, source: labels, contextValue: contextOf(null) });
const plan = contextValue.loaders.plan.map(({ list, by }) => list + ' by ' + by).sort();
await exportFolder(engine, 'exported');
const [header] = readFileSync('exported/organisations.csv', 'utf8').split('\\n');
console.log(JSON.stringify({ rejected, data, errors, plan, removed, left, isExported: header.split(',').includes('fax') }));
await engine.close();
`;

function carryOut(recipe: readonly Change[]): void {
  for (const { file, before, line } of recipe) {
    const text = readFileSync(join(copy, file), 'utf8');
    expect(text.split(before).length, `${file}: ${before}`).toBe(2);
    writeFileSync(
      join(copy, file),
      text.replace(before, () => line + before),
    );
  }
}

const filesOf = (recipe: readonly Change[]): number => new Set(recipe.map(({ file }) => file)).size;

it('a new field, list, filter and mutation change the few files that CONTRIBUTING.md names, and are answered', () => {
  for (const folder of ['src', 'schema', 'seed/data']) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (file) => !/\.csv$/.test(file) });
  }
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const recipes = [FIELD, LIST, FILTER, MUTATION];
  for (const recipe of recipes) carryOut(recipe);
  expect(recipes.map(filesOf)).toEqual([2, 2, 3, 2]);
  const files: Readonly<Record<string, string>> = {
    'sources.csv': 'id,title\nsource/s,A source\n',
    'topics.csv': 'id,name,scheme\ntopic/t,Water,SECTOR\ntopic/l,Pole,LABEL\n',
    'networks.csv': 'id,type,name,sources\npole/p,POLE,P,source/s\n',
    'labels.csv': 'id,network,label,since,sources\nholdslabel/one,pole/p,topic/l,2010,source/s\n',
    'projects.csv': 'id,name,topics,sources\nproject/p,P,topic/t,source/s\n',
    'organisations.csv':
      'id,name,kind,city,fax,topics,sources\n' +
      'organisation/a,A,COMPANY,Pau,05 61 00 00 00,topic/t,source/s\norganisation/b,B,COMPANY,Albi,,,source/s\n',
  };
  mkdirSync(join(copy, 'files'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(copy, 'files', file), text);
  writeFileSync(join(copy, 'recipe.ts'), PROGRAM.replaceAll("'@/", "'./"));
  const said = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'recipe.ts'], { cwd: copy });
  expect(JSON.parse(String(said))).toEqual({
    rejected: 0,
    data: {
      organisation: { fax: '05 61 00 00 00' },
      topic: { projects: { totalCount: 1, nodes: [{ id: 'project/p' }] } },
      organisations: { nodes: [{ id: 'organisation/a' }] },
    },
    plan: ['organisations by snapshot', 'projects of a topic by statement', 'projects of a topic by statement'],
    removed: { data: { labelRemove: { problems: [] } } },
    left: { data: { network: { labels: [] } } },
    isExported: true,
  });
});
