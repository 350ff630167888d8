/** Throws a StoppedError once the work that calls it is to stop. Called many times a second; may say which share of it is done. */
export type Check = (share?: number) => void;

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

/** Shared memory of a computation and of the thread that waits for it: whether it is to stop, and the share that is done. */
export type Control = Int32Array<SharedArrayBuffer>;

const [STOP, SHARE] = [0, 1];
/** The share 1, as a Control has it; -1 where none is known. */
const WHOLE = 1_000_000;

export function newControl(): Control {
  const control = new Int32Array(new SharedArrayBuffer(8));
  control[SHARE] = -1;
  return control;
}

/** Asks the computation to stop. */
export function raise(control: Control): void {
  Atomics.store(control, STOP, 1);
}

/** The share of the computation that is done, from 0 to 1; null where it has not said. */
export function shareDone(control: Control): number | null {
  const share = Atomics.load(control, SHARE);
  return share < 0 ? null : share / WHOLE;
}

/** A Check that throws once it is asked to stop, and passes the share on. */
export function checking(control: Control): Check {
  return (share) => {
    if (share !== undefined) Atomics.store(control, SHARE, Math.round(WHOLE * Math.min(1, Math.max(0, share))));
    if (Atomics.load(control, STOP) !== 0) throw new StoppedError();
  };
}
