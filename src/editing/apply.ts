import { isDeepStrictEqual } from 'node:util';
import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import { OWNED_TYPES, RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { NAMED_BY_CONTENT, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphTransaction, WriteTransaction } from '../graph/engine.ts';
import type { GraphValue, Parameters, Statement } from '../graph/statement.ts';
import { Slices } from '../scheduling/slices.ts';
import { deletedAmong } from '../store/deleted.ts';
import { nodesToCreate, relationshipsToCreate } from '../store/many-rows.ts';
import { nodesById, nodesByIdentifier } from '../store/node.ts';
import { deleteRelationships, lockNodes, updateNodes, updateRelationships } from '../store/write.ts';
import { ChangeBatch, namedIn } from './batch.ts';
import { type Effect, noEffect, type Properties, touch, withFields } from './effect.ts';
import {
  type AlreadyRead,
  isChanged,
  KnownGraph,
  NOTHING_READ,
  type NodeState,
  type RelationshipState,
} from './known-graph.ts';
import { lifespanOf, relationshipSpan } from './lifespan.ts';
import { PipelinedTransaction } from './pipelined-transaction.ts';
import type { ChangeRequest } from './records.ts';

const IDENTIFIERS: readonly IdentifierField[] = Object.values(IDENTIFIER_FIELDS);

/** The record that has each registry identifier named by the requests. */
async function holdersOf(
  run: GraphTransaction['run'],
  requests: readonly ChangeRequest[],
  alreadyRead: AlreadyRead,
): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  const nodes = requests.flatMap(({ records }) => records.nodes);
  if (nodes.length === 0) return holders;
  await Promise.all(
    IDENTIFIERS.map(async (field) => {
      const values = nodes.flatMap(({ fields }) => {
        const value = fields[field];
        return typeof value === 'string' && alreadyRead.isUnused?.(field, value) !== true ? [value] : [];
      });
      if (values.length === 0) return;
      for (const { value, id } of await run(nodesByIdentifier[field], { values })) holders.set(`${field}:${value}`, id);
    }),
  );
  return holders;
}

/** Updates the holders of identifiers with what the earlier batches of a dry run changed. */
function applyStagedHolders(graph: KnownGraph, holders: Map<string, string>): void {
  for (const [key, id] of holders) {
    const [field, value] = key.split(':') as [string, string];
    if (graph.node(id) && graph.after(id)[field] !== value) holders.delete(key);
  }
  for (const { id, after } of graph.nodes()) {
    for (const field of IDENTIFIERS) {
      if (after[field]) holders.set(`${field}:${after[field]}`, id);
    }
  }
}

/** The new identifiers that belonged to deleted records, and when those were deleted. */
async function deletedOf(
  run: GraphTransaction['run'],
  graph: KnownGraph,
  requests: readonly ChangeRequest[],
): Promise<Map<string, string>> {
  // An identifier of a record marked `isNew` was chosen because it is free.
  const ids = requests.flatMap(({ records }) =>
    records.nodes.flatMap(({ id, type, isNew }) =>
      isNew || (NAMED_BY_CONTENT as readonly NodeType[]).includes(type) || graph.node(id) ? [] : [id],
    ),
  );
  if (ids.length === 0) return new Map();
  return new Map((await run(deletedAmong, { ids })).map(({ id, at }) => [id, at]));
}

/** Takes the writes of a batch, in their order. */
interface Sender {
  send(statement: Statement<never>, parameters: Parameters): void;
}

interface Row {
  readonly from: string;
  readonly to: string;
  readonly anchor: string;
  readonly id: string;
  readonly properties: Properties;
}

/** Collects the nodes that a batch changes, and sends them to the database unless `sending` is null. */
function writeNodes(graph: KnownGraph, effect: Effect, now: string, sending: Sender | null): void {
  const created = new Map<NodeType, Properties[]>();
  const updated: Properties[] = [];
  for (const state of graph.nodes()) {
    const { id, type, before } = state;
    if (!isChanged(state)) continue;
    const version = before === null ? { version: 1, createdAt: now } : { version: Number(before.version ?? 0) + 1 };
    const after: Properties = { ...state.after, ...version, updatedAt: now };
    state.after = after;
    if (before !== null) updated.push(after);
    else if (created.has(type)) created.get(type)!.push(after);
    else created.set(type, [after]);
    effect.edits.set(id, { before, after });
    effect.touched.add(id);
    if (type === 'Project') effect.projects.add(id);
  }
  for (const [type, rows] of created) sending?.send(...nodesToCreate(type, rows));
  if (updated.length > 0) sending?.send(updateNodes, { rows: updated });
  effect.created += [...created.values()].reduce((sum, rows) => sum + rows.length, 0);
  effect.updated += updated.length;
}

/**
 * Collects the relationships of a type that a batch changes, and sends them to the database unless `sending` is null.
 */
