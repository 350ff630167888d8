/** An organisation that joins compared networks: as a member of several, or by partnerships across. */
export interface Bridging {
  readonly id: string;
  readonly name: string;
  /** The compared networks of which it is known to be a member together with another. */
  readonly networks: ReadonlySet<string>;
  /** Its partnerships with members of another of them. */
  readonly partnerships: number;
}

interface Named {
  readonly id: string;
  readonly name: string | null;
}

interface Pair {
  readonly a: Named;
  readonly b: Named;
  readonly common: readonly Named[];
}

/** Who joins networks: those in most of them first, then those of most partnerships across. */
export function bridgingOf(
  pairs: readonly Pair[],
  bridges: readonly { readonly from: Named; readonly to: Named }[],
): readonly Bridging[] {
  const found = new Map<string, { id: string; name: string; networks: Set<string>; partnerships: number }>();
  const of = ({ id, name }: Named) => {
    const known = found.get(id) ?? { id, name: name ?? id, networks: new Set<string>(), partnerships: 0 };
    found.set(id, known);
    return known;
  };
  for (const { a, b, common } of pairs) for (const actor of common) of(actor).networks.add(a.id).add(b.id);
  for (const { from, to } of bridges) for (const end of [from, to]) of(end).partnerships++;
  return [...found.values()].sort(
    (a, b) =>
      b.networks.size - a.networks.size || b.partnerships - a.partnerships || a.name.localeCompare(b.name, 'fr'),
  );
}
