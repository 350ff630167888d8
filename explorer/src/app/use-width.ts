import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Pixels that a chart has before it is measured, and the fewest. */
const WIDTH = 900;
const LEAST = 200;

/**
 * The pixels that an element has across, as the window changes: a chart that is drawn for these has words that are read on a
 * phone too.
 */
export function useWidth(): { readonly element: RefObject<HTMLDivElement | null>; readonly width: number } {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH);
  // Every time it is rendered: the element may be there only with what it shows.
  useLayoutEffect(() => {
    if (element.current === null) return;
    const measure = (pixels: number): void => setWidth(Math.max(LEAST, Math.round(pixels)));
    const observer = new ResizeObserver(([entry]) => measure(entry!.contentRect.width));
    observer.observe(element.current);
    measure(element.current.clientWidth);
    return () => observer.disconnect();
  });
  return { element, width };
}
