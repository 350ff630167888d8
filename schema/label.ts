import type { RelationshipRecord } from '../src/store/relationship.ts';
import { builder } from './builder.ts';
import { factMutations } from './fact-mutations.ts';
import { Node } from './node.ts';
import { Network, Topic } from './refs.ts';
import { Relationship, versionField } from './relationship.ts';

export const Label = builder.objectRef<RelationshipRecord>('Label').implement({
  description:
    'A label that a network has or had, such as pôle de compétitivité. A network may lose its label and regain it: each time is a label of its own.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    topic: t.field({
      type: Topic,
      nullable: true,
      description: 'Which label.',
      resolve: ({ to }, _, { loaders }) => loaders.summary.load(to),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network.',
      resolve: ({ from }, _, { loaders }) => loaders.summary.load(from),
    }),
    term: t.string({
      nullable: true,
      description: 'For which term it was given, in the words of the source: 2023-2026.',
      resolve: ({ own }) => (own.term as string) ?? null,
    }),
    conditions: t.string({
      nullable: true,
      description: 'On which conditions it was given, such as a shorter time on probation.',
      resolve: ({ own }) => (own.conditions as string) ?? null,
    }),
    version: versionField(t),
  }),
});

factMutations({
  name: 'label',
  type: Label,
  ends: ['network', 'label'],
  added: 'A label that a network receives.',
  identifier: 'The id of the label.',
  starts: 'Records that a network receives a label. The same label at the same time is a problem.',
  corrects: 'Corrects a label.',
});
