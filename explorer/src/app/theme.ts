import { Store } from './store.ts';
import { store, stored } from './stored.ts';

/** What the reader chose; `system` follows the machine. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED_AS = 'grappe-theme';
const chosenBefore = stored(STORED_AS);

/** The theme of the reader. */
export const theme = new Store<Theme>(THEMES.find((known) => known === chosenBefore) ?? 'system');

/** Sets the theme on the document. */
export function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (theme.value === 'system') delete dataset.theme;
  else dataset.theme = theme.value;
}

/** Chooses a theme, for this browser. */
export function chooseTheme(chosen: Theme): void {
  store(STORED_AS, chosen);
  theme.set(chosen);
  applyTheme();
}
