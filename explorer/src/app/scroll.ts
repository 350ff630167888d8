/** Milliseconds for which a page that is gone back to is scrolled to where it was, while its content arrives. */
const PATIENCE_MS = 10_000;
/** Milliseconds after which a place that is scrolled to is remembered: browsers take only so many changes of the history. */
const PAUSE_MS = 150;
/** What a reader does who is somewhere now: from then on the page moves by itself no more. */
const ACTS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

let isRestoring = false;
let stopRestoring = (): void => {};

/** Whether the page is being scrolled to where the reader was. */
export const isRestoringScroll = (): boolean => isRestoring;

/** Remembers in the present entry of the history how far down the reader is. */
export function rememberScroll(): void {
  if (!isRestoring) history.replaceState({ ...history.state, scrolled: Math.round(scrollY) }, '');
}

/** Scrolls to where the reader was in this entry of the history, again as the page becomes high enough for it. */
function restore(): void {
  stopRestoring();
  const { scrolled } = (history.state ?? {}) as { readonly scrolled?: number };
  if (scrolled === undefined) return;
  const there = (): void => scrollTo({ top: scrolled, behavior: 'instant' });
  const observer = new ResizeObserver(there);
  const timer = setTimeout(() => stopRestoring(), PATIENCE_MS);
  isRestoring = true;
  stopRestoring = () => {
    isRestoring = false;
    observer.disconnect();
    clearTimeout(timer);
    for (const name of ACTS) removeEventListener(name, stopRestoring);
    stopRestoring = () => {};
  };
  for (const name of ACTS) addEventListener(name, stopRestoring, { passive: true });
  observer.observe(document.body);
  there();
}

/**
 * Going back and forward, and reloading, leads to where one was on a page. The browser's own way does not: the page is not as
 * high yet when it scrolls.
 */
export function restoreScroll(): void {
  history.scrollRestoration = 'manual';
  let timer: ReturnType<typeof setTimeout>;
  addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(rememberScroll, PAUSE_MS);
  });
  // What was still to be remembered was of the page before.
  addEventListener('popstate', () => {
    clearTimeout(timer);
    restore();
  });
  restore();
}
