import { factMutations, nestedInput } from './fact-mutations.ts';
import { Partnership } from './relationship.ts';

factMutations({
  name: 'partnership',
  type: Partnership,
  ends: ['from', 'to'],
  starts: 'Records a partnership.',
  corrects: 'Corrects a partnership. Those derived from projects cannot be changed.',
});

export const NewPartnershipInput = nestedInput('partnership', {
  description:
    'A partnership recorded together with its organisation. Name the partner in either from or to; the organisation is the other end.',
  without: ['from', 'to'],
  fields: (t) => ({
    from: t.id({ description: 'The partner, when it supplies or distributes, or when direction does not matter.' }),
    to: t.id({
      description: 'The partner, when the organisation supplies or distributes, or when direction does not matter.',
    }),
  }),
});
