import { Store } from '../app/store.ts';

const STORED_AS = 'grappe-token';

/** The token that was entered in this tab; null without one. */
export const token = new Store<string | null>(sessionStorage.getItem(STORED_AS));

/** The header that says who asks: the token of this tab. A signed-in browser sends its cookie instead. */
export function authorization(): { readonly Authorization?: string } {
  return token.value === null ? {} : { Authorization: `Bearer ${token.value}` };
}

/** Remembers a token until the tab is closed; null forgets it. */
export function rememberToken(given: string | null): void {
  if (given === null) sessionStorage.removeItem(STORED_AS);
  else sessionStorage.setItem(STORED_AS, given);
  token.set(given);
}
