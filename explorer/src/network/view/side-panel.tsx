import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useWords } from '../../app/words/words.ts';
import { WORDS } from '../words.ts';
import './panel.css';

interface SidePanelProps {
  /** What a reader has opened: it is brought into the window. Without it the panel stays where it is. */
  readonly opened?: string;
  readonly kind: ComponentChildren;
  readonly title: ComponentChildren;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Pixels of the head of a panel: with less of it in the window it is not seen. */
const HEAD = 60;

/** What one node, edge or selection is, beside the picture. Escape closes it. */
export function SidePanel({ opened, kind, title, onClose, children }: SidePanelProps) {
  const words = useWords(WORDS);
  const heading = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Not what a link opens: the page then begins at its top.
    if (opened === undefined || !navigator.userActivation?.isActive) return;
    const { top, bottom } = panel.current!.getBoundingClientRect();
    // On a phone it is below the picture, and above the table.
    if (bottom < HEAD || top > innerHeight - HEAD) panel.current!.scrollIntoView({ block: 'start' });
  }, [opened]);
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && panel.current?.contains(document.activeElement)) onClose();
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  });
  return (
    <aside class="network-panel" aria-labelledby={heading} ref={panel}>
      <div class="network-panel-head">
        <div>
          <p class="kind small quiet">{kind}</p>
          <h2 id={heading}>{title}</h2>
        </div>
        <button type="button" class="plain" aria-label={words.close} onClick={onClose}>
          ✕
        </button>
      </div>
      {children}
    </aside>
  );
}
