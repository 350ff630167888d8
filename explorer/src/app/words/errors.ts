import { dictionary } from './words.ts';

/**
 * What an error means for somebody who looks at a page, by codes of docs/errors.md. Others are said in the server's words,
 * which are English.
 */
export const ERRORS = dictionary({
  fr: {
    FORBIDDEN: 'Vos droits ne vont pas jusque-là : il faut être éditeur, ou administrateur.',
    IDENTITY_UNAVAILABLE: 'Le service qui vérifie les jetons ne répond pas.',
    RATE_LIMITED: 'Trop de questions en une minute depuis cette adresse.',
    OVERLOADED: 'Le serveur a trop à faire en ce moment.',
    TIMEOUT: 'La réponse demande trop de temps.',
    TRAVERSAL_TOO_LARGE:
      'La recherche passerait par trop d’organisations : évitez les grandes, ou choisissez une année.',
    DATABASE_UNAVAILABLE: 'La base de données ne répond pas. Le serveur réessaie.',
    DATABASE_READ_ONLY: 'La base de données ne prend pas de modification en ce moment.',
    OUTCOME_UNKNOWN:
      'La connexion s’est rompue : la modification est peut-être faite. Relisez la fiche avant de recommencer.',
    STORAGE_FULL: 'Le disque de la base de données est plein : rien n’a été écrit.',
    STORAGE_FAILED: 'Le disque de la base de données ne prend pas d’écriture.',
    CONTENTION: 'D’autres modifient les mêmes fiches en ce moment.',
    CONFLICT: 'Quelqu’un d’autre vient d’écrire la même chose.',
    SEARCH_NOT_READY: 'Les noms sont encore en cours de lecture.',
    SNAPSHOT_NOT_READY: 'Le graphe est encore en cours de lecture.',
    SNAPSHOT_OFF: 'Ce serveur ne calcule pas sur le graphe entier.',
    MEASURES_BUSY: 'D’autres mesures sont en cours de calcul.',
    EXPORT_EXPIRED: 'Le lien vers le fichier a expiré.',
    INTERNAL_SERVER_ERROR: 'C’est une erreur du serveur.',
    BAD_CURSOR: 'Cette page de la liste n’existe plus : la liste a changé.',
    BAD_PAGE: 'Cette page de la liste n’existe pas.',
  },
  en: {
    FORBIDDEN: 'Your rights do not go that far: it takes an editor, or an administrator.',
    IDENTITY_UNAVAILABLE: 'The service that checks tokens does not answer.',
    RATE_LIMITED: 'Too many questions in a minute from this address.',
    OVERLOADED: 'The server has too much to do at present.',
    TIMEOUT: 'The answer takes too long.',
    TRAVERSAL_TOO_LARGE: 'The search would go through too many organisations: avoid large ones, or choose a year.',
    DATABASE_UNAVAILABLE: 'The database does not answer. The server goes on trying.',
    DATABASE_READ_ONLY: 'The database takes no changes at present.',
    OUTCOME_UNKNOWN: 'The connection broke: the change may have been made. Read the record before you try again.',
    STORAGE_FULL: 'The disk of the database is full: nothing was written.',
    STORAGE_FAILED: 'The disk of the database takes no writes.',
    CONTENTION: 'Others are changing the same records at present.',
    CONFLICT: 'Somebody else has just written the same.',
    SEARCH_NOT_READY: 'The names are still being read.',
    SNAPSHOT_NOT_READY: 'The graph is still being read.',
    SNAPSHOT_OFF: 'This server does not compute on the whole graph.',
    MEASURES_BUSY: 'Other measures are being computed.',
    EXPORT_EXPIRED: 'The link to the file has expired.',
    INTERNAL_SERVER_ERROR: 'It is an error of the server.',
    BAD_CURSOR: 'This page of the list is no longer there: the list has changed.',
    BAD_PAGE: 'There is no such page of the list.',
  },
});
