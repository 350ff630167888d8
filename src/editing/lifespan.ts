import type { PartialDate } from '../domain/partial-date.ts';
import { ALWAYS, clip, type Span, spanOf } from '../domain/period.ts';
import type { NodeType, RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';

type Properties = Readonly<Record<string, GraphValue | undefined>>;

const dateIn = (properties: Properties, field: string): PartialDate | null =>
  (properties[field] as PartialDate | null | undefined) ?? null;

/** Padded dates that are stored with those of a node, for statements to compare. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo: string;
  readonly lifeFrom?: string;
  readonly lifeTo?: string;
}

/**
 * The padded periods of a node that has some. A network's lifespan begins with its foundation or its recognition,
 * whichever is earlier. A cluster is valid for its lifespan, a pole while it is recognised (without such dates, for its
 * lifespan). For projects and territories both are their own period; an indicator has no lifespan. Null for the other
 * types.
 */
export function validityOf(type: NodeType, properties: Properties): Validity | null {
  const since = dateIn(properties, 'since');
  const until = dateIn(properties, 'until');
  const own = spanOf({ since, until });
  switch (type) {
    case 'Pole':
    case 'Cluster': {
      const foundedOn = dateIn(properties, 'foundedOn');
      const dissolvedOn = dateIn(properties, 'dissolvedOn');
      const body = spanOf({ since: foundedOn ?? since, until: dissolvedOn ?? until });
      // Some are recognised before the body that runs them is founded: members may have joined by then.
      const lifespan = { ...body, from: since !== null && own.from < body.from ? own.from : body.from };
      const recognised = { from: since === null ? lifespan.from : own.from, to: until === null ? lifespan.to : own.to };
      const valid = type === 'Pole' ? recognised : lifespan;
      return { validFrom: valid.from, validTo: valid.to, lifeFrom: lifespan.from, lifeTo: lifespan.to };
    }
    case 'Project':
    case 'Territory':
      return { validFrom: own.from, validTo: own.to, lifeFrom: own.from, lifeTo: own.to };
    case 'Indicator': {
      // A figure without an end applies to its one date.
      const observed = spanOf({ since, until: until ?? since });
      return { validFrom: observed.from, validTo: observed.to };
    }
    default:
      return null;
  }
}

/** Whether nodes of a type have a lifespan, to which their relationships are clipped. */
export const mayHaveLifespan = (type: NodeType): boolean => validityOf(type, {})?.lifeFrom !== undefined;

/** The lifespan of a node, to which its relationships are clipped. */
export function lifespanOf(properties: Properties): Span {
  const { lifeFrom, lifeTo } = properties;
  return typeof lifeFrom === 'string' && typeof lifeTo === 'string' ? { from: lifeFrom, to: lifeTo } : ALWAYS;
}

/**
 * The padded period of a relationship, clipped to the lifespans of both of its ends. A succession is an event at the
 * end of one lifespan and the beginning of another, and is not clipped. A membership that does not meet those lifespans
 * becomes empty (from > to), which is a problem; any other relationship then stays as written, since its source knows
 * better than the years of a label.
 */
export function relationshipSpan(
  type: RelationshipType,
  properties: Properties,
  from: Properties,
  to: Properties,
): Span {
  const own = spanOf({ since: dateIn(properties, 'since'), until: dateIn(properties, 'until') });
  if (type === 'SUCCEEDED_BY') return own;
  const clipped = clip(clip(own, lifespanOf(from)), lifespanOf(to));
  return clipped.from <= clipped.to || type === 'MEMBER_OF' ? clipped : own;
}
