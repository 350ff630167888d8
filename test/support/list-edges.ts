import { lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { MEMBERSHIP_ROLES, PARTICIPATION_ROLES, PARTNERSHIP_KINDS } from '../../src/domain/vocabulary.ts';
import { compare, type Neighbour } from './reference.ts';
import type { Edge } from './reference-graph.ts';

/** A value as lists are ordered by it. */
export const text = (value: unknown): string => (value === undefined ? '' : String(value));
/** The earliest beginning that is known. */
export const beginning = ({ edges }: Pick<Neighbour, 'edges'>): string =>
  text(edges.flatMap(({ fields }) => (fields.since === undefined ? [] : String(fields.since))).sort()[0]);
/** The sum of a field of relationships. */
export const sum = (edges: readonly Edge[], field: string): number =>
  edges.reduce((total, { fields }) => total + Number(fields[field] ?? 0), 0);
const values = (edges: readonly Edge[], field: string, vocabulary: readonly string[]): string[] =>
  vocabulary.filter((value) => edges.some(({ fields }) => fields[field] === value));

/** A relationship as the store makes a record of it, with the columns of its list. */
const record = ({ id, type, from, to, fields }: Edge, own: readonly string[]): object => ({
  ...{ id, type, from: from.id, to: to.id, since: fields.since ?? null, until: fields.until ?? null },
  ...{ attestedOn: fields.attestedOn ?? [], sources: fields.sources ?? [] },
  own: Object.fromEntries(['version', ...own].map((name) => [name, fields[name] ?? null])),
});

/** What an edge says of a relationship by itself. */
export const fact =
  (...own: string[]) =>
  ([edge]: readonly Edge[]): object => ({ relationship: record(edge!, own) });

/** What an edge says of the relationships to a neighbour. */
export const facts = (edges: readonly Edge[], own: readonly string[]): object => {
  const byBeginning = edges.toSorted((a, b) => {
    const [one, other] = [text(a.fields.since), text(b.fields.since)];
    return compare(one, other) || compare(a.id, b.id);
  });
  const ends = edges.map(({ fields }) => fields.until as PartialDate | undefined);
  const last = ends.every((end) => end !== undefined)
    ? ends.reduce(
        (latest, end) => (lastDay(end!) > lastDay(latest!) ? end : latest),
        byBeginning[0]!.fields.until as PartialDate,
      )
    : null;
  return {
    since: beginning({ edges }) || null,
    until: last ?? null,
    relationships: byBeginning.map((edge) => record(edge, own)),
  };
};

/** What an edge says of memberships; the two below, of participations and of partnerships. */
export const membership = (edges: readonly Edge[]): object => ({
  ...facts(edges, ['role', 'roleLabel', 'writtenAs']),
  roles: values(edges, 'role', MEMBERSHIP_ROLES),
});

export const participation = (edges: readonly Edge[]): object => ({
  ...facts(edges, ['role']),
  roles: values(edges, 'role', PARTICIPATION_ROLES),
});

export const partnership = (edges: readonly Edge[]): object => ({
  ...facts(edges, ['kind', 'label', 'parties', 'projectCount', 'strength']),
  kinds: values(edges, 'kind', PARTNERSHIP_KINDS),
  projectCount: sum(edges, 'projectCount'),
  strength: sum(edges, 'strength'),
});
