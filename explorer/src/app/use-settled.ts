import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds between two keys that are one question: keys that are typed one after the other take longer. */
const PAUSE_MS = 40;

/** A text that is being typed: at once after a pause, else as it is when the next pause begins. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  const last = useRef({ text, at: 0 });
  const isBurst = performance.now() - last.current.at < PAUSE_MS;
  if (last.current.text !== text) {
    last.current = { text, at: performance.now() };
    // While rendering: the question goes out without the wait for an effect.
    if (!isBurst) setSettled(text);
  }
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
