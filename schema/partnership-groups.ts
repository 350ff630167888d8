import { type PartnershipKind as Kind, PARTNERSHIP_KINDS } from '../src/domain/vocabulary.ts';
import { type FacetCount, groupValues, type PartnershipGrouping, partnershipGroups } from '../src/store/facet.ts';
import { allPartnerships } from '../src/store/relationship-list.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { PartnershipKind } from './enums.ts';
import { boundedSize, groupedBy, groupSize, MAX_GROUPS } from './facets.ts';

const GroupBy = builder.enumType('PartnershipGrouping', {
  description: 'By what partnerships are grouped.',
  values: {
    KIND: { description: 'Their kind.' },
    START_YEAR: { description: 'The year in which they began.' },
  } as const,
});

interface PartnershipGroup {
  readonly kind: Kind | null;
  readonly startYear: number | null;
  readonly count: number;
}

const PartnershipGroupType = builder.objectRef<PartnershipGroup>('PartnershipGroup').implement({
  description: 'Number of partnerships that have the same values.',
  fields: (t) => ({
    kind: t.expose('kind', { type: PartnershipKind, nullable: true, description: 'Kind. Null: not grouped by it.' }),
    startYear: t.exposeInt('startYear', {
      nullable: true,
      description: 'The year of their beginning. Null: unknown, or not grouped by it.',
    }),
    count: t.exposeInt('count', { description: 'Number of partnerships.' }),
  }),
});

/** The groups of what was counted: largest first, then by kind and year. */
function grouped(found: readonly FacetCount[], by: readonly PartnershipGrouping[]): PartnershipGroup[] {
  const placeOf = ({ kind }: PartnershipGroup): number => (kind === null ? 0 : PARTNERSHIP_KINDS.indexOf(kind));
  return found
    .map((group) => {
      const values = groupValues(group);
      const [kind = null, year = null] = (['KIND', 'START_YEAR'] as const).map((one) => values[by.indexOf(one)]);
      return { kind: kind as Kind | null, startYear: year === null ? null : Number(year), count: group.count };
    })
    .sort((a, b) => b.count - a.count || placeOf(a) - placeOf(b) || (a.startYear ?? 0) - (b.startYear ?? 0));
}

builder.queryField('partnershipGroups', (t) =>
  t.field({
    type: [PartnershipGroupType],
    description:
      'Number of partnerships of the graph by kind, by the year of their beginning, or by both at once: the largest groups first.',
    extensions: { cost: { weight: 100 } },
    args: {
      by: t.arg({ type: [GroupBy], required: true, description: 'By what. At least one value.' }),
      kind: t.arg({ type: [PartnershipKind], description: 'Only partnerships of these kinds.' }),
      asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
      first: groupSize(t.arg),
    },
    resolve: async (_, { by, kind, asOf, first }, { loaders }) => {
      const [groupings, size] = [groupedBy(by), boundedSize(first, MAX_GROUPS)];
      const list = loaders.root(allPartnerships({ filter: { kind }, asOf }), { first: 0 });
      return grouped(await list.facet(partnershipGroups(groupings)), groupings).slice(0, size);
    },
  }),
);
