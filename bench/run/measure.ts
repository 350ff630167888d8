import { isDeepStrictEqual } from 'node:util';
import { Random } from '../graph/random.ts';
import type { World } from '../graph/world.ts';
import type { Question, Workload } from '../workloads/workload.ts';
import type { Prepared } from './client.ts';
import { cpuSeconds } from './process.ts';
import type { RoundTrips, RunningServer } from './servers.ts';
import { median, quantile } from './statistics.ts';

/** Questions of one workload: enough that no cache of the database knows them all by heart, and enough to differ. */
const [LEAST_QUESTIONS, MAX_QUESTIONS] = [5, 100];
/** Rounds in which all servers take their turn once: as many forward as backward, and short, since machines change pace. */
const ROUNDS = 10;
/** Share of a workload's time in which answers are compared, and in which servers warm up before each measure. */
const CHECK_SHARE = 0.2;
const WARM_SHARE = 0.15;
/** The same where a workload writes: it takes milliseconds each time, so that much fewer are asked in the same time. */
const CHECK_SHARE_OF_WRITES = 0.05;
const WARM_SHARE_OF_WRITES = 0.7;
/** Milliseconds of one turn, however much time there is. */
const [LEAST_TURN, MOST_TURN] = [40, 2_000];

/** Turns of one server in all: it warms up, then there are rounds at one connection and at ten. */
const TURNS = 1 + 2 * ROUNDS;
/** Milliseconds of questions before a turn that are not timed, where there are few new ones to be timed. */
const WARM_UP_MS = 150;

/** Questions that are never asked twice: so many are drawn, and so many repetitions in a row end the drawing. */
const [MOST_NEW, MAX_REPEATED] = [6_000, 500];

/** A first answer may have to wait for an index that is being built: it is asked again before it counts as failed. */
const WAKE_TRIES = 4;

/** What one server did with one workload. */
export interface Measured {
  /** Milliseconds of its very first answer: plans, indexes and caches are made then. */
  readonly first: number;
  /** Milliseconds of the answers at one connection. */
  readonly p50: number;
  readonly p95: number;
  readonly answers: number;
  /** Medians of the single rounds, in order: how far they lie apart tells how quiet the machine was. */
  readonly rounds: readonly number[];
  /** Answers a second, over all connections. */
  readonly throughput: number;
  /** Milliseconds of processor time per answer: of the server, and of Neo4j where it has one of its own. */
  readonly serverCpu: number;
  readonly databaseCpu: number | null;
  readonly bytes: number;
  readonly roundTrips: RoundTrips | null;
}

export type Cell =
  | { readonly is: 'measured'; readonly measured: Measured }
  /** Why it was not timed. `wrong` fails the run; the others are as they should be. */
  | { readonly is: 'skipped' | 'wrong'; readonly reason: string };

/** A workload's line: what every server did, by its identifier. */
export interface Line {
  readonly workload: Workload;
  readonly questions: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

interface Measuring {
  readonly world: World;
  readonly servers: readonly RunningServer[];
  /** Process of the Neo4j that servers share, if any. */
  readonly databasePid: number | null;
  readonly milliseconds: number;
  readonly say: (line: string) => void;
}

/** A server that answers a workload rightly, with its questions as it takes them. */
interface Contender {
  readonly server: RunningServer;
  readonly requests: Prepared[];
  /** Milliseconds of its very first answer, and of the latest one that was compared. */
  first: number;
  latest: number;
  /** The next question; of a workload that writes, or a server that is asked nothing twice, one that was never asked. */
  next: () => Prepared;
  /** How many it may be asked in one turn: few where there are few that were never asked. */
  most: number;
  /** Asks, before a turn, what is not timed. */
  warmUp: () => Promise<void>;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** The first place at which two values differ, for people. */
function difference(a: unknown, b: unknown, path = 'answer'): string {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [left, right] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]];
      if (!isDeepStrictEqual(left, right)) return difference(left, right, `${path}.${key}`);
    }
  }
  return `${path} is ${shorten(b)} instead of ${shorten(a)}`;
}

