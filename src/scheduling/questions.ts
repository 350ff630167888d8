/** Milliseconds of a request for which other work lets it go first: one that takes longer shares the processor with it. */
const YOUNG_MS = 100;
/** Milliseconds after the last question for which more of them are expected. */
const ASKED_MS = 1_000;

/** Who asks a question. The client is looked at when it is needed: a token that names it may be looked up first. */
export interface Asker {
  readonly client: string | null;
}

/** A question that is being answered. */
interface Question {
  readonly begunAt: number;
  readonly asker: Asker;
}

/** Whether a question of this client is meant. */
type IsMeant = (client: string | null) => boolean;

const NOBODY: Asker = { client: null };
const everybody: IsMeant = () => true;

/** The questions that a process answers: work that nobody waits for lets them go first. */
export class Questions {
  /** In the order in which they began. */
  readonly #answering = new Set<Question>();
  #lastAt = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<() => void>();

  /** Notes that a question has arrived. Returns a function that notes its answer; later calls have no effect. */
  begin(asker = NOBODY): () => void {
    const question = { begunAt: performance.now(), asker };
    this.#lastAt = question.begunAt;
    this.#discardOld();
    this.#answering.add(question);
    return () => {
      if (!this.#answering.delete(question)) return;
      for (const look of this.#waiting) look();
    };
  }

  /** Whether a question is being answered that has begun a moment ago: of any client, or of one that is meant. */
  isAnswering(isMeant = everybody): boolean {
    this.#discardOld();
    for (const { asker } of this.#answering) if (isMeant(asker.client)) return true;
    return false;
  }

  /** Whether somebody has asked in the last second. */
  get areAsked(): boolean {
    return performance.now() - this.#lastAt < ASKED_MS;
  }

  /** Resolves when no such question is being answered, or after some milliseconds. */
  answered(timeoutMs: number, isMeant = everybody): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isAnswering(isMeant)) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const look = (): void => {
        if (!this.isAnswering(isMeant)) end();
      };
      const timer = setTimeout(end, timeoutMs);
      this.#waiting.add(look);
    });
  }

  /** Those that take long are no longer waited for; nor are those whose client has left. */
  #discardOld(): void {
    const since = performance.now() - YOUNG_MS;
    for (const question of this.#answering) {
      if (question.begunAt > since) return;
      this.#answering.delete(question);
    }
  }
}

/** The questions of this process, whose event loop all work shares. */
export const questions = new Questions();
