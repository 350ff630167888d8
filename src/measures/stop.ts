/** Throws a StoppedError once the work that calls it is to stop. Called many times a second. */
export type Check = () => void;

/** Steps between two calls of a Check where a step takes about a microsecond. */
export const CLOCK_INTERVAL = 4_096;

/** Of work that nobody stops. */
export const NEVER: Check = () => {};

/** The error of a computation that was stopped because nobody waits for it. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor() {
    super('The computation was stopped.');
  }
}

/** A flag in shared memory that another thread raises. */
export const stopFlag = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4));

export function raise(flag: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(flag, 0, 1);
}

/** A Check that throws once the flag is raised. */
export function checking(flag: Int32Array<SharedArrayBuffer>): Check {
  return () => {
    if (Atomics.load(flag, 0) !== 0) throw new StoppedError();
  };
}
