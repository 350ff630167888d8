import type { CommittedAddition } from '../changes/addition.ts';
import { indexEntries } from '../changes/index-log.ts';
import { entriesBetween, newestSequence } from '../changes/log.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { longRead } from '../graph/long-read.ts';
import { writeVersioned } from '../graph/write-versioned.ts';
import { oneAhead } from '../scheduling/one-ahead.ts';
import { NO_RESTS, type Rests } from '../scheduling/rests.ts';
import { Slices } from '../scheduling/slices.ts';
import { countBookkeeping, writeBookkeeping } from '../store/bookkeeping.ts';
import { recount } from '../store/counts.ts';
import {
  derivedPartnershipsAfter,
  markDerived,
  markUnderived,
  participantsOfProjects,
  projectsAfter,
  projectsOfActors,
  underivedProjects,
} from '../store/derivation.ts';
import { typesById } from '../store/node.ts';
import { lockNodes, type StoredRelationship } from '../store/write.ts';
import { type Authorship, logChange } from './change.ts';
import { type Counting, leaveUncounted, nothingCounted, renewCounts } from './counts.ts';
import { type CommonProject, type ProjectPair, pairsOf, partnershipOf, writePartnerships } from './partnerships.ts';

/** Pairs written in one transaction: a second or two of work, so that other writers do not wait long. */
const PAIRS_AT_ONCE = 10_000;
/** Identifiers given to one reading statement: the engine makes its rows into objects in one go. */
const IDS_AT_ONCE = 1_000;

type Run = GraphTransaction['run'];

function* chunks<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

async function readProjects(run: Run, ids: readonly string[], into: Map<string, CommonProject>): Promise<void> {
  for (const some of chunks(
    ids.filter((id) => !into.has(id)),
    IDS_AT_ONCE,
  )) {
    for (const row of await run(participantsOfProjects, { ids: some })) {
      into.set(row.project, {
        id: row.project,
        since: row.since as PartialDate | null,
        until: row.until as PartialDate | null,
        participantCount: row.participantCount,
        sources: row.sources ?? [],
        participants: row.participants,
      });
    }
  }
}

/**
 * Every pair of actors that meets in one of the projects, or is given in `alsoPairs`, with all projects that the two
 * have in common, not only the given ones; in slices.
 */
export async function commonProjects(
  run: Run,
  projectIds: readonly string[],
  alsoPairs: Iterable<readonly [from: string, to: string]>,
  slices = new Slices(),
): Promise<ProjectPair[]> {
  const projects = new Map<string, CommonProject>();
  await readProjects(run, projectIds, projects);
  const partners = new Map<string, Set<string>>();
  const join = (from: string, to: string): void => {
    const known = partners.get(from);
    if (known) known.add(to);
    else partners.set(from, new Set([to]));
  };
  // What a mutation has read is little: it does not wait for a turn.
  slices.begin();
  await slices.each(projects.values(), ({ participants }) => {
    for (const [from, to] of pairsOf(participants)) join(from, to);
  });
  for (const [from, to] of alsoPairs) join(from, to);

  const actors = [...new Set([...partners].flatMap(([from, others]) => [from, ...others]))];
  const projectsOf = new Map<string, readonly string[]>();
  for (const some of chunks(actors, IDS_AT_ONCE)) {
    for (const row of await run(projectsOfActors, { ids: some })) projectsOf.set(row.actor, row.projects);
  }
  // Only projects that two of the actors share matter.
  const seen = new Set<string>();
  const shared = new Set<string>();
  slices.begin();
  await slices.each(projectsOf.values(), (ids) => {
    for (const id of ids) (seen.has(id) ? shared : seen).add(id);
  });
  await readProjects(run, [...shared], projects);

  const pairs: ProjectPair[] = [];
  slices.begin();
  await slices.each(partners, ([from, others]) => {
    const common = new Map<string, CommonProject[]>([...others].map((to) => [to, []]));
    for (const id of projectsOf.get(from) ?? []) {
      const project = projects.get(id);
      for (const participant of project?.participants ?? []) common.get(participant)?.push(project!);
    }
    for (const [to, itsProjects] of common) pairs.push({ from, to, projects: itsProjects });
  });
  return pairs;
}

/**
 * Derives the PROJECT partnerships of changed projects, and of pairs that no longer meet in them, in the same
 * transaction. Returns the actors whose partnerships changed; the caller renews their counts.
 */
