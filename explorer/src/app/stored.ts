/** The page that was looked at last: the server's page of the sign-in link leads back to it. */
export const RETURN_PATH = 'grappe-return';

/**
 * What this browser remembers of a reader's choices. In the frame of another site a browser may forbid it: then nothing is
 * remembered, and everything else works.
 */
export function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers a choice, where the browser allows it. */
export function store(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The choice holds until the page is left.
  }
}
