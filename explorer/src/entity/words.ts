import { dictionary } from '../app/words/words.ts';

export const ENTITY = dictionary({
  fr: { unknown: (id: string): string => `Aucune fiche n’a l’identifiant ${id}.` },
  en: { unknown: (id) => `No record has the identifier ${id}.` },
});