class Contest {
  readonly #workload: Workload;
  readonly #measuring: Measuring;
  /** Decides which questions are asked. */
  readonly #seed: number;
  readonly cells = new Map<string, Cell>();
  #contenders: Contender[] = [];
  questions = 0;

  constructor(workload: Workload, measuring: Measuring, seed: number) {
    this.#workload = workload;
    this.#measuring = measuring;
    this.#seed = seed;
    for (const server of measuring.servers) this.#enter(server);
  }

  #enter(server: RunningServer): void {
    const { id } = server.kind;
    const missing = server.missing(this.#workload);
    if (missing.length > 0) {
      this.cells.set(id, { is: 'skipped', reason: `its schema has no ${missing.join(', ')} yet` });
    } else if (!this.#workload[server.kind.tongue]) {
      this.cells.set(id, { is: 'skipped', reason: 'it has no words for it' });
    } else {
      const contender = { server, requests: [], first: 0, latest: 0, most: Infinity };
      this.#contenders.push({ ...contender, next: () => this.#refuse(), warmUp: async () => {} });
    }
  }

  #refuse(): never {
    throw new Error('Nothing is timed before it was compared.');
  }

  #exclude(contender: Contender, reason: string): void {
    this.#contenders = this.#contenders.filter((each) => each !== contender);
    this.cells.set(contender.server.kind.id, { is: 'wrong', reason });
  }

  /** Asks one server one question; what is wrong with the answer excludes it. */
  async #answer(contender: Contender, question: Question): Promise<{ value: unknown } | null> {
    const { server } = contender;
    try {
      const request = server.prepare(this.#workload, question)!;
      const begun = performance.now();
      const { status, body } = await server.one.ask(request);
      contender.latest = performance.now() - begun;
      const value = server.read(this.#workload, status, body);
      const problem = question.problem(value);
      if (problem !== null) throw new Error(`its answer ${problem}`);
      contender.requests.push({ ...request, bytes: this.#workload.loose ? null : body.length });
      if (contender.requests.length === 1) this.#sizes.set(server.kind.id, body.length);
      return { value };
    } catch (error) {
      this.#exclude(contender, `${(error as Error).message} (${shorten(question.cypher)})`);
      return null;
    }
  }

  readonly #sizes = new Map<string, number>();
  #roundTrips: ReadonlyMap<RunningServer, RoundTrips | null> = new Map();

  /** Lets every server answer once, rightly or not, so that the first comparison is not the one that builds an index. */
  async #wake(question: Question): Promise<void> {
    for (const contender of this.#contenders) {
      const { server } = contender;
      const begun = performance.now();
      for (let tries = 0; tries < WAKE_TRIES; tries++) {
        const request = server.prepare(this.#workload, question);
        const received = request && (await server.one.ask(request).catch(() => null));
        if (received && !received.body.includes('"errors"')) break;
      }
      contender.first = performance.now() - begun;
    }
  }

  /** Holds all answers equal to the first server's, and all to what the generator knows, question by question. */
  async compare(milliseconds: number): Promise<void> {
    const { world } = this.#measuring;
    const random = new Random(
      [...this.#workload.id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), this.#seed),
    );
    const questions = this.#workload.questions(world, random)[Symbol.iterator]();
    if (!this.#workload.writes) {
      const [first] = this.#workload.questions(world, random);
      await this.#wake(first!);
    }
    const end = performance.now() + milliseconds;
    for (; this.questions < MAX_QUESTIONS; this.questions++) {
      if (this.questions >= LEAST_QUESTIONS && performance.now() > end) break;
      let reference: { value: unknown } | null = null;
      let isOver = false;
      let { value: question, done } = questions.next();
      if (done || this.#contenders.length === 0) break;
      for (const contender of [...this.#contenders]) {
        if (this.#workload.writes && reference) {
          ({ value: question, done } = questions.next());
          isOver = done === true;
        }
        if (isOver) break;
        // What is compared was asked: the others are compared as often, and it is the same program.
        if (contender.server.kind.asksOnce && this.questions >= LEAST_QUESTIONS) continue;
        const answered = await this.#answer(contender, question);
        if (!answered || this.#workload.loose) {
          reference ??= answered;
          continue;
        }
        reference ??= answered;
        if (!isDeepStrictEqual(reference.value, answered.value)) {
          this.#exclude(contender, `${difference(reference.value, answered.value)} (${shorten(question.cypher)})`);
        }
      }
    }
    for (const contender of [...this.#contenders]) {
      contender.next = this.#asker(contender, questions);
      if (contender.server.kind.asksOnce && !this.#workload.writes) this.#askOnce(contender);
    }
  }

  /** Lets a contender be asked only what it was never asked, in as many turns as there are. */
  #askOnce(contender: Contender): void {
    const { server, requests } = contender;
    const known = new Set(requests.map(({ body }) => body));
    const { world } = this.#measuring;
    const fresh = this.#newRequests(server, this.#workload.questions(world, new Random(97)), known);
    contender.most = Math.floor(fresh.length / TURNS);
    contender.next = () => fresh.pop()!;
    if (contender.most === 0) {
      this.#contenders = this.#contenders.filter((each) => each !== contender);
      this.cells.set(server.kind.id, { is: 'skipped', reason: `it has ${known.size} different questions only` });
    } else if (this.#workload.others && fresh.length < MOST_NEW) {
      const others = this.#newRequests(server, this.#workload.others(world, new Random(98)), known);
      const most = Math.floor(others.length / TURNS);
      contender.warmUp = async () => void (await server.one.askFor(WARM_UP_MS, () => others.pop()!, most));
    }
  }

  /** Requests of questions that are not known yet; they are known then. */
  #newRequests(server: RunningServer, questions: Iterable<Question>, known: Set<string>): Prepared[] {
    const fresh: Prepared[] = [];
    let repeated = 0;
    for (const question of questions) {
      if (fresh.length === MOST_NEW || repeated === MAX_REPEATED) break;
      const request = server.prepare(this.#workload, question)!;
      repeated = known.has(request.body) ? repeated + 1 : 0;
      if (repeated > 0) continue;
      known.add(request.body);
      fresh.push(request);
    }
    return fresh;
  }

  #asker({ server, requests }: Contender, questions: Iterator<Question>): () => Prepared {
    if (this.#workload.writes) return () => server.prepare(this.#workload, questions.next().value)!;
    let turn = 0;
    return () => requests[turn++ % requests.length]!;
  }

  /**
   * All servers one after the other, again and again, so that what disturbs the machine disturbs them alike, and every
   * second time backward, since what one leaves to be done (an index merges, garbage) falls on the next. One that is so
   * slow that a single question takes more than its turns leaves the later rounds to the others.
   */
  async #rounds(rounds: number, turn: number, work: (contender: Contender) => Promise<void>): Promise<void> {
    const used = new Map<Contender, number>();
    for (let round = 0; round < rounds; round++) {
      for (const contender of round % 2 === 0 ? [...this.#contenders] : this.#contenders.toReversed()) {
        if ((used.get(contender) ?? 0) > 2 * rounds * turn) continue;
        try {
          await contender.warmUp();
          const begun = performance.now();
          await work(contender);
          used.set(contender, (used.get(contender) ?? 0) + performance.now() - begun);
        } catch (error) {
          this.#exclude(contender, (error as Error).message);
        }
      }
    }
  }

  /** Asks all servers, for so long in all, what is not timed. */
  async warmUp(milliseconds: number): Promise<void> {
    this.#roundTrips = new Map(this.#contenders.map(({ server }) => [server, server.roundTrips(this.#workload)]));
    const warm = Math.max(LEAST_TURN, milliseconds / Math.max(1, this.#contenders.length));
    // One wave of a slow server's would outlast its whole turn.
    await this.#rounds(1, warm, async ({ server, next, latest, most }) => {
      await (latest < warm / 5 ? server.many : server.one).askFor(warm, next, most);
    });
  }

  async time(milliseconds: number): Promise<void> {
    const turns = this.#contenders.length * ROUNDS * 2;
    const turn = Math.min(MOST_TURN, Math.max(LEAST_TURN, milliseconds / Math.max(1, turns)));
    const latencies = new Map<RunningServer, number[][]>();
    await this.#rounds(ROUNDS, turn, async ({ server, next, most }) => {
      latencies.set(server, [...(latencies.get(server) ?? []), await server.one.askFor(turn, next, most)]);
    });
    const loads = new Map<RunningServer, { answers: number; seconds: number; server: number; database: number }>();
    await this.#rounds(ROUNDS, turn, async ({ server, next, most }) => {
      const load = loads.get(server) ?? { answers: 0, seconds: 0, server: 0, database: 0 };
      const before = this.#cpu(server);
      const begun = performance.now();
      load.answers += (await server.many.askFor(turn, next, most)).length;
      load.seconds += (performance.now() - begun) / 1_000;
      const after = this.#cpu(server);
      load.server += after.server - before.server;
      load.database += after.database - before.database;
      loads.set(server, load);
    });
    for (const { server, first } of this.#contenders) {
      const rounds = latencies.get(server)!;
      const load = loads.get(server)!;
      const all = rounds.flat();
      this.cells.set(server.kind.id, {
        is: 'measured',
        measured: {
          first,
          p50: median(all),
          p95: quantile(all, 0.95),
          answers: all.length,
          rounds: rounds.map(median),
          throughput: load.answers / load.seconds,
          serverCpu: (1_000 * load.server) / load.answers,
          databaseCpu: server.kind.engine === 'neo4j' ? (1_000 * load.database) / load.answers : null,
          bytes: this.#sizes.get(server.kind.id)!,
          roundTrips: this.#roundTrips.get(server) ?? null,
        },
      });
    }
  }

  #cpu({ child, kind }: RunningServer): { server: number; database: number } {
    const { databasePid } = this.#measuring;
    const database = kind.engine === 'neo4j' && databasePid !== null ? cpuSeconds(databasePid) : 0;
    return { server: cpuSeconds(child.pid), database };
  }
}

const isOurs = ({ kind }: RunningServer): boolean => kind.tongue === 'grappe';

/**
 * The servers that take turns. Where they write, ours do it by themselves: what is written past our change log makes them read
 * the whole graph again, which nobody's creation takes part in.
 */
function groupsOf({ writes }: Workload, servers: readonly RunningServer[]): readonly (readonly RunningServer[])[] {
  if (!writes) return [servers];
  return [servers.filter((server) => !isOurs(server)), servers.filter(isOurs)].filter(({ length }) => length > 0);
}

/**
 * Compares the answers of all servers to one workload, then times those that are right. Where they write, all groups have warmed up
 * before the first one is timed: Neo4j is slow for the first thousands of writes of any client, so that the group that is timed
 * first would be the slower one.
 */
export async function measure(workload: Workload, measuring: Measuring): Promise<Line> {
  const cells = new Map<string, Cell>();
  let questions = 0;
  const [check, warm] = workload.writes ? [CHECK_SHARE_OF_WRITES, WARM_SHARE_OF_WRITES] : [CHECK_SHARE, WARM_SHARE];
  const groups = groupsOf(workload, measuring.servers).map((servers, place) => ({
    servers,
    milliseconds: (measuring.milliseconds * servers.length) / measuring.servers.length,
    contest: new Contest(workload, { ...measuring, servers }, 7 + place),
  }));
  for (const { contest, milliseconds } of groups) {
    const begun = performance.now();
    await contest.compare(milliseconds * check);
    await contest.warmUp((milliseconds - (performance.now() - begun)) * warm);
  }
  // After the others have written.
  if (workload.writes) for (const server of measuring.servers) await server.untilCurrent();
  // Those that made the others read the graph again are timed at the end.
  for (const { contest, milliseconds } of groups.toReversed()) {
    await contest.time(milliseconds * (1 - check) * (1 - warm));
    for (const [id, cell] of contest.cells) cells.set(id, cell);
    questions = Math.max(questions, contest.questions);
  }
  return { workload, questions, cells };
}
