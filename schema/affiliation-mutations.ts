import { factMutations, nestedInput } from './fact-mutations.ts';
import { Affiliation } from './relationship.ts';

factMutations({
  name: 'affiliation',
  type: Affiliation,
  ends: ['organisation', 'parent'],
  starts:
    'Records that an organisation is part of another, or run by it. A second affiliation of the two at the same time is a problem, and so is one that would close a circle.',
  corrects: 'Corrects an affiliation.',
});

export const NewAffiliationInput = nestedInput('affiliation', { without: ['organisation'] });
