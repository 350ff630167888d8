import { parentPort, workerData } from 'node:worker_threads';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** A tab that is clicked for the first time would leap away under the pointer, and never open: it may be dragged. */
const MENDED = '<style>.graphiql-tab { transform: none !important }</style>';

// In a thread of its own, whose nine megabytes of editor go away with it.
const html = renderGraphiQL(workerData).replace('</head>', () => `${MENDED}</head>`);
const page = new TextEncoder().encode(html);
parentPort?.postMessage(page, [page.buffer]);
