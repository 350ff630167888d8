/** The author of all that the seed writes, by which the change log separates it from what users write. */
export const SEED_AUTHOR = 'seed';
