import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface PanelProps {
  readonly title: string;
  /** How many there are, after the title. */
  readonly count?: string | undefined;
  /** At the end of the line of the title: links, filters. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  /** For a link to this part of the page. */
  readonly id?: string;
}

/** A part of a page under a heading. */
export function Panel({ title, count, aside, children, id }: PanelProps) {
  const heading = useId();
  return (
    <section class="panel" id={id} aria-labelledby={heading}>
      <div class="panel-head">
        <h2 id={heading}>
          {title}
          {count !== undefined && <span class="count"> {count}</span>}
        </h2>
        {aside && <div class="aside">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
