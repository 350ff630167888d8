import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import type { Dice, RandomGraph } from '../traversal/random-world.ts';
import type { Edge, Reference } from '../traversal/reference.ts';

const ACTORS = ['organisation/', 'pole/', 'cluster/'];
const TYPE_SETS = [
  ['PARTNERS_WITH'],
  ['PARTNERS_WITH', 'MEMBER_OF'],
  ['PARTICIPATES_IN'],
  ['PARTICIPATES_IN', 'LABELS', 'PARTNERS_WITH'],
  ['SUCCEEDED_BY', 'MEMBER_OF'],
];
const KINDS = [['PROJECT'], ['SUPPLY', 'TRAINING'], ['ALLIANCE', 'OTHER', 'PROJECT']];

/** What is given as `select`. */
export interface Selection {
  readonly relationships?: readonly string[];
  readonly partnershipKinds?: readonly string[];
  readonly asOf?: string;
  readonly period?: { readonly from?: string; readonly to?: string };
  readonly membersOf?: readonly string[];
  readonly around?: { readonly of: readonly string[]; readonly depth: number };
  readonly also?: readonly { readonly of: readonly string[]; readonly relationships: readonly string[] }[];
  readonly without?: readonly string[];
  readonly minStrength?: number;
  readonly minCommonProjects?: number;
  readonly connectedOnly?: boolean;
}

/** Nodes, pairs and relationships of a selection, from everything that a store holds, without cleverness. */
export function selected(reference: Reference, selection: Selection) {
  const { relationships: finding = ['PARTNERS_WITH'], partnershipKinds, asOf, period } = selection;
  const {
    membersOf,
    around,
    also = [],
    without = [],
    minStrength = 0,
    minCommonProjects = 0,
    connectedOnly = false,
  } = selection;
  const from = asOf ?? period?.from;
  const to = asOf ?? period?.to;
  const isDuring = ({ validFrom = '0001-01-01', validTo = '9999-12-31' }: Edge['properties']): boolean =>
    (from === undefined || String(validTo) >= firstDay(from as PartialDate)) &&
    (to === undefined || String(validFrom) <= lastDay(to as PartialDate));
  const isActor = (id: string): boolean => ACTORS.some((prefix) => id.startsWith(prefix));
  const relationships = [...finding, ...also.flatMap((expansion) => expansion.relationships)];
  const among = reference.edges.filter(
    ({ type, properties, from: a, to: b }) =>
      relationships.includes(type) &&
      (type !== 'PARTNERS_WITH' || !partnershipKinds || partnershipKinds.includes(String(properties.kind))) &&
      isDuring(properties) &&
      a !== b,
  );
  const followed = among.filter(({ type }) => finding.includes(type));
  let actors = new Set(
    [...reference.nodes.values()]
      .filter(isDuring)
      .map(({ id }) => String(id))
      .filter(isActor),
  );
  if (membersOf) {
    const memberships = reference.edges.filter(
      ({ type, to: network, properties }) =>
        type === 'MEMBER_OF' && membersOf.includes(network) && isDuring(properties),
    );
    actors = actors.intersection(new Set(memberships.map(({ from: member }) => member)));
  }
  if (around) {
    const found = new Set(around.of);
    for (let step = 0; step < around.depth; step++) {
      const ends = followed.filter(({ from: a, to: b }) => found.has(a) || found.has(b));
      for (const { from: a, to: b } of ends) found.add(a).add(b);
    }
    actors = actors.intersection(found);
  }
  const nodes = new Set(actors);
  for (const { from: a, to: b } of followed) if (actors.has(a) && !isActor(b)) nodes.add(b);
  for (const { of, relationships: along } of also) {
    const neighbours = among.flatMap(({ type, from: a, to: b }) => {
      if (!along.includes(type)) return [];
      return of.includes(a) ? [b] : of.includes(b) ? [a] : [];
    });
    for (const id of [...of, ...neighbours]) {
      if (!isActor(id) || isDuring(reference.nodes.get(id) as never)) nodes.add(id);
    }
  }
  for (const id of without) nodes.delete(id);
  const pairs = Map.groupBy(
    among.filter(({ from: a, to: b }) => nodes.has(a) && nodes.has(b)),
    ({ from: a, to: b }) => [a, b].sort().join(' '),
  );
  const measured = [...pairs].flatMap(([pair, edges]) => {
    const sum = (name: string, otherwise: number): number =>
      edges.reduce(
        (all, { type, properties }) => all + (type === 'PARTNERS_WITH' ? Number(properties[name] ?? 0) : otherwise),
        0,
      );
    const [strength, projectCount] = [sum('strength', 1), sum('projectCount', 0)];
    if (strength < minStrength || projectCount < minCommonProjects) return [];
    return [{ pair, strength: Math.round(strength * 1e9), projectCount, ids: edges.map(({ id }) => id).sort() }];
  });
  const joined = new Set(measured.flatMap(({ pair }) => pair.split(' ')));
  return {
    nodes: [...nodes].filter((id) => !connectedOnly || joined.has(id)).sort(),
    pairs: measured.sort((a, b) => (a.pair < b.pair ? -1 : 1)),
  };
}

/** A selection with some of the conditions that there are. */
export function randomSelection(dice: Dice, { networks, organisations, all }: RandomGraph): Selection {
  const date = (): string => dice.pick(['2003', '2006-06', '2009', '2011-02-03']);
  const time = dice.pick<Selection>([
    {},
    {},
    { asOf: date() },
    { period: { from: '2004', to: '2007-03' } },
    { period: { from: date() } },
  ]);
  const where = dice.pick<Selection>([
    { membersOf: dice.some(networks, 0.6).concat(networks[0]!) },
    { around: { of: [dice.pick(organisations)], depth: dice.whole(0, 4) } },
    { around: { of: [dice.pick(organisations), dice.pick(networks)], depth: 2 }, membersOf: networks },
    { around: { of: all.filter((id) => /^(organisation|pole|cluster|project)/.test(id)), depth: 0 } },
  ]);
  return {
    ...where,
    ...time,
    ...(dice.chance(0.6) ? { relationships: dice.pick(TYPE_SETS) } : {}),
    ...(dice.chance(0.3) ? { partnershipKinds: dice.pick(KINDS) } : {}),
    ...(dice.chance(0.2) ? { minStrength: dice.pick([0.4, 1, 1.5]) } : {}),
    ...(dice.chance(0.1) ? { minCommonProjects: 1 } : {}),
    ...(dice.chance(0.3) ? { connectedOnly: true } : {}),
    ...(dice.chance(0.4)
      ? {
          also: [
            { of: [dice.pick(organisations)], relationships: dice.pick(TYPE_SETS) },
            { of: [dice.pick(networks)], relationships: dice.chance(0.5) ? ['MEMBER_OF'] : [] },
          ],
        }
      : {}),
    ...(dice.chance(0.2) ? { without: [dice.pick(organisations), dice.pick(networks)] } : {}),
  };
}
