import { Store } from '../store.ts';
import { store, stored } from '../stored.ts';

/** The languages of the explorer. The words of the data stay French. */
export type Language = 'fr' | 'en';

const STORED_AS = 'grappe-language';

const isLanguage = (text: string | null | undefined): text is Language => text === 'fr' || text === 'en';

/** What the address says (?lang=en), else what was chosen before, else what the browser prefers, else French. */
function initial(): Language {
  const inAddress = new URLSearchParams(location.search).get('lang');
  if (isLanguage(inAddress)) return inAddress;
  const chosen = stored(STORED_AS);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'fr';
}

/** The language of the reader. */
export const language = new Store<Language>(initial());

/** Switches the language, for this browser. */
export function chooseLanguage(chosen: Language): void {
  store(STORED_AS, chosen);
  language.set(chosen);
}
