import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useReveal } from '../../app/use-reveal.ts';
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

/** What one node, edge or selection is, beside the picture. Escape closes it. */
export function SidePanel({ opened, kind, title, onClose, children }: SidePanelProps) {
  const words = useWords(WORDS);
  const heading = useId();
  const panel = useRef<HTMLElement>(null);
  useReveal(() => panel.current, opened, { isNew: true });
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
