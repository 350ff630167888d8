import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { longRead } from '../graph/long-read.ts';
import type { GraphValue } from '../graph/statement.ts';
import {
  actorsAfter,
  emptyNodes,
  emptyRelationships,
  incompleteRelationships,
  miscountedActors,
  namedSources,
  strayAnnotations,
} from '../store/check.ts';
import { derivedPartnershipsAfter, projectsAfter, underivedProjects } from '../store/derivation.ts';
import { nodesById } from '../store/node.ts';
import { commonProjects } from './derive.ts';
import { existingPartnerships, partnershipChanges } from './partnerships.ts';
import { missingSources } from './sources.ts';

/** A check reads the entire graph, for longer than a query may take. */
const TIMEOUT_MS = 300_000;

const examples = (ids: readonly string[]): string => `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ' …' : ''}`;

async function partnershipProblems(engine: GraphEngine, read: GraphTransaction['run']): Promise<string[]> {
  const projects: string[] = [];
  for await (const rows of longRead(engine, projectsAfter, ({ id }) => id, ''))
    projects.push(...rows.map(({ id }) => id));
  const ends: [from: string, to: string][] = [];
  for await (const rows of longRead(engine, derivedPartnershipsAfter, ({ id }) => id, '')) {
    for (const { from, to } of rows) ends.push([from, to]);
  }
  const pairs = await commonProjects(read, projects, ends);
  const ids = [...new Set(pairs.flatMap(({ from, to }) => [from, to]))];
  const lifespans = new Map<string, Record<string, GraphValue>>();
  for (const { node } of await read(nodesById, { ids }))
    lifespans.set(node.id, node as unknown as Record<string, GraphValue>);
  const existing = await existingPartnerships(read, [...new Set(pairs.map(({ from }) => from))]);
  const { created, updated, deleted, actors } = partnershipChanges(pairs, lifespans, existing);
  const wrong = created.length + updated.length + deleted.length;
  if (wrong === 0) return [];
  return [
    `${created.length} partnerships are missing, ${updated.length} wrong, ${deleted.length} too many (${examples([...actors])}): run grappe rebuild.`,
  ];
}

/**
 * Reads the entire graph and returns its inconsistencies, as sentences: projects whose partnerships are not derived,
 * partnerships and counts that differ from the participations, relationships without an identifier, a period or
 * sources, periods that end before they begin, named sources that do not exist, annotations of nothing. Changes
 * nothing; an empty list means that all is well.
 */
export async function verifyGraph(engine: GraphEngine, signal?: AbortSignal): Promise<string[]> {
  const read: GraphTransaction['run'] = (statement, parameters) =>
    engine.read(statement, parameters, { timeoutMs: TIMEOUT_MS, signal });
  const problems: string[] = [];
  const underived = await read(underivedProjects);
  if (underived.length > 0) {
    problems.push(
      `The partnerships of ${underived.length} projects are still to be derived: start the server, or run grappe rebuild.`,
    );
  }
  for (const statement of incompleteRelationships) {
    for (const { type, incomplete } of await read(statement)) {
      if (incomplete > 0) problems.push(`${incomplete} relationships ${type} lack an identifier, a period or sources.`);
    }
  }
  const empty = (await Promise.all([emptyNodes, ...emptyRelationships].map((each) => read(each)))).flat();
  if (empty.length > 0) {
    const ids = empty.map(({ id }) => id);
    problems.push(`Records end before they begin, and hold at no date: ${examples(ids)}. Put their dates right.`);
  }
  const stray = (await read(strayAnnotations)).map(({ id }) => id);
  if (stray.length > 0)
    problems.push(`Claims or indicators are about nothing, or about several nodes: ${examples(stray)}.`);
  const named = (await Promise.all(namedSources.map((statement) => read(statement)))).flat();
  const missing = await missingSources(
    read,
    named.map(({ id }) => id),
  );
  if (missing.length > 0) problems.push(`Facts name sources that are not there: ${examples(missing)}.`);
  const miscounted: string[] = [];
  for await (const rows of longRead(engine, actorsAfter, ({ id }) => id, '', {}, { timeoutMs: TIMEOUT_MS })) {
    const wrong = await read(miscountedActors, { ids: rows.map(({ id }) => id) });
    miscounted.push(...wrong.map(({ id }) => id));
  }
  if (miscounted.length > 0) {
    problems.push(`${miscounted.length} actors have wrong counts (${examples(miscounted)}): run grappe rebuild.`);
  }
  problems.push(...(await partnershipProblems(engine, read)));
  return problems;
}
