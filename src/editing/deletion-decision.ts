import { type Problem, problem } from '../domain/problem.ts';
import { OWNED_TYPES, RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import type { StoredRelationship } from '../store/write.ts';
import type { NodeChange } from './records.ts';

const isOwnedType = (type: RelationshipType): boolean => (OWNED_TYPES as readonly RelationshipType[]).includes(type);
const isAnnotationType = (type: RelationshipType): boolean => type === 'CLAIMED' || type === 'OBSERVED';

/** Whether a relationship is part of a node's own record, and is deleted with it. */
function isOwn(id: string, relationship: StoredRelationship): boolean {
  const { type } = relationship;
  return (isOwnedType(type) || isAnnotationType(type)) && relationship[RELATIONSHIP_SHAPES[type].anchor] === id;
}

/** The problem of a record that others refer to, which are counted by what they are. */
function inUse(id: string, uses: readonly string[]): Problem {
  const counts = Object.entries(Object.groupBy(uses, (use) => use)).map(([use, all]) => `${all!.length} ${use}`);
  return problem(
    'IN_USE',
    ['id'],
    `"${id}" is in use (${counts.sort().join(', ')}): take these away first, or delete it with cascade.`,
  );
}

/** The problem of a record, given the relationships that touch it, where some are not its own; else none. */
export function referenceProblems(id: string, touching: readonly StoredRelationship[], cascade: boolean): Problem[] {
  const foreign = touching.filter((relationship) => !isOwn(id, relationship));
  return foreign.length === 0 || cascade
    ? []
    : [
        inUse(
          id,
          foreign.map(({ type }) => type),
        ),
      ];
}

/** The identifiers of the claims and figures about a node: they are deleted with it. */
export const annotationsAbout = (id: string, touching: readonly StoredRelationship[]): string[] =>
  touching.filter(({ type, from }) => isAnnotationType(type) && from === id).map(({ to }) => to);

/** The pairs of actors that met in a deleted project, each once. */
export function separatedPairs(touching: readonly StoredRelationship[]): (readonly [from: string, to: string])[] {
  const participants = touching.filter(({ type }) => type === 'PARTICIPATES_IN').map(({ from }) => from);
  const sorted = [...new Set(participants)].sort();
  return sorted.flatMap((from, index) => sorted.slice(index + 1).map((to) => [from, to] as const));
}

/** What names a source: records by their identifiers, and relationships. */
export interface SourceUses {
  readonly records: readonly { readonly id: string; readonly sources: readonly string[] }[];
  readonly relationships: readonly {
    readonly type: RelationshipType;
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly sources: readonly string[];
  }[];
}

/** What the deletion of a source changes: with problems, nothing. */
interface SourceDecision {
  readonly problems: readonly Problem[];
  /** The relationships that lose it, by type: their identifiers, and the nodes at which they are looked up. */
  readonly losing: ReadonlyMap<RelationshipType, { readonly ids: ReadonlySet<string>; readonly anchors: string[] }>;
}

/**
 * What the deletion of a source does to what names it. A fact of which it is the last source is a problem. Own links have
 * the sources of their record, and derived partnerships those of their projects.
 */
export function decideSource(source: string, { records, relationships }: SourceUses, cascade: boolean): SourceDecision {
  const uses = [...records.map(() => 'records'), ...relationships.map(({ type }) => type)];
  if (uses.length > 0 && !cascade) return { problems: [inUse(source, uses)], losing: new Map() };
  const facts = relationships.filter(({ type }) => !isOwnedType(type));
  const lastSource = [...records, ...facts.filter(({ id }) => !id.startsWith('partnership/project-'))]
    .filter(({ sources }) => sources.length === 1)
    .map(({ id }) => id);
  if (lastSource.length > 0) {
    const message = `"${source}" is all that ${lastSource.length} facts rest on, such as ${lastSource[0]}: give them another source, or delete them.`;
    return { problems: [problem('IN_USE', ['id'], message)], losing: new Map() };
  }
  const losing = [...Map.groupBy(facts, ({ type }) => type)].map(([type, some]) => {
    const { anchor } = RELATIONSHIP_SHAPES[type];
    const anchors = [...new Set(some.map((fact) => fact[anchor]))].sort();
    return [type, { ids: new Set(some.map(({ id }) => id)), anchors }] as const;
  });
  return { problems: [], losing: new Map(losing) };
}

/** The sources of a record or fact without one of them. */
export const withoutSource = (sources: readonly unknown[] | undefined, source: string): string[] =>
  ((sources ?? []) as string[]).filter((id) => id !== source);

/** Records without one of their sources. */
export const recordsWithout = (nodes: readonly StoredNode[], source: string): NodeChange[] =>
  nodes.map(({ id, type, sources }) => ({ id, type, fields: { sources: withoutSource(sources, source) } }));

/** The problem of what is to be deleted where no record has its identifier, or where it was merged into another. */
export function missingProblems(id: string, node: StoredNode | undefined): Problem[] {
  if (!node) return [problem('NOT_FOUND', ['id'], `There is no "${id}".`)];
  if (node.id === id) return [];
  const message = `"${id}" was merged into "${node.id}": delete that one, if you mean it.`;
  return [problem('NOT_FOUND', ['id'], message)];
}
