/**
 * Items that a list of a record has at the most: imports and mutations refuse more, and the API shows and charges no more.
 * In all that is known of France none comes near: six sources, three aliases, two topics, thirteen territories.
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
