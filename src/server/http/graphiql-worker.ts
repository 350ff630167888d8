import { parentPort, workerData } from 'node:worker_threads';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { badge } from './graphiql-badge.ts';

/** A tab that is clicked for the first time would leap away under the pointer, and never open: it may be dragged. */
const MENDED = `<style>
  .graphiql-tab { transform: none !important; flex: none; width: auto !important; max-width: none !important }
  /* Every example is seen at once: its tab is in one of several rows. */
  .graphiql-tabs { flex-wrap: wrap; overflow: visible !important; row-gap: 2px }
  .graphiql-tabs .graphiql-tab-button { padding: 2px 6px; font-size: 12px }
  .graphiql-session-header { height: auto !important; align-items: flex-start }
</style>`;

/** The call that draws the page; it reads `query` of the address, and with this `variables` too. */
const CALL = 'YogaGraphiQL.renderYogaGraphiQL(';
const WITH_VARIABLES = `
  const variables = new URLSearchParams(location.search).get('variables');
  const draw = YogaGraphiQL.renderYogaGraphiQL;
  if (variables !== null) YogaGraphiQL.renderYogaGraphiQL = (root, options) => draw(root, { ...options, variables });
`;

// In a thread of its own, whose nine megabytes of editor go away with it.
const { options, remedy } = workerData;
const rendered = renderGraphiQL(options).replace('</head>', () => `${MENDED}</head>`);
const call = rendered.lastIndexOf(CALL);
const html = `${rendered.slice(0, call)}${WITH_VARIABLES}${rendered.slice(call)}`;
const end = html.lastIndexOf('</body>');
const page = new TextEncoder().encode(`${html.slice(0, end)}${badge(remedy)}${html.slice(end)}`);
parentPort?.postMessage(page, [page.buffer]);
