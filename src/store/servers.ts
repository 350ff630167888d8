import { randomUUID } from 'node:crypto';
import type { GraphEngine, WriteTransaction } from '../graph/engine.ts';
import { statement } from '../graph/statement.ts';
import { removeMark } from './backup.ts';
import { writeBookkeeping } from './bookkeeping.ts';
import { writeMark } from './marks.ts';

/** How the marks of servers begin. */
export const SERVER_MARK = 'server ';
/** Milliseconds after which a server that has said nothing counts no more: more than twice as long as between two marks. */
const STALE_MS = 750_000;

const serverMarks = statement<{ id: string; value: string }>(
  'serverMarks',
  /* cypher */ `
  MATCH (mark:Counter)
  WHERE mark.id STARTS WITH '${SERVER_MARK}'
  RETURN mark.id AS id, mark.value AS value`,
);

/**
 * How many servers there are on one graph, by a mark of each in the graph itself. Every write moves the version of the graph, and
 * what is cached of it is validated again: so a mark is written at the start, rarely afterwards, and taken away at the end.
 */
export class LiveServers {
  readonly #engine: GraphEngine;
  readonly #now: () => number;
  readonly #id = `${SERVER_MARK}${randomUUID()}`;
  #count = 1;

  constructor(engine: GraphEngine, now: () => number = Date.now) {
    this.#engine = engine;
    this.#now = now;
  }

  /** The number as it was last read, this one included. */
  get count(): number {
    return this.#count;
  }

  /** Says that this server is there, and takes the marks of those away that have ended without a word. */
  async announce(): Promise<void> {
    const now = this.#now();
    await writeBookkeeping(this.#engine, async (transaction) => {
      await transaction.run(writeMark, { id: this.#id, value: String(now) });
      for (const { id, value } of await transaction.run(serverMarks)) {
        if (now - Number(value) > STALE_MS) await transaction.run(removeMark, { id });
      }
    });
    await this.look();
  }

  /** Reads how many there are. */
  async look(): Promise<void> {
    const marks = await this.#engine.read(serverMarks);
    const others = marks.filter(({ id, value }) => id !== this.#id && this.#now() - Number(value) <= STALE_MS);
    this.#count = 1 + others.length;
  }

  /** Takes the mark of this server away. */
  async leave(): Promise<void> {
    const remove = (transaction: WriteTransaction): Promise<unknown> => transaction.run(removeMark, { id: this.#id });
    await writeBookkeeping(this.#engine, remove, { timeoutMs: 2_000 });
  }
}
