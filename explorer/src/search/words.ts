import { dictionary } from '../app/words/words.ts';

export const SEARCH = dictionary({
  fr: { title: 'Recherche', nothing: (text: string): string => `Rien ne correspond à « ${text} ».` },
  en: { title: 'Search', nothing: (text) => `Nothing matches “${text}”.` },
});
