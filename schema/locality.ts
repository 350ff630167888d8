import { type ProductionLocality, productionLocality } from '../src/analytics/locality.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { Network } from './refs.ts';

const ProductionLocalityType = builder.objectRef<ProductionLocality>('ProductionLocality').implement({
  description:
    'Counts of patents, each counted once, by where what they protect is made: of one made in several places the nearest counts. Known and total are both given, so that no one mistakes silence for an answer.',
  fields: (t) => ({
    patents: t.exposeInt('patents', {
      description:
        'How many patents its members filed, or came out of projects that it labelled or takes part in. As of a date, those filed later do not count.',
    }),
    known: t.exposeInt('known', {
      description:
        'Of how many it is known where they are made: local, elsewhere and abroad together. A place that contains the territories of the network and more is too wide to tell.',
    }),
    local: t.exposeInt('local', {
      description:
        'How many are made on the territories that the network covers, its seat’s included, or in their parts.',
    }),
    elsewhere: t.exposeInt('elsewhere', {
      description: 'How many are made outside of these territories, in the same country.',
    }),
    abroad: t.exposeInt('abroad', { description: 'How many are made in other countries only.' }),
    localShare: t.float({
      nullable: true,
      description: 'The share of the known ones that is local, from 0 to 1; null when none is known.',
      resolve: ({ known, local }) => (known === 0 ? null : local / known),
    }),
  }),
});

builder.interfaceField(Network, 'productionLocality', (t) =>
  t.field({
    type: ProductionLocalityType,
    description: 'Whether what its members and projects invented is also made on its territories.',
    extensions: { cost: { weight: 50 } },
    args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
    resolve: ({ id }, { asOf }, { loaders }) =>
      loaders
        .together(`productionLocality ${asOf ?? ''}`, (ids, ask) => productionLocality(ask, ids, asOf ?? null))
        .load(id),
  }),
);
