import { type Control, shareDone } from './stop.ts';

/** How far a computation is, whose parts several workers may compute. */
export class Progress {
  /** What is computed. */
  readonly name: string;
  readonly startedAt = new Date();
  readonly #parts: Control[] = [];
  readonly #begun = new Set<Control>();
  #count = 1;

  constructor(name: string) {
    this.name = name;
  }

  /** Says of how many parts it consists. */
  expect(parts: number): void {
    this.#count = parts;
  }

  /** Adds a part that waits for a worker. */
  add(part: Control): void {
    this.#parts.push(part);
  }

  /** A worker has begun with a part. */
  begin(part: Control): void {
    this.#begun.add(part);
  }

  /** Whether it still waits for a worker. */
  get isWaiting(): boolean {
    return this.#begun.size === 0;
  }

  /** The share that is done, from 0 to 1, every part counting alike; null while no part has said. */
  get share(): number | null {
    const shares = this.#parts.map(shareDone);
    if (shares.every((share) => share === null)) return null;
    return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / Math.max(this.#count, shares.length);
  }
}
