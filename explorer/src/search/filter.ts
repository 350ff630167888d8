import type { FILTERS } from './address.ts';
import type { NetworkFilter, OrganisationFilter, ProjectFilter } from './queries.ts';

type Read<Parameter> = Parameter extends { read(text: string | null): infer Value } ? Value : never;
/** What an address searches, and how it is narrowed down. */
export type FilterValues = { readonly [Name in keyof typeof FILTERS]: Read<(typeof FILTERS)[Name]> };

const orNull = <Item>(items: readonly Item[]): Item[] | null => (items.length === 0 ? null : [...items]);

/** The part of a filter that all lists share: every word is in the name; seats, topics, sources. */
function sharedFilter(values: FilterValues) {
  const words = values.q.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return {
    and: words.length === 0 ? null : words.map((nameContains) => ({ nameContains })),
    locatedIn: orNull(values.in),
    topic: orNull(values.topic),
    sourcedBy: values.source === '' ? null : [values.source],
  };
}

/** The period in which what is listed began; null for any. */
const periodOf = ({ from, to }: FilterValues) =>
  from === null && to === null
    ? null
    : { from: from === null ? null : String(from), to: to === null ? null : String(to) };

/** The networks that an address lists. */
export const networkFilter = (values: FilterValues, kind: 'POLE' | 'CLUSTER'): NetworkFilter => ({
  ...sharedFilter(values),
  kind: [kind],
  startsIn: periodOf(values),
});

/** The organisations that an address lists. */
export const organisationFilter = (values: FilterValues): OrganisationFilter =>
  ({
    ...sharedFilter(values),
    kind: orNull(values.kind),
    // What the facet counts.
    directlyAffiliatedWith: orNull(values.of),
  }) as OrganisationFilter;

/** The projects that an address lists. */
export const projectFilter = (values: FilterValues): ProjectFilter =>
  ({
    ...sharedFilter(values),
    programme: values.programme === '' ? null : [values.programme],
    startsIn: periodOf(values),
  }) as ProjectFilter;
