/**
 * Maximum of items in each list of a record: imports and mutations reject more, and the API shows and charges no more.
 * The longest in the data for France: six sources, three aliases, two topics, thirteen territories.
 */
export const MOST = {
  sources: 25,
  attestedOn: 25,
  aliases: 100,
  /** Names under which sources write a member. */
  writtenAs: 25,
  topics: 50,
  /** Territories that a network covers, its seats included. */
  covers: 100,
  /** Networks that label a project; applicants, projects and places of production of a patent. */
  links: 50,
} as const;
