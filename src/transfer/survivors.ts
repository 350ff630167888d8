import type { Fields, OwnedLinks, Records, Submission } from '../editing/records.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import { mergedFrom } from '../store/merge.ts';
import type { StoredNode } from '../store/node.ts';
import { lockNodes } from '../store/write.ts';

const union = (...lists: readonly unknown[]): string[] => [
  ...new Set(lists.flatMap((list) => (list ?? []) as readonly string[])),
];

/** What a row gives, beside what the record has: an empty cell gives nothing. */
function fieldsBeside(standing: StoredNode, fields: Fields): Fields {
  const given = Object.entries(fields).filter(([, value]) => value !== null);
  const names = [fields.name ?? standing.name, fields.acronym ?? standing.acronym];
  const newAliases = union(fields.aliases).filter((alias) => !names.includes(alias));
  return {
    ...Object.fromEntries(given),
    aliases: union(standing.aliases, newAliases),
    sources: union(standing.sources, fields.sources),
  };
}

function recordsBeside(standing: ReadonlyMap<string, StoredNode>, { nodes, relationships, owned }: Records): Records {
  /** Links of a record have its sources. */
  const linksOf = ({ owner, links }: OwnedLinks): OwnedLinks['links'] =>
    links.map((link) => ({
      ...link,
      fields: { ...link.fields, sources: union(standing.get(owner)?.sources, link.fields.sources) },
    }));
  const ofSurvivors = owned.filter(({ owner }) => standing.has(owner));
  const added = ofSurvivors.filter(({ type }) => type !== 'LOCATED_IN').flatMap(linksOf);
  // An organisation has one seat at a time: that of the row takes the place of the one that it has.
  const seats = ofSurvivors.filter(({ type, links }) => type === 'LOCATED_IN' && links.length > 0);
  return {
    nodes: nodes.map((node) => {
      const known = standing.get(node.id);
      return known ? { ...node, fields: fieldsBeside(known, node.fields) } : node;
    }),
    relationships: [...relationships, ...added],
    owned: [
      ...owned.filter(({ owner }) => !standing.has(owner)),
      ...seats.map((each) => ({ ...each, links: linksOf(each) })),
    ],
  };
}

/**
 * Lets rows of organisations that others were merged into add to them, and take nothing away: such a row is what its
 * source knows of one of several records, and what came from the others is not in it.
 */
export async function besideMerged(
  run: GraphTransaction['run'],
  submissions: readonly Submission[],
): Promise<readonly Submission[]> {
  const nodes = submissions.flatMap(({ records }) => records.nodes);
  const ids = nodes.filter(({ type }) => type === 'Organisation').map(({ id }) => id);
  if (ids.length === 0) return submissions;
  const merges = await run(mergedFrom, { ids, limit: 1 });
  const survivors = merges.filter(({ merged }) => merged.length > 0).map(({ into }) => into);
  if (survivors.length === 0) return submissions;
  const held = await run(lockNodes, { ids: [...new Set(survivors)].sort() });
  const standing = new Map(held.map(({ node }) => [node.id, node]));
  return submissions.map((submission) => ({ ...submission, records: recordsBeside(standing, submission.records) }));
}
