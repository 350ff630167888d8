import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

interface PageProps {
  readonly title: string;
  /** A line above the title: what kind of thing this is. */
  readonly kind?: ComponentChildren;
  /** Links and buttons beside the title. */
  readonly actions?: ComponentChildren;
  /** `wide` uses the whole window, as a network or a map does. */
  readonly width?: 'text' | 'wide';
  readonly children: ComponentChildren;
}

/** A page with its heading, which is the title of the document too. */
export function Page({ title, kind, actions, width = 'text', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Grappe`;
  });
  return (
    <div class={`page page-${width}`}>
      <div class="page-head">
        <div>
          {kind && <p class="kind">{kind}</p>}
          <h1>{title}</h1>
        </div>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
