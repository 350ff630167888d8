import { statement } from '../graph/statement.ts';

/** What says of an actor whether another record may mean the same. */
interface ComparedActor {
  readonly sortKey: string;
  readonly city: string | null;
  /** Identifiers in the registries, by which two records are known to differ. */
  readonly siren: string | null;
  readonly rnsr: string | null;
  readonly ror: string | null;
}

const actorsAfter = (label: 'Organisation' | 'Network') =>
  statement<ComparedActor>(
    `compared_${label}_after`,
    /* cypher */ `
  MATCH (n:${label})
  WHERE n.sortKey > $after
  WITH n ORDER BY n.sortKey LIMIT $limit
  RETURN n.sortKey AS sortKey, n.city AS city, n.siren AS siren, n.rnsr AS rnsr, n.ror AS ror`,
  );

/** All actors: long reads, each in the order of names. */
export const comparedActors = [actorsAfter('Organisation'), actorsAfter('Network')];
