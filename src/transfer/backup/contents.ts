import { entriesBetween, stateOfLog, touchedSince } from '../../changes/log.ts';
import { NODE_TYPES, type NodeType, RELATIONSHIP_TYPES } from '../../domain/vocabulary.ts';
import type { GraphEngine, WriteTransaction } from '../../graph/engine.ts';
import { longRead } from '../../graph/long-read.ts';
import type { Ask } from '../../store/ask.ts';
import {
  deletedById,
  mergedAmong,
  nodeCounts,
  onceSince,
  REMEMBERED_LABELS,
  relationshipCounts,
  rememberedAfter,
  type StoredProperties,
  storedMarks,
  storedNodesAfter,
  storedNodesById,
  storedRelationshipsAfter,
} from '../../store/backup.ts';
import { BOOKKEEPING } from '../../store/bookkeeping.ts';
import { holdChanges } from '../../store/closing.ts';
import { underivedProjects } from '../../store/derivation.ts';
import { DOCUMENT_MARK } from '../../store/registered-documents.ts';
import { SERVER_MARK } from '../../store/servers.ts';
import { relationshipsOfNodes } from '../../store/write.ts';
import { BackupError, type ContentLine, type ManifestLine } from './lines.ts';

/** Milliseconds that one page may take. */
const TIMEOUT_MS = 120_000;
/** Rows of a line: some hundred kilobytes. */
const ROWS = 1_000;
/** Changed nodes that are read again at once. */
const IDS = 500;
/** Entries of the change log that are read at once: those of imports name thousands of nodes each. */
const ENTRIES = 20;
/** How often what changed meanwhile is read again before the backup is given up, and how often before others have to wait. */
const ROUNDS = 20;
const FREE_ROUNDS = 3;
/** Changed nodes that are read while others wait, at the most. */
const MAX_WAITED = 10_000;
/** Idempotency keys of so long before the beginning are read again: clocks of servers differ. */
const CLOCKS_MS = 600_000;
/** Marks that mean something only while a process runs. */
const PASSING_MARKS: ReadonlySet<string> = new Set([
  'change',
  BOOKKEEPING,
  'loading',
  'turn',
  'restore',
  'probe',
  'link key',
]);
const isPassing = (id: string): boolean =>
  PASSING_MARKS.has(id) || id.startsWith(SERVER_MARK) || id.startsWith(DOCUMENT_MARK);

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let begin = 0; begin < items.length; begin += size) yield items.slice(begin, begin + size);
}

/** How many nodes and relationships of each type there are. */
export async function countsOf(ask: Ask): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, statement] of Object.entries({ ...nodeCounts, ...relationshipCounts })) {
    counts[name] = (await ask(statement))[0]?.total ?? 0;
  }
  return counts;
}

/** Reads a graph that others may change meanwhile, so that what is read is of one moment in the end. */
class ContentReader {
  readonly #engine: GraphEngine;
  readonly #options: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined };
  readonly #beganAt = Date.now();

  constructor(engine: GraphEngine, signal: AbortSignal | undefined) {
    this.#engine = engine;
    this.#options = { timeoutMs: TIMEOUT_MS, signal };
  }

  readonly ask: Ask = (statement, parameters) => this.#engine.read(statement, parameters, this.#options);

