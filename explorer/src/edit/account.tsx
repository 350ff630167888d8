import { useEffect, useState } from 'preact/hooks';
import { changes } from '../api/changes.ts';
import { rememberToken, token } from '../api/token.ts';
import { askViewer, mayEdit, viewer } from '../api/viewer.ts';
import { Page } from '../app/parts/page.tsx';
import { TokenField } from '../app/parts/token-field.tsx';
import { useStore } from '../app/store.ts';
import { RETURN_PATH, stored } from '../app/stored.ts';
import { useWords } from '../app/words/words.ts';
import './edit.css';
import { EDIT } from './words.ts';

/** Who one is, and how to become an editor: a token, or the sign-in link of the terminal. */
export function Account() {
  const words = useWords(EDIT);
  const who = useStore(viewer);
  const [before] = useState(() => stored(RETURN_PATH));
  const hasToken = useStore(token) !== null;
  useEffect(() => void askViewer(), []);
  const forget = (): void => {
    rememberToken(null);
    void askViewer();
    changes.set(changes.value + 1);
  };
  return (
    <Page title={words.account}>
      {who && <p>{words.youAre(words.roles[who.role], who.name)}</p>}
      {mayEdit(who) && (
        <p>
          {words.howToEdit}{' '}
          {before !== null && (
            <a class="button" href={before}>
              {words.backToPage}
            </a>
          )}
        </p>
      )}
      <p class="lead">{words.readOnly}</p>
      <p>{words.byLink}</p>
      <TokenField />
      {hasToken && (
        <p>
          <button type="button" onClick={forget}>
            {words.forget}
          </button>
        </p>
      )}
    </Page>
  );
}

export { Account as Page };
