import { parentPort, workerData } from 'node:worker_threads';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** Renders the page in a thread of its own, whose nine megabytes of editor go away with it. */
const page = new TextEncoder().encode(renderGraphiQL(workerData));
parentPort?.postMessage(page, [page.buffer]);
