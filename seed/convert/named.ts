/** An organisation or a network with every name that it is known by, and where it is. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
  readonly territory: string | undefined;
  readonly city: string;
  /** Number of its projects. Of two with the same name in the same place, the one with more projects is meant. */
  readonly projects: number;
}
