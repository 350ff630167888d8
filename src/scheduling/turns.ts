import { type Questions, questions } from './questions.ts';

/** Slices that are remembered: half a second of them. */
const LATELY = 100;
/** A client has had little if another one has had so many times as much. */
const TIMES_LITTLE = 8;
/** Milliseconds that work in the background waits for questions, slice by slice: it has a tenth of the time, however many ask. */
const PATIENCE_MS = 10;
/** Milliseconds that a client which has had much waits for questions of one that has had little: it has a third of the time at least. */
const POSTPONED_MS = 10;

/** Work that is waiting for its next slice. */
interface Waiting {
  /** The client of its request; null for work of the server itself. */
  readonly client: string | null;
  /** Number of slices that its request has used. */
  readonly used: number;
  readonly begin: () => void;
}

/** Work in the background that is waiting. */
interface WaitingBehind {
  readonly since: number;
  readonly begin: () => void;
}

/**
 * Gives one slice in each turn of the event loop, regardless of how many wait, so that everything else runs between two
 * slices. The client that has had the fewest slices lately comes first, of one client the request that has used least; every
 * second time the work that has waited longest, so that none starves. A client that has had little beside another begins at
 * once, beside the slice of this turn: short questions have many beginnings, each of which would wait for a slice of another.
 * While a question of such a client is being answered, those that have had much wait, for two slices at the most: it asks the
 * database several times, and each answer would find a slice of another begun.
 * Work in the background comes when no question is being answered, or when it has waited for ten times a slice.
 */
export class Turns {
  readonly #questions: Questions;
  readonly #waiting: Waiting[] = [];
  #isOldestNext = false;
  /** Slices that clients have had lately, and their sum. */
  readonly #had = new Map<string, number>();
  #sum = 0;
  #isTaken = false;
  #isTakenBeside = false;
  /** Those that have waited longest are first. */
  readonly #behind: WaitingBehind[] = [];
  /** Whether the next slice is given in the next turn, or when questions are answered. */
  #isGiving = false;
  #isWaitingForAnswers = false;
  /** Since when the clients that have had much are postponed; null where they are not. */
  #postponedSince: number | null = null;
  #isPostponing = false;

  constructor(ofProcess: Questions) {
    this.#questions = ofProcess;
  }

  /** Takes a slice in this turn of the event loop; false where other work has it. */
  take(client: string | null): boolean {
    const isFree = !this.#isTaken && this.#waiting.length === 0 && !this.#isBehind(client);
    if (!isFree && (this.#isTakenBeside || !this.#hasHadLittle(client))) return false;
    if (isFree) {
      this.#isTaken = true;
      setImmediate(() => {
        this.#isTaken = false;
      });
    } else {
      this.#isTakenBeside = true;
      setImmediate(() => {
        this.#isTakenBeside = false;
      });
    }
    return true;
  }

  wait(client: string | null, used: number): Promise<void> {
    return new Promise((begin) => {
      this.#waiting.push({ client, used, begin });
      this.#giveInNextTurn();
    });
  }

  /** Waits for a slice of work in the background. */
  waitBehind(): Promise<void> {
    return new Promise((begin) => {
      this.#behind.push({ since: performance.now(), begin });
      this.#giveInNextTurn();
    });
  }

  #giveInNextTurn(): void {
    if (this.#isGiving) return;
    this.#isGiving = true;
    setImmediate(this.#give);
  }

  /** What a client begins at once does not count: it is short, else it waits for its next slice and has that. */
  #hasHadLittle(client: string | null, beside = Math.max(0, ...this.#had.values())): boolean {
    return client !== null && beside > TIMES_LITTLE * (this.#had.get(client) ?? 0);
  }

  /** Tells the clients that have had little beside this one. */
  #before(client: string | null): (other: string | null) => boolean {
    const had = client === null ? 0 : (this.#had.get(client) ?? 0);
    return (other) => this.#hasHadLittle(other, had);
  }

  /** Whether a question is being answered of a client that has had little beside this one. */
  #isBehind(client: string | null): boolean {
    return this.#questions.isAnswering(this.#before(client));
  }

  /** Whether the slice of a client is postponed for such a question. */
  #isPostponed(client: string | null): boolean {
    if (!this.#isBehind(client)) return false;
    this.#postponedSince ??= performance.now();
    return performance.now() - this.#postponedSince < POSTPONED_MS;
  }

  #comesBefore(one: Waiting, other: Waiting): boolean {
    const had = ({ client, used }: Waiting): number => (client === null ? used : (this.#had.get(client) ?? 0));
    const difference = had(one) - had(other);
    return difference < 0 || (difference === 0 && one.used < other.used);
  }

  #count(client: string | null): void {
    if (this.#sum++ >= LATELY) this.#forgetHalf();
    if (client !== null) this.#had.set(client, (this.#had.get(client) ?? 0) + 1);
  }

  #forgetHalf(): void {
    this.#sum = 1;
    for (const [client, slices] of this.#had) {
      const half = Math.floor(slices / 2);
      this.#sum += half;
      if (half > 0) this.#had.set(client, half);
      else this.#had.delete(client);
    }
  }

  /** The place of the work that has had least. */
  #least(): number {
    let least = 0;
    for (let at = 1; at < this.#waiting.length; at++) {
      if (this.#comesBefore(this.#waiting[at]!, this.#waiting[least]!)) least = at;
    }
    return least;
  }

  /** The work that has the next slice; undefined where all that waits is postponed, or nothing waits. */
  #next(): Waiting | undefined {
    if (this.#waiting.length === 0) return undefined;
    let next = this.#isOldestNext ? 0 : this.#least();
    if (this.#isPostponed(this.#waiting[next]!.client)) {
      next = this.#least();
      const { client } = this.#waiting[next]!;
      if (this.#isPostponed(client)) {
        void this.#giveOnceAnswered(client);
        return undefined;
      }
    }
    this.#isOldestNext = !this.#isOldestNext;
    const given = this.#waiting.splice(next, 1)[0]!;
    if (!this.#hasHadLittle(given.client)) this.#postponedSince = null;
    this.#count(given.client);
    return given;
  }

  /** Whether the next slice is for work in the background. */
  get #isForBehind(): boolean {
    const [first] = this.#behind;
    if (first === undefined) return false;
    if (performance.now() - first.since >= PATIENCE_MS) return true;
    return this.#waiting.length === 0 && !this.#questions.isAnswering();
  }

  readonly #give = (): void => {
    this.#isGiving = false;
    const given = this.#isForBehind ? this.#behind.shift() : this.#next();
    if (this.#waiting.length > 0 && !this.#isPostponing) this.#giveInNextTurn();
    else if (this.#behind.length > 0) void this.#giveWhenAnswered();
    given?.begin();
  };

  async #giveOnceAnswered(client: string | null): Promise<void> {
    if (this.#isPostponing) return;
    this.#isPostponing = true;
    const postponedMs = performance.now() - this.#postponedSince!;
    await this.#questions.answered(POSTPONED_MS - postponedMs, this.#before(client));
    this.#isPostponing = false;
    this.#giveInNextTurn();
  }

  async #giveWhenAnswered(): Promise<void> {
    if (this.#isWaitingForAnswers) return;
    this.#isWaitingForAnswers = true;
    await this.#questions.answered(PATIENCE_MS);
    this.#isWaitingForAnswers = false;
    this.#giveInNextTurn();
  }
}

/** The turns of this process, which has one event loop. */
export const turns = new Turns(questions);
