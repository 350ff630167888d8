import { Store } from './store.ts';

/** What the reader chose; `system` follows the machine. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED_AS = 'grappe-theme';
const stored = localStorage.getItem(STORED_AS);

/** The theme of the reader. */
export const theme = new Store<Theme>(THEMES.find((known) => known === stored) ?? 'system');

/** Sets the theme on the document. */
export function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (theme.value === 'system') delete dataset.theme;
  else dataset.theme = theme.value;
}

/** Chooses a theme, for this browser. */
export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(STORED_AS, chosen);
  theme.set(chosen);
  applyTheme();
}