function writeRelationships(
  states: readonly RelationshipState[],
  type: RelationshipType,
  effect: Effect,
  sending: Sender | null,
): void {
  const { anchor } = RELATIONSHIP_SHAPES[type];
  const rows = { created: [] as Row[], updated: [] as Row[], deleted: [] as Row[] };
  for (const state of states) {
    const { id, from, to, before, after } = state;
    const row = { from, to, anchor: state[anchor], id };
    if (after === null) {
      rows.deleted.push({ ...row, properties: before! });
      effect.edits.set(id, { before: { ...before!, from, to }, after: null });
    } else if (before === null) {
      rows.created.push({ ...row, properties: after });
      effect.edits.set(id, { before: null, after: { ...after, from, to } });
    } else {
      state.after = { ...after, version: Number(before.version ?? 1) + 1 };
      rows.updated.push({ ...row, properties: state.after });
      effect.edits.set(id, { before, after: state.after });
    }
    touch(effect, type, from, to);
  }
  const send = (statement: Statement<never>, some: readonly Parameters[]): void => {
    if (some.length > 0) sending?.send(statement, { rows: some as readonly GraphValue[] });
  };
  if (rows.created.length > 0) sending?.send(...relationshipsToCreate(type, rows.created));
  sendUpdates(type, rows.updated, sending);
  send(
    deleteRelationships[type],
    rows.deleted.map(({ anchor: at, id }) => ({ anchor: at, id })),
  );
  effect.created += rows.created.length;
  effect.updated += rows.updated.length;
  effect.deleted += rows.deleted.length;
}

function sendUpdates(type: RelationshipType, rows: readonly Row[], sending: Sender | null): void {
  const some = rows.map(({ anchor, id, properties }) => ({ anchor, id, properties }));
  if (some.length > 0) sending?.send(updateRelationships[type], { rows: some });
}

/** The stored nodes that a batch changes. */
function updatedNodes(graph: KnownGraph): NodeState[] {
  const updated: NodeState[] = [];
  for (const state of graph.nodes()) if (state.before !== null && state.before !== state.after) updated.push(state);
  return updated;
}

/** Copies the sources of a record to its own links, where they have changed. */
async function refreshSources(graph: KnownGraph, sending: Sender | null): Promise<void> {
  const changed = updatedNodes(graph).filter(({ before, after }) => !isDeepStrictEqual(before!.sources, after.sources));
  if (changed.length === 0) return;
  for (const type of OWNED_TYPES) {
    const { anchor, ...ends } = RELATIONSHIP_SHAPES[type];
    const anchors = changed.filter(({ type: its }) => ends[anchor].types.includes(its)).map(({ id }) => id);
    await graph.readAtAnchors(type, anchors);
    const rows = anchors.flatMap((id) =>
      graph.at(type, id).flatMap((state): Row[] => {
        const { sources = null } = graph.after(id);
        if (state[anchor] !== id || isDeepStrictEqual(state.after!.sources ?? null, sources)) return [];
        const after = { ...withFields(state.after!, { sources }), id: state.id };
        state.after = after;
        return [{ from: state.from, to: state.to, anchor: id, id: state.id, properties: after }];
      }),
    );
    sendUpdates(type, rows, sending);
  }
}

/** Clips the relationships of nodes whose lifespan has changed again. Those that projects imply are derived later. */
async function clipAgain(graph: KnownGraph, effect: Effect, sending: Sender | null): Promise<void> {
  const ids = updatedNodes(graph)
    .filter(({ before, after }) => !isDeepStrictEqual(lifespanOf(before!), lifespanOf(after)))
    .map(({ id }) => id);
  if (ids.length === 0) return;
  for (const type of RELATIONSHIP_TYPES) {
    await graph.readTouching(type, ids);
    const states = new Set(ids.flatMap((id) => graph.at(type, id)));
    if (states.size === 0) continue;
    await graph.lock([...states].flatMap(({ from, to }) => [from, to]));
    const rows = [...states].flatMap((state): Row[] => {
      const { id, from, to } = state;
      const span = relationshipSpan(type, state.after!, graph.after(from), graph.after(to));
      const after = { ...state.after!, id, validFrom: span.from, validTo: span.to };
      if (isDeepStrictEqual(after, state.after)) return [];
      state.after = after;
      touch(effect, type, from, to);
      return [{ from, to, anchor: state[RELATIONSHIP_SHAPES[type].anchor], id, properties: after }];
    });
    sendUpdates(type, rows, sending);
  }
}

/** The accepted change requests, and their effect. */
interface Outcome {
  readonly effect: Effect;
  readonly accepted: readonly ChangeRequest[];
}

/** How change requests are decided on. */
interface Carrying {
  /** Takes the writes; null: nothing is written. */
  readonly sending: Sender | null;
  readonly slices: Slices;
  readonly alreadyRead?: AlreadyRead;
}