export async function derivePartnerships(
  transaction: GraphTransaction,
  projectIds: readonly string[],
  alsoPairs: Iterable<readonly [from: string, to: string]> = [],
): Promise<Set<string>> {
  const pairs = [...alsoPairs];
  const rows = await transaction.run(participantsOfProjects, { ids: [...projectIds] });
  const actors = new Set([...rows.flatMap(({ participants }) => participants), ...pairs.flat()]);
  // Locked before the rest is read: another project of the same actors may change at the same time.
  await transaction.run(lockNodes, { ids: [...actors].sort() });
  const common = await commonProjects((...call) => transaction.run(...call), projectIds, pairs);
  return (await writePartnerships(transaction, common)).actors;
}

/** Some of many pairs, and how many there are up to their end. */
interface Part {
  readonly pairs: readonly ProjectPair[];
  readonly end: number;
}

/** Parts of pairs, each pair with the partnership that its projects make, computed in slices. */
async function* withPartnerships(pairs: readonly ProjectPair[], size: () => number): AsyncGenerator<Part> {
  const slices = Slices.inBackground();
  const computed = (pair: ProjectPair): ProjectPair =>
    pair.projects.length === 0 ? pair : { ...pair, partnership: partnershipOf(pair) };
  for (let [start, end] = [0, 0]; start < pairs.length; start = end) {
    end = Math.min(pairs.length, start + size());
    yield { pairs: await slices.map(pairs.slice(start, end), computed), end };
  }
}

/** How far a long derivation has come, in pairs of actors. */
export type DeriveProgress = (done: number, total: number) => void;

/** Who follows a long derivation, and in what steps it goes. */
export interface DeriveObserver {
  /** Pairs written in one transaction. Default: 10,000. */
  readonly pairsAtOnce?: number | undefined;
  /** First called when all pairs are known and none is written. */
  readonly onProgress?: DeriveProgress | undefined;
  /** Writes something in the transaction of each chunk of pairs, before its entry in the change log. */
  readonly beside?: ((run: Run) => Promise<void>) | undefined;
  /** Called with each entry that it adds to the change log, once it is committed. */
  readonly onEntry?: ((sequence: number) => void) | undefined;
  /** Called with all that an entry did, if it only added records or renewed counts. */
  readonly onAddition?: ((addition: CommittedAddition) => void) | undefined;
  /** Those between two transactions. Default: none. */
  readonly rests?: Rests | undefined;
  /** Stops between two transactions; what is not derived then stays marked. */
  readonly signal?: AbortSignal | undefined;
}

/** Projects that imports changed after a sequence. Mutations derive their own partnerships. */
async function importedSince(run: Run, sequence: number): Promise<Set<string>> {
  const projects = new Set<string>();
  for (const entry of await entriesBetween(run, sequence, await newestSequence(run))) {
    if (!entry.action.startsWith('import ')) continue;
    for (const ids of chunks(entry.touched, IDS_AT_ONCE)) {
      for (const { id, type } of await run(typesById, { ids })) if (type === 'Project') projects.add(id);
    }
  }
  return projects;
}

/**
 * Derives the partnerships of all marked projects, a chunk in each transaction. The common projects of all pairs are
 * read first, and again under the locks of a chunk if another transaction has committed since. Projects that another
 * import changed meanwhile stay marked, for the next round.
 */
