import { SHELL } from './words/shell.ts';
import { useWords } from './words/words.ts';

/** What the data are, and where else they are answered. */
export function Footer() {
  const words = useWords(SHELL);
  return (
    <footer class="bottom">
      <p>{words.about}</p>
    </footer>
  );
}
