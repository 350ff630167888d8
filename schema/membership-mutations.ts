import { factMutations } from './fact-mutations.ts';
import { Membership } from './relationship.ts';

export const NewMembershipInput = factMutations({
  name: 'membership',
  type: Membership,
  ends: ['member', 'network'],
  starts: 'Records that an actor joins a network. A second membership in the same role at the same time is a problem.',
  corrects: 'Corrects a membership.',
  nested: { without: ['member'] },
});
