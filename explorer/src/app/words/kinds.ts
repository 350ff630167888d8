import { dictionary } from './words.ts';

/** Types of nodes, in the singular. */
export const KINDS = dictionary({
  fr: {
    pole: 'pôle',
    cluster: 'cluster',
    organisation: 'organisation',
    project: 'projet',
    territory: 'territoire',
    topic: 'thème',
    source: 'source',
    patent: 'brevet',
  },
  en: {
    pole: 'pole',
    cluster: 'cluster',
    organisation: 'organisation',
    project: 'project',
    territory: 'territory',
    topic: 'topic',
    source: 'source',
    patent: 'patent',
  },
});