async function deriveMarked(
  engine: GraphEngine,
  authorship: Authorship,
  alsoPairs: readonly (readonly [from: string, to: string])[],
  observer: DeriveObserver,
  counting: Counting,
): Promise<number> {
  const { pairsAtOnce = PAIRS_AT_ONCE, rests = NO_RESTS, onProgress, onEntry, onAddition, beside, signal } = observer;
  const options = { timeoutMs: 120_000, signal };
  const read: Run = (statement, parameters) => engine.read(statement, parameters, options);
  const before = await newestSequence(read);
  const ids = (await read(underivedProjects)).map(({ id }) => id).sort();
  if (ids.length === 0 && alsoPairs.length === 0) return 0;
  const pairs = await commonProjects(read, ids, alsoPairs, Slices.inBackground());
  /** The last sequence up to which only this derivation has committed since the pairs were read. */
  let lastOwnSequence = before;
  let done = 0;
  onProgress?.(done, pairs.length);
  // An actor is counted once, with the last pair that may change its partnerships.
  const lastPair = new Map<string, number>();
  for (const [at, { from, to }] of pairs.entries()) lastPair.set(from, at).set(to, at);
  const uncounted = new Set<string>();
  // While one part is written, the partnerships of the next are computed.
  for await (const part of oneAhead(withPartnerships(pairs, () => rests.sizeOf(pairsAtOnce)))) {
    const { done: written, version } = await writeVersioned(
      engine,
      async (transaction) => {
        const run: Run = (...call) => transaction.run(...call);
        const changes = await writePartnerships(transaction, part.pairs, async (given) => {
          if ((await newestSequence(run)) === lastOwnSequence) return given;
          return commonProjects(
            run,
            [],
            given.map(({ from, to }) => [from, to]),
          );
        });
        const changed = changes.actors;
        const complete = [...new Set([...uncounted, ...changed])].filter((id) => lastPair.get(id)! < part.end).sort();
        if (changed.size === 0 && complete.length === 0) {
          await run(countBookkeeping);
          return null;
        }
        const counts = await run(recount, { ids: complete });
        await beside?.(run);
        await leaveUncounted(run, before);
        const touched = new Set([...changed, ...complete]);
        const sequence = await logChange(transaction, authorship, touched, new Date().toISOString());
        return { sequence, changes, changed, complete, counts };
      },
      options,
    );
    if (written !== null) {
      const { sequence, changes, counts } = written;
      if (sequence === lastOwnSequence + 1) lastOwnSequence = sequence;
      counting.ownEntries.add(sequence);
      onEntry?.(sequence);
      const { created, updated, deleted } = changes;
      if (updated.length === 0 && deleted.length === 0) {
        const relationships = created.map((each) => ({ ...each, type: 'PARTNERS_WITH' }) as StoredRelationship);
        onAddition?.({ sequence, nodes: [], relationships, counts, version });
      }
      for (const id of written.changed) uncounted.add(id);
      for (const id of written.complete) {
        uncounted.delete(id);
        counting.included.set(id, before);
      }
    }
    done += part.pairs.length;
    onProgress?.(done, pairs.length);
    await rests.take();
  }
  const again = await writeBookkeeping(
    engine,
    async (transaction) => {
      const run: Run = (...call) => transaction.run(...call);
      // Before the log is read: an import that marks one of them from now on waits, and marks it after us.
      await run(markDerived, { ids });
      const projects = await importedSince(run, before);
      await run(markUnderived, { ids: [...projects].sort() });
      return projects;
    },
    options,
  );
  const settled = ids.filter((id) => !again.has(id)).length;
  return again.size === 0 ? settled : settled + (await deriveMarked(engine, authorship, [], observer, counting));
}

/**
 * Derives the PROJECT partnerships of all projects that imports have marked, interrupted imports too, renews the counts of
 * what imports touched, and adds their entries to the index of the change log. Returns the number of projects.
 */
export async function derivePending(engine: GraphEngine, observer: DeriveObserver = {}): Promise<number> {
  const counting = nothingCounted();
  const settled = await deriveMarked(
    engine,
    { by: null, action: 'derive partnerships from common projects' },
    [],
    observer,
    counting,
  );
  await renewCounts(engine, counting, observer);
  await indexEntries(engine, observer.signal, observer.rests);
  return settled;
}

/** Derives every PROJECT partnership again, from the participations. Writes only differences. */
export async function rebuildPartnerships(engine: GraphEngine, onProgress?: DeriveProgress): Promise<number> {
  for await (const rows of longRead(engine, projectsAfter, ({ id }) => id, '')) {
    await writeBookkeeping(engine, (transaction) => transaction.run(markUnderived, { ids: rows.map(({ id }) => id) }));
  }
  const existing: [from: string, to: string][] = [];
  for await (const rows of longRead(engine, derivedPartnershipsAfter, ({ id }) => id, '')) {
    for (const { from, to } of rows) existing.push([from, to]);
  }
  const counting = nothingCounted();
  const authorship = { by: null, action: 'derive all partnerships and counts again' };
  const settled = await deriveMarked(engine, authorship, existing, { onProgress }, counting);
  await renewCounts(engine, counting);
  return settled;
}
