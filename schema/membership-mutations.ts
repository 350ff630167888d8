import { factMutations, nestedInput } from './fact-mutations.ts';
import { Membership } from './relationship.ts';

factMutations({
  name: 'membership',
  type: Membership,
  ends: ['member', 'network'],
  starts: 'Records that an actor joins a network. A second membership in the same role at the same time is a problem.',
  corrects: 'Corrects a membership.',
});

export const NewMembershipInput = nestedInput('membership', { without: ['member'] });