  /** Everything, in pages: what is changed meanwhile may be read before or after the change. */
  async *all(): AsyncGenerator<ContentLine> {
    const idOf = ({ properties }: { readonly properties: { readonly id: string } }): string => properties.id;
    for (const type of [...NODE_TYPES, ...REMEMBERED_LABELS]) {
      const statement = { ...storedNodesAfter, ...rememberedAfter }[type];
      for await (const page of longRead(this.#engine, statement, idOf, '', {}, this.#options)) {
        for (const rows of chunks(page, ROWS)) yield { nodes: type, rows: rows.map(({ properties }) => properties) };
      }
    }
    for (const type of RELATIONSHIP_TYPES) {
      const statement = storedRelationshipsAfter[type];
      for await (const page of longRead(this.#engine, statement, idOf, '', {}, this.#options)) {
        for (const rows of chunks(page, ROWS)) yield { relationships: type, rows };
      }
    }
  }

  /** The entries of the change log after a sequence and up to another. */
  async *entries(after: number, until: number): AsyncGenerator<ContentLine> {
    for (let from = after; from < until; from += ENTRIES) {
      const rows = await entriesBetween(this.ask, from, Math.min(until, from + ENTRIES));
      yield { nodes: 'Change', rows: rows.map((entry) => ({ ...entry })) };
    }
  }

  /** What is there now of nodes that have changed, with all of their relationships. */
  async *changed(touched: readonly string[]): AsyncGenerator<ContentLine> {
    yield { changed: touched };
    for (const ids of chunks(touched, IDS)) {
      const byType = new Map<NodeType, StoredProperties[]>();
      for (const { properties } of await this.ask(storedNodesById, { ids })) {
        const type = properties.type as NodeType;
        byType.set(type, [...(byType.get(type) ?? []), properties]);
      }
      for (const [nodes, rows] of byType) yield { nodes, rows };
      for (const [nodes, statement] of [['Merged', mergedAmong] as const, ['Deleted', deletedById] as const]) {
        const rows = await this.ask(statement, { ids });
        yield { nodes, rows: rows.map(({ properties }) => properties) };
      }
    }
    // After all nodes, since both ends may have changed; then it is found at each of them.
    const seen = new Set<string>();
    for (const ids of chunks(touched, IDS)) {
      for (const relationships of RELATIONSHIP_TYPES) {
        const found = await this.ask(relationshipsOfNodes[relationships], { ids });
        const rows = found.filter(({ properties: { id } }) => !seen.has(id) && seen.add(id));
        for (const some of chunks(rows, ROWS)) yield { relationships, rows: some };
      }
    }
    const at = new Date(this.#beganAt - CLOCKS_MS).toISOString();
    yield { nodes: 'Once', rows: (await this.ask(onceSince, { at })).map(({ properties }) => properties) };
  }

  /** What the graph holds in all. */
  async manifest(): Promise<Omit<ManifestLine, 'sequence' | 'trimmed' | 'lines'>> {
    const counts = await countsOf(this.ask);
    const marks = (await this.ask(storedMarks)).filter(({ id }) => !isPassing(id));
    return {
      counts,
      marks: Object.fromEntries(marks.map(({ id, value }) => [id, String(value)])),
      underived: (await this.ask(underivedProjects)).map(({ id }) => id).sort(),
    };
  }
}

interface Round {
  readonly lines: AsyncIterable<ContentLine> | readonly ContentLine[];
  /** The manifest, where nothing changed while the round was read. */
  readonly end: () => Promise<Omit<ManifestLine, 'lines'> | null>;
  readonly newest: number;
  readonly touched: number;
}

/** What has changed after a sequence. Throws a BackupError where the log does not say it any more. */
async function roundAfter(reader: ContentReader, sequence: number): Promise<Round> {
  const { newest } = await stateOfLog(reader.ask);
  const touched = await touchedSince(reader.ask, sequence, newest);
  if (touched === null) throw new BackupError('The change log was shortened meanwhile: make the backup again.');
  const lines = async function* (): AsyncGenerator<ContentLine> {
    yield* reader.changed([...touched].sort());
    yield* reader.entries(sequence, newest);
  };
  const end = async () => {
    const manifest = await reader.manifest();
    const { newest: still, trimmed } = await stateOfLog(reader.ask);
    return still === newest ? { sequence: newest, trimmed, ...manifest } : null;
  };
  return { lines: lines(), end, newest, touched: touched.size };
}

/** Ends a transaction that was only to hold others back: nothing was written, and what is cached stays valid. */
class Released extends Error {}

/**
 * Reads the last round while nobody commits a change, which takes well under a second; null where too much has changed for
 * that.
 */
async function lastRound(engine: GraphEngine, reader: ContentReader, sequence: number): Promise<Round | null> {
  let round: Round | null = null;
  const work = async (transaction: WriteTransaction): Promise<never> => {
    await transaction.run(holdChanges);
    const { lines, end, ...rest } = await roundAfter(reader, sequence);
    if (rest.touched <= MAX_WAITED) {
      // A slow reader of the backup must not hold up those who write.
      const read: ContentLine[] = [];
      for await (const line of lines) read.push(line);
      const manifest = await end();
      round = { ...rest, lines: read, end: async () => manifest };
    }
    throw new Released();
  };
  await engine.write(work, { timeoutMs: TIMEOUT_MS }).catch((error: unknown) => {
    if (!(error instanceof Released)) throw error;
  });
  return round;
}

/**
 * Everything that a graph holds, as it is at one moment, while others may change it: first all of it in pages, then by the
 * change log what has changed meanwhile, until nothing has; where that does not end, the last changes are read while
 * nobody commits. Returns the manifest. Throws a BackupError where the graph changes too fast. Memory: one page.
 */
export async function* contentsOf(
  engine: GraphEngine,
  signal?: AbortSignal,
): AsyncGenerator<ContentLine, Omit<ManifestLine, 'lines'>> {
  const reader = new ContentReader(engine, signal);
  const begin = await stateOfLog(reader.ask);
  let { newest: sequence } = begin;
  yield* reader.all();
  yield* reader.entries(begin.trimmed, sequence);
  for (let turn = 1; turn <= ROUNDS; turn++) {
    const last = turn > FREE_ROUNDS ? await lastRound(engine, reader, sequence) : null;
    const round = last ?? (await roundAfter(reader, sequence));
    yield* round.lines;
    const manifest = await round.end();
    if (manifest !== null) return manifest;
    sequence = round.newest;
  }
  throw new BackupError(
    'The graph changes faster than it can be read, as while an import runs: make the backup again when that has ended.',
  );
}
