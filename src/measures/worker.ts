import { parentPort } from 'node:worker_threads';
import { JOBS, type JobAnswer, type JobMessage } from './jobs.ts';
import { type Check, checking, StoppedError } from './stop.ts';

/** The buffers of a result that go to the other thread without a copy. */
function buffersOf(result: unknown): ArrayBuffer[] {
  const values = ArrayBuffer.isView(result) ? [result] : Object.values(result as object);
  const buffers = values.filter((value) => ArrayBuffer.isView(value)).map(({ buffer }) => buffer);
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}

function answerTo({ name, graph, parameters, control }: JobMessage): JobAnswer {
  const check = checking(control);
  try {
    check();
    const job = JOBS[name] as (graph: JobMessage['graph'], parameters: object, check: Check) => unknown;
    const result = job(graph, parameters, check);
    check(1);
    return { is: 'done', result };
  } catch (error) {
    if (error instanceof StoppedError) return { is: 'stopped' };
    return { is: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort!.on('message', (message: JobMessage) => {
  const answer = answerTo(message);
  parentPort!.postMessage(answer, answer.is === 'done' ? buffersOf(answer.result) : []);
});
