import { useEffect } from 'preact/hooks';
import { askViewer, viewer } from '../api/viewer.ts';
import { GraphiqlLink } from './parts/graphiql.tsx';
import { useStore } from './store.ts';
import { SHELL } from './words/shell.ts';
import { useWords } from './words/words.ts';

/** What the data are, and where else they are answered. */
export function Footer() {
  const words = useWords(SHELL);
  const who = useStore(viewer);
  useEffect(() => {
    void askViewer();
    // Another tab may have signed this browser in.
    addEventListener('focus', askViewer);
    return () => removeEventListener('focus', askViewer);
  }, []);
  return (
    <footer class="bottom">
      <p>{words.about}</p>
      <nav aria-label={words.more}>
        <a href="/account">{who?.name ? `${words.edit} (${who.name})` : words.edit}</a>
        <a href="/duplicates">{words.duplicates}</a>
        <GraphiqlLink />
      </nav>
    </footer>
  );
}
