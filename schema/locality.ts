import { type ProductionLocality, productionLocality } from '../src/analytics/locality.ts';
import { keyOf } from '../src/domain/key.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { Network } from './refs.ts';

const ProductionLocalityType = builder.objectRef<ProductionLocality>('ProductionLocality').implement({
  description:
    'Number of patents by where the protected product is made. A patent counts once, at its nearest place of production. known and total show how much is not recorded.',
  fields: (t) => ({
    patents: t.exposeInt('patents', {
      description:
        'Number of patents that its members filed, or that resulted from projects it labelled or takes part in. With asOf, patents filed later do not count.',
    }),
    known: t.exposeInt('known', {
      description:
        'Number of patents with a known place of production: the sum of local, elsewhere and abroad. A place that contains more than the territories of the network is too wide to count.',
    }),
    local: t.exposeInt('local', {
      description:
        'Number made on the territories that the network covers, or in a part of them. Its seat is included.',
    }),
    elsewhere: t.exposeInt('elsewhere', {
      description: 'Number made outside these territories, in the same country.',
    }),
    abroad: t.exposeInt('abroad', { description: 'Number made only in other countries.' }),
    localShare: t.float({
      nullable: true,
      description: 'Share of known that is local: local / known, from 0 to 1. Null when known is 0.',
      resolve: ({ known, local }) => (known === 0 ? null : local / known),
    }),
  }),
});

builder.interfaceField(Network, 'productionLocality', (t) =>
  t.field({
    type: ProductionLocalityType,
    description: 'Whether the inventions of its members and projects are also produced on its territories.',
    extensions: { cost: { weight: 50 } },
    args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
    resolve: ({ id }, { asOf }, { loaders }) =>
      loaders
        .together(keyOf('production locality', { asOf: asOf ?? null }), (ids, ask, slices) =>
          productionLocality({ ask, slices }, ids, asOf ?? null),
        )
        .load(id),
  }),
);
