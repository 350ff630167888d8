import type { ChangeRequest, Fields, OwnedLinks, Records } from '../editing/records.ts';
import type { GraphTransaction } from '../graph/engine.ts';
import { mergedFrom } from '../store/merge.ts';
import type { StoredNode } from '../store/node.ts';
import { lockNodes } from '../store/write.ts';

const union = (...lists: readonly unknown[]): string[] => [
  ...new Set(lists.flatMap((list) => (list ?? []) as readonly string[])),
];

/** The fields of a row added to those of the existing record. An empty cell changes nothing. */
function addedFields(existing: StoredNode, fields: Fields): Fields {
  const given = Object.entries(fields).filter(([, value]) => value !== null);
  const names = [fields.name ?? existing.name, fields.acronym ?? existing.acronym];
  const newAliases = union(fields.aliases).filter((alias) => !names.includes(alias));
  return {
    ...Object.fromEntries(given),
    aliases: union(existing.aliases, newAliases),
    sources: union(existing.sources, fields.sources),
  };
}

function addedRecords(existing: ReadonlyMap<string, StoredNode>, { nodes, relationships, owned }: Records): Records {
  /** Links of a record have its sources. */
  const linksOf = ({ owner, links }: OwnedLinks): OwnedLinks['links'] =>
    links.map((link) => ({
      ...link,
      fields: { ...link.fields, sources: union(existing.get(owner)?.sources, link.fields.sources) },
    }));
  const ofSurvivors = owned.filter(({ owner }) => existing.has(owner));
  const added = ofSurvivors.filter(({ type }) => type !== 'LOCATED_IN').flatMap(linksOf);
  // An organisation has one seat at a time: that of the row replaces the existing one.
  const seats = ofSurvivors.filter(({ type, links }) => type === 'LOCATED_IN' && links.length > 0);
  return {
    nodes: nodes.map((node) => {
      const known = existing.get(node.id);
      return known ? { ...node, fields: addedFields(known, node.fields) } : node;
    }),
    relationships: [...relationships, ...added],
    owned: [
      ...owned.filter(({ owner }) => !existing.has(owner)),
      ...seats.map((each) => ({ ...each, links: linksOf(each) })),
    ],
  };
}

/**
 * Makes rows of organisations into which others were merged add to them and remove nothing: such a row describes one of
 * the merged records, and lacks what came from the others.
 */
export async function besideMerged(
  run: GraphTransaction['run'],
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeRequest[]> {
  const nodes = requests.flatMap(({ records }) => records.nodes);
  const ids = nodes.filter(({ type }) => type === 'Organisation').map(({ id }) => id);
  if (ids.length === 0) return requests;
  const merges = await run(mergedFrom, { ids, limit: 1 });
  const survivors = merges.filter(({ merged }) => merged.length > 0).map(({ into }) => into);
  if (survivors.length === 0) return requests;
  const locked = await run(lockNodes, { ids: [...new Set(survivors)].sort() });
  const existing = new Map(locked.map(({ node }) => [node.id, node]));
  return requests.map((request) => ({ ...request, records: addedRecords(existing, request.records) }));
}
