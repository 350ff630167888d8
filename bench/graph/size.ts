/** How large a generated graph is. */
export interface Size {
  /** `small`, `large`, `huge`, or the number of its organisations. */
  readonly name: string;
  readonly organisations: number;
  readonly partnerships: number;
  readonly memberships: number;
  readonly poles: number;
  readonly clusters: number;
  readonly communes: number;
  /** Members of the largest pole, and partners of the hub. */
  readonly largest: number;
  /** The place in the order of names after which the deep page begins. */
  readonly deep: number;
}

/** The graph of a number of organisations: what there is of each kind grows with them, but for the poles. */
function sizeOf(organisations: number, name = String(organisations)): Size {
  return {
    name,
    organisations,
    partnerships: 10 * organisations,
    memberships: 2.5 * organisations,
    poles: 74,
    clusters: organisations / 200,
    communes: organisations / 100,
    largest: organisations / 10,
    deep: organisations / 2,
  };
}

export const SIZES: Readonly<Record<'small' | 'large' | 'huge', Size>> = {
  huge: sizeOf(1_000_000, 'huge'),
  large: sizeOf(100_000, 'large'),
  // A hundredth, with enough networks to ask for ten at once.
  small: { ...sizeOf(1_000, 'small'), poles: 24, clusters: 50, communes: 200 },
};

/** Numbers of organisations that a graph may have. */
const [LEAST, MOST] = [20_000, 5_000_000];
/** A number of organisations divides by this, so that all else is whole. */
const STEP = 1_000;

/** The size of a name, or of a number of organisations; null where there is none. */
export function namedSize(text: string): Size | null {
  if (Object.hasOwn(SIZES, text)) return SIZES[text as keyof typeof SIZES];
  const organisations = Number(text);
  return organisations >= LEAST && organisations <= MOST && organisations % STEP === 0 ? sizeOf(organisations) : null;
}
