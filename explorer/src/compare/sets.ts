/** What three sets share, two by two. */
export interface ThreeSets {
  readonly sizes: readonly [number, number, number];
  readonly ab: number;
  readonly ac: number;
  readonly bc: number;
  readonly all: number;
}

/** The numbers of the regions of a picture of three sets: entry 1 is the first alone, 3 the first two without the third, 7 all. */
export function regionsOfThree({ sizes: [a, b, c], ab, ac, bc, all }: ThreeSets): readonly number[] {
  const [onlyAb, onlyAc, onlyBc] = [ab - all, ac - all, bc - all];
  return [
    0,
    a - onlyAb - onlyAc - all,
    b - onlyAb - onlyBc - all,
    onlyAb,
    c - onlyAc - onlyBc - all,
    onlyAc,
    onlyBc,
    all,
  ];
}

/** The numbers of the regions of a picture of two sets: 1 the first alone, 2 the second alone, 3 both. */
export const regionsOfTwo = ([a, b]: readonly [number, number], common: number): readonly number[] => [
  ...[0, a - common, b - common, common],
];
