import { useEffect, useRef } from 'preact/hooks';
import { isRestoringScroll } from './scroll.ts';

/** Pixels of the head of a part: with less of it in the window it is not seen. */
const HEAD = 60;

/**
 * Brings a part of the page into the window when the reader opens something in it elsewhere: on a phone it is above or below
 * what was tapped. Not what a link opens: the page then begins at its top. `isNew` where the part itself is there only then.
 */
export function useReveal(
  find: () => Element | null,
  opened: string | null | undefined,
  { isNew = false }: { readonly isNew?: boolean } = {},
): void {
  const before = useRef(isNew ? null : opened);
  useEffect(() => {
    const isOther = opened !== before.current;
    before.current = opened;
    if (opened == null || !isOther || isRestoringScroll() || !navigator.userActivation?.isActive) return;
    const element = find();
    if (element === null) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom < HEAD || top > innerHeight - HEAD) element.scrollIntoView({ block: 'start' });
  }, [opened]);
}
