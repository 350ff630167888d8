import type { PartnershipKind } from '../domain/vocabulary.ts';
import { timed } from './timed.ts';

/** Partnerships of one kind by the year in which they began; null where no source says. */
export interface PartnershipYears {
  readonly kind: PartnershipKind;
  readonly years: readonly (readonly [year: string | null, count: number])[];
}

/** How many partnerships of each of `$kinds` began in which year: all, or those valid at a date. */
export const partnershipYears = timed<PartnershipYears>(
  'partnershipYears',
  (holds) => /* cypher */ `
    UNWIND $kinds AS kind
    CALL (kind) {
      MATCH (:Entity)-[r:PARTNERS_WITH]->(:Entity)
      WHERE r.kind = kind ${holds('AND')}
      WITH left(r.since, 4) AS year, count(r) AS total
      RETURN collect([year, total]) AS years
    }
    RETURN kind, years`,
);
