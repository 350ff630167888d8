import { useRef, useState } from 'preact/hooks';
import { useWords } from '../app/words/words.ts';
import { WORDS } from './words.ts';

/** A text to copy, with its button. Where the browser does not allow that, the text is selected. */
export function CopyField({
  label,
  text,
  copy,
}: {
  readonly label: string;
  readonly text: string;
  readonly copy: string;
}) {
  const words = useWords(WORDS);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const onCopy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.copied);
    } catch {
      field.current?.select();
      setSaid(words.notCopied);
    }
  };
  return (
    <p class="copy-field">
      <input
        ref={field}
        type="text"
        readOnly
        aria-label={label}
        value={text}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <button type="button" onClick={onCopy}>
        {copy}
      </button>
      <span class="small" role="status">
        {said}
      </span>
    </p>
  );
}
