import type { Plugin } from 'vite';

const FILE = 'assets/reload.js';
/** Milliseconds between two looks at whether the explorer was built again. */
const EVERY_MS = 500;

/**
 * Looks at the page of the explorer again and again, whose text names its files by their content: where these are others, the
 * explorer was built again. While it is being built, or the server starts again, there is no answer, and nothing happens.
 */
export const RELOAD_SCRIPT = `
let shown = null;
setInterval(async () => {
  const answer = await fetch('/', { headers: { Accept: 'text/html' }, cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.text();
  if (shown !== null && shown !== text) location.reload();
  shown = text;
}, ${EVERY_MS});
`;

/** A script in the page that reloads it when the explorer was built again: for `npm run dev` only. */
export const reload: Plugin = {
  name: 'reload',
  transformIndexHtml: () => [{ tag: 'script', attrs: { type: 'module', src: `/${FILE}` }, injectTo: 'body' }],
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: FILE, source: RELOAD_SCRIPT });
  },
};
