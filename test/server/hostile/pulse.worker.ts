import { get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** Milliseconds between two questions. */
const PAUSE_MS = 5;

const { url } = workerData as { readonly url: string };

/** Requests /livez without end, and reports for each answer when it was requested and when it came. */
function ask(): void {
  const askedAt = performance.timeOrigin + performance.now();
  get(`${url}/livez`, (response) => {
    response.resume().on('end', () => {
      parentPort!.postMessage({ askedAt, answeredAt: performance.timeOrigin + performance.now() });
      setTimeout(ask, PAUSE_MS);
    });
  }).on('error', () => setTimeout(ask, PAUSE_MS));
}

ask();
