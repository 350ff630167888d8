import { setTimeout as pause } from 'node:timers/promises';
import type { SchemaRule } from '../engine.ts';
import { GraphError } from '../errors.ts';
import type { Statement } from '../statement.ts';
import { isThereAlready } from './errors.ts';
import type { Neo4jSettings } from './pool.ts';
import { query, type Try } from './query.ts';
import { ddlOf, ruleLabels } from './schema.ts';

/** Milliseconds that indexes may take to be filled, and between two checks. */
const INDEX_TIMEOUT_MS = 60_000;
const INDEX_LOOK_MS = 50;

const CONSTRAINTS: Statement<{ name: string }> = { name: 'constraints', text: 'SHOW CONSTRAINTS YIELD name' };
interface Index {
  readonly name: string;
  readonly state: string;
}
const INDEXES: Statement<Index> = {
  name: 'indexes',
  text: 'SHOW INDEXES YIELD name, state',
};
const LABELS: Statement<{ label: string }> = { name: 'labels', text: 'CALL db.labels() YIELD label RETURN label' };
const NODES: Statement<{ total: number }> = { name: 'nodes', text: 'MATCH (n) RETURN count(n) AS total' };
/** The most frequent labels among some nodes. */
const COMMON_LABELS: Statement<{ label: string }> = {
  name: 'commonLabels',
  text: `MATCH (n) WITH n LIMIT 10000 UNWIND labels(n) AS label
    WITH label, count(*) AS total ORDER BY total DESC LIMIT 4 RETURN label`,
};

/** Throws OCCUPIED for a database that has nodes, none of them Grappe's, unless it may be shared. */
async function assertNotOccupied(
  on: Try,
  rules: readonly SchemaRule[],
  { uri, database, shared }: Neo4jSettings,
): Promise<void> {
  if (shared) return;
  const own = ruleLabels(rules);
  if ((await query(on, LABELS)).some(({ label }) => own.has(label))) return;
  const [nodes] = await query(on, NODES);
  if (nodes === undefined || nodes.total === 0) return;
  const labels = (await query(on, COMMON_LABELS)).map(({ label }) => `:${label}`);
  const like = labels.length === 0 ? 'without labels' : labels.join(', ');
  throw new GraphError(
    'OCCUPIED',
    `The database "${database}" at ${uri} holds ${nodes.total.toLocaleString('en')} nodes that are not Grappe's ` +
      `(${like}), so that nothing was written to it. Give Grappe a database of its own (NEO4J_URI, NEO4J_DATABASE), ` +
      'or set NEO4J_SHARED=true to keep its graph beside them: its labels then begin with Grappe, and it neither ' +
      'reads nor changes anything else.',
  );
}

/**
 * Waits until every index of ours is online. (db.awaitIndexes waits until its time-out for an index that another
 * process began and dropped meanwhile.) `known` is what was read just now.
 */
async function indexesOnline(on: Try, names: ReadonlySet<string>, known: readonly Index[] | null): Promise<void> {
  const deadline = performance.now() + INDEX_TIMEOUT_MS;
  for (let seen = known; ; seen = null) {
    const missing = (seen ?? (await query(on, INDEXES)))
      .filter(({ name, state }) => names.has(name) && state !== 'ONLINE')
      .map(({ name, state }) => `${name} (${state})`);
    if (missing.length === 0) return;
    if (performance.now() >= deadline) {
      throw new GraphError('FAILED', `Neo4j: indexes are not ready after a minute: ${missing.join(', ')}.`);
    }
    await pause(INDEX_LOOK_MS);
  }
}

/**
 * Creates the missing constraints and indexes. Throws OCCUPIED, and creates nothing, if the database belongs to others.
 */
export async function ensureRules(on: Try, rules: readonly SchemaRule[], settings: Neo4jSettings): Promise<void> {
  await assertNotOccupied(on, rules, settings);
  const constraints = await query(on, CONSTRAINTS);
  const indexes = await query(on, INDEXES);
  const known = new Set([...constraints, ...indexes].map(({ name }) => name));
  // Creating an existing one would give a notification.
  const required = rules.map(ddlOf);
  const missing = required.filter(({ name }) => !known.has(name));
  for (const rule of missing) {
    await query(on, rule).catch((error) => {
      // Another process may have created it meanwhile, which IF NOT EXISTS does not always see.
      if (!isThereAlready(error)) throw error;
    });
  }
  await indexesOnline(on, new Set(required.map(({ name }) => name)), missing.length === 0 ? indexes : null);
}
