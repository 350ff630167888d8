/** How large a generated graph is. */
export interface Size {
  readonly name: 'small' | 'large';
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

export const SIZES: Readonly<Record<Size['name'], Size>> = {
  large: {
    name: 'large',
    organisations: 100_000,
    partnerships: 1_000_000,
    memberships: 250_000,
    poles: 74,
    clusters: 500,
    communes: 1_000,
    largest: 10_000,
    deep: 50_000,
  },
  // A hundredth, with enough networks to ask for ten at once.
  small: {
    name: 'small',
    organisations: 1_000,
    partnerships: 10_000,
    memberships: 2_500,
    poles: 24,
    clusters: 50,
    communes: 200,
    largest: 100,
    deep: 500,
  },
};
