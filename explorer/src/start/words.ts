import { dictionary } from '../app/words/words.ts';

export const START = dictionary({
  fr: { title: 'Les réseaux d’innovation en France', poles: 'Pôles de compétitivité' },
  en: { title: 'Innovation networks in France', poles: 'Competitiveness clusters (poles)' },
});
