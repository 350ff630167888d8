import { dictionary } from '../app/words/words.ts';

export const FIND = dictionary({
  fr: {
    search: 'Chercher',
    placeholder: 'Un pôle, une organisation, un projet, un lieu, un thème…',
    suggestions: 'Suggestions',
    allResults: (text: string): string => `Tous les résultats pour « ${text} »`,
    suggested: (count: string): string => `${count}. Flèches pour choisir, Entrée pour ouvrir.`,
    suggestion: ['suggestion', 'suggestions'],
    noSuggestion: 'Rien ne correspond.',
    alsoCalled: (name: string): string => `aussi : ${name}`,
    byIdentifier: 'par son identifiant',
    byAcronym: (acronym: string): string => `sigle : ${acronym}`,
    byTitle: (title: string): string => `titre : ${title}`,
  },
  en: {
    search: 'Search',
    placeholder: 'A pole, an organisation, a project, a place, a topic…',
    suggestions: 'Suggestions',
    allResults: (text) => `All results for “${text}”`,
    suggested: (count) => `${count}. Arrows to choose, Enter to open.`,
    suggestion: ['suggestion', 'suggestions'],
    noSuggestion: 'Nothing matches.',
    alsoCalled: (name) => `also: ${name}`,
    byIdentifier: 'by its identifier',
    byAcronym: (acronym) => `acronym: ${acronym}`,
    byTitle: (title) => `title: ${title}`,
  },
});
