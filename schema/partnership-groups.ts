import { type PartnershipKind as Kind, PARTNERSHIP_KINDS } from '../src/domain/vocabulary.ts';
import { type PartnershipYears, partnershipYears } from '../src/store/partnership-groups.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { cachedAsk } from './cached-ask.ts';
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

/** Adds up the counts of what is the same in all that is grouped by; largest first, then by kind and year. */
function grouped(found: readonly PartnershipYears[], by: ReadonlySet<(typeof GroupBy)['$inferType']>) {
  const groups = new Map<string, PartnershipGroup>();
  for (const { kind, years } of found) {
    for (const [year, count] of years) {
      const group = {
        kind: by.has('KIND') ? kind : null,
        startYear: by.has('START_YEAR') && year !== null ? Number(year) : null,
      };
      const key = `${group.kind} ${group.startYear}`;
      groups.set(key, { ...group, count: (groups.get(key)?.count ?? 0) + count });
    }
  }
  const places = new Map(PARTNERSHIP_KINDS.map((kind, place) => [kind, place]));
  const placeOf = ({ kind }: PartnershipGroup): number => (kind === null ? 0 : places.get(kind)!);
  return [...groups.values()].sort(
    (a, b) => b.count - a.count || placeOf(a) - placeOf(b) || (a.startYear ?? 0) - (b.startYear ?? 0),
  );
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
    resolve: async (_, { by, kind, asOf, first }, context) => {
      const [groupings, size] = [new Set(groupedBy(by)), boundedSize(first, MAX_GROUPS)];
      const { statement, parameters } = partnershipYears(asOf ?? null);
      const kinds = kind ? PARTNERSHIP_KINDS.filter((each) => kind.includes(each)) : PARTNERSHIP_KINDS;
      const found = await cachedAsk(context)(statement, { ...parameters, kinds });
      return grouped(found, groupings).slice(0, size);
    },
  }),
);