/** Decides on change requests. Sends their changes to the database. */
async function carryOut(
  run: GraphTransaction['run'],
  graph: KnownGraph,
  requests: readonly ChangeRequest[],
  now: string,
  { sending, slices, alreadyRead = NOTHING_READ }: Carrying,
): Promise<Outcome> {
  const effect = noEffect();
  // Sent together: the look-up of identifiers does not wait for the locks.
  const [holders] = await Promise.all([holdersOf(run, requests, alreadyRead), graph.lock(namedIn(requests))]);
  if (sending === null) applyStagedHolders(graph, holders);
  const deleted = alreadyRead.hasNoFormer ? new Map<string, string>() : await deletedOf(run, graph, requests);
  const batch = new ChangeBatch(graph, holders, deleted);
  const accepted = await batch.decide(requests, slices);
  effect.unchanged += batch.unchanged;
  writeNodes(graph, effect, now, sending);
  const byType = Map.groupBy([...graph.relationships()].filter(isChanged), ({ type }) => type);
  for (const type of RELATIONSHIP_TYPES) writeRelationships(byType.get(type) ?? [], type, effect, sending);
  await refreshSources(graph, sending);
  await clipAgain(graph, effect, sending);
  return { effect, accepted };
}

/**
 * Applies change requests of an import inside a transaction, and returns what that touched. A request with a problem gets the
 * problem and writes nothing; the others are written. What exists already is not written again.
 */
export async function apply(
  transaction: WriteTransaction,
  requests: readonly ChangeRequest[],
  now: string,
  alreadyRead: AlreadyRead = NOTHING_READ,
): Promise<Applied> {
  const sending = new PipelinedTransaction(transaction);
  const done = await applied(sending, requests, now, alreadyRead, Slices.inBackground());
  await sending.allWritten();
  return done;
}

/** What a batch did, and every node that it has read or written, as it is now (except its counts). */
export interface Applied {
  readonly effect: Effect;
  /** All that it has read, with its changes. */
  readonly graph: KnownGraph;
  nodes(): readonly Readonly<Properties>[];
}

/** Like `apply`, but does not wait for its writes, and uses what the caller has read and locked already. */
export async function applied(
  sending: PipelinedTransaction,
  requests: readonly ChangeRequest[],
  now: string,
  alreadyRead: AlreadyRead,
  slices = new Slices(),
): Promise<Applied> {
  const run: GraphTransaction['run'] = (...call) => sending.run(...call);
  const graph = new KnownGraph(run, alreadyRead);
  const { effect } = await carryOut(run, graph, requests, now, { sending, slices, alreadyRead });
  return { effect, graph, nodes: () => Array.from(graph.nodes(), ({ after }) => after) };
}

/** A batch that was decided on before its transaction. */
export interface Decided extends Pick<Applied, 'effect' | 'graph'> {
  /** What is still to be written, in order. */
  readonly writes: readonly (readonly [statement: Statement<never>, parameters: Parameters])[];
}

/** Outside of a transaction nothing is locked: nodes are only read. */
const withoutLocks =
  (read: GraphTransaction['run']): GraphTransaction['run'] =>
  (statement, parameters) =>
    read((statement as object) === lockNodes ? (nodesById as unknown as typeof statement) : statement, parameters);

/**
 * Decides on change requests as `apply` would, outside of a transaction. What is decided may be written only while the store
 * is as it was read.
 */
export async function decideAhead(
  read: GraphTransaction['run'],
  requests: readonly ChangeRequest[],
  now: string,
  alreadyRead: AlreadyRead,
): Promise<Decided> {
  const writes: (readonly [statement: Statement<never>, parameters: Parameters])[] = [];
  const run = withoutLocks(read);
  const graph = new KnownGraph(run, alreadyRead);
  const sending: Sender = { send: (...write) => void writes.push(write) };
  const { effect } = await carryOut(run, graph, requests, now, { sending, slices: Slices.inBackground(), alreadyRead });
  // Else each batch would have all earlier ones in memory.
  graph.complete();
  return { effect, graph, writes };
}

/**
 * Decides on batches as `apply` would, and writes nothing. Each batch sees the changes of the earlier ones, which stay
 * in memory.
 */
export class DryRun {
  readonly #graph: KnownGraph;
  /** Reads the stored graph. */
  readonly read: GraphTransaction['run'];

  constructor(read: GraphTransaction['run']) {
    this.read = withoutLocks(read);
    this.#graph = new KnownGraph(this.read, NOTHING_READ);
  }

  async apply(requests: readonly ChangeRequest[]): Promise<Outcome> {
    const outcome = await carryOut(this.read, this.#graph, requests, '', {
      sending: null,
      slices: Slices.inBackground(),
    });
    this.#graph.settle();
    return outcome;
  }
}
