import type { Dice, RandomGraph } from './random-world.ts';
import type { Via } from './reference.ts';

/** A dozen sets of types rather than any: Neo4j plans each again, which takes longer than the traversal. */
const TYPE_SETS = [
  ['PARTNERS_WITH'],
  ['MEMBER_OF'],
  ['PARTICIPATES_IN'],
  ['PARTNERS_WITH', 'PARTICIPATES_IN'],
  ['MEMBER_OF', 'SUCCEEDED_BY', 'LABELS', 'AFFILIATED_WITH'],
  ['LOCATED_IN', 'COVERS', 'PART_OF'],
  ['ABOUT', 'PARTNERS_WITH', 'LABELS'],
  ['FILED', 'RESULTED_IN', 'PARTICIPATES_IN', 'PRODUCED_AT'],
  ['MEMBER_OF', 'PARTNERS_WITH', 'LOCATED_IN', 'PART_OF'],
];
const KINDS = ['SUPPLY', 'TRAINING', 'ALLIANCE', 'PROJECT'];

/** A date, or none. */
export const asOfFrom = (dice: Dice): string | undefined =>
  dice.pick([undefined, undefined, '2004', '2007-06', '2010-02-14']);

/** A random way through the graph; half of them the default one. */
export function viaFrom(dice: Dice, random: RandomGraph, ends: readonly string[]): Via {
  const asOf = asOfFrom(dice);
  const types = dice.chance(0.6) ? null : dice.pick(TYPE_SETS);
  const avoid = dice.chance(0.3) ? dice.some(random.all, 0.1).filter((id) => !ends.includes(id)) : [];
  return {
    ...(types ? { relationships: types } : {}),
    ...(dice.chance(0.2) ? { partnershipKinds: dice.pick([KINDS.slice(0, 2), KINDS.slice(2), ['PROJECT']]) } : {}),
    ...(asOf ? { asOf } : {}),
    ...(dice.chance(0.5) ? { maxLength: dice.whole(1, 8) } : {}),
    ...(dice.chance(0.3) ? { avoidHubsOver: dice.whole(1, 6) } : {}),
    ...(avoid.length > 0 ? { avoid } : {}),
  };
}

/** Two nodes, most often actors: paths between them are requested most. */
export const endsFrom = (dice: Dice, { organisations, networks, all }: RandomGraph): [string, string] => {
  const pick = (): string => dice.pick(dice.chance(0.7) ? [...organisations, ...networks] : all);
  return [pick(), pick()];
};

/** A list read to its end in pages of a size: as it is forward, and as it is backward. */
export async function bothWays<Item>(
  size: number,
  ask: (page: object) => Promise<{ items: readonly Item[]; pageInfo: Record<string, never> }>,
): Promise<Item[][]> {
  const read: [forward: Item[], backward: Item[]] = [[], []];
  for (let after: string | null = null, goesOn = true; goesOn; ) {
    const { items, pageInfo } = await ask({ first: size, ...(after === null ? {} : { after }) });
    read[0].push(...items);
    [after, goesOn] = [pageInfo.endCursor!, pageInfo.hasNextPage!];
  }
  for (let before: string | null = null, goesOn = true; goesOn; ) {
    const { items, pageInfo } = await ask({ last: size, ...(before === null ? {} : { before }) });
    read[1].unshift(...items);
    [before, goesOn] = [pageInfo.startCursor!, pageInfo.hasPreviousPage!];
  }
  return read;
}
