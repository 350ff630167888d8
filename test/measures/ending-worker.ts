import { parentPort } from 'node:worker_threads';

// A worker of the measures that ends when it is asked.
parentPort!.once('message', () => process.exit(7));
