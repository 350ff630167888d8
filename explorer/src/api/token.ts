const STORED_AS = 'grappe-token';

/** The header that says who asks: the token that was entered in this tab. A signed-in browser sends its cookie instead. */
export function authorization(): { readonly Authorization?: string } {
  const token = sessionStorage.getItem(STORED_AS);
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/** Remembers a token until the tab is closed; null forgets it. */
export function rememberToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(STORED_AS);
  else sessionStorage.setItem(STORED_AS, token);
}
