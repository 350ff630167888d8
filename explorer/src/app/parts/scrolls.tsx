import type { ComponentChildren } from 'preact';

interface ScrollsProps {
  /** Read aloud: what is in it. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/** What may be wider than the window and has no link or button in it: the keyboard reaches it, to scroll it. */
export function Scrolls({ label, children }: ScrollsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard, too
    <section class="scrolls" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
