import { useEffect, useState } from 'preact/hooks';

/** Milliseconds after a key before the server is asked: several keys at once are one question. */
const PAUSE_MS = 40;

/** A text that is being typed, as it was a moment ago. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
