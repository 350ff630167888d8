import { useId, useState } from 'preact/hooks';
import { changes } from '../../api/changes.ts';
import { rememberToken, token } from '../../api/token.ts';
import { askViewer } from '../../api/viewer.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/**
 * Where a token is given, also in the middle of another form, which loses nothing: everything that is shown is asked again
 * with the new token. One that the server does not know is forgotten.
 */
export function TokenField() {
  const words = useWords(SHELL);
  const [typed, setTyped] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const id = useId();
  const give = async (): Promise<void> => {
    const [given, before] = [typed.trim(), token.value];
    if (given === '') return;
    rememberToken(given);
    const isKnown = await askViewer();
    setUnknown(!isKnown);
    setTyped('');
    if (!isKnown) rememberToken(before);
    else changes.set(changes.value + 1);
  };
  return (
    <div class="token-field">
      <label for={id}>{words.token}</label>
      <input
        id={id}
        type="password"
        autocomplete="off"
        value={typed}
        aria-invalid={isUnknown}
        aria-describedby={`${id}-note`}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void give();
        }}
      />
      <button type="button" class="main" onClick={() => void give()}>
        {words.useToken}
      </button>
      <p id={`${id}-note`} class={isUnknown ? 'problem' : 'quiet small'} role={isUnknown ? 'alert' : undefined}>
        {isUnknown ? words.unknownToken : words.tokenNote}
      </p>
    </div>
  );
}
