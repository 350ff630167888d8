import type { Problem } from '../domain/problem.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import type { StoredRelationship } from '../store/write.ts';
import { fieldsAfter } from './merge-fields.ts';
import { annotationsAfter, linksAfter, type MergeState } from './merge-links.ts';
import { isDerived } from './partnerships.ts';
import type { NodeChange, OwnedLinks, RelationshipChange } from './records.ts';
import { unite } from './union.ts';

/** Facts, which keep their identifiers when they move. Own links are created again at the survivor. */
const FACTS: readonly RelationshipType[] = ['MEMBER_OF', 'AFFILIATED_WITH', 'PARTNERS_WITH', 'PARTICIPATES_IN'];

/** What a merge changes: what goes, and what is written afterwards. With problems, nothing is. */
export interface MergeDecision {
  readonly problems: readonly Problem[];
  /** Facts of the survivor that another one takes in. */
  readonly absorbed: readonly StoredRelationship[];
  /** The merged records, and claims and figures that others take the place of. */
  readonly removed: readonly StoredNode[];
  /** The relationships of the merged records. */
  readonly leaving: readonly StoredRelationship[];
  /** Equal claims are not united yet. */
  readonly nodes: readonly NodeChange[];
  readonly relationships: readonly RelationshipChange[];
  readonly owned: readonly OwnedLinks[];
}

/** Facts with the survivor in place of the merged records. A fact between two of these disappears. */
function movedFacts(
  facts: readonly StoredRelationship[],
  survivor: string,
  gone: ReadonlyMap<string, unknown>,
): StoredRelationship[] {
  const target = (id: string): string => (gone.has(id) ? survivor : id);
  return facts
    .map((fact) => ({ ...fact, from: target(fact.from), to: target(fact.to) }))
    .filter(({ from, to }) => from !== to);
}

const asRecord = ({ type, from, to, properties }: StoredRelationship): RelationshipChange => {
  const { validFrom: _from, validTo: _to, version: _version, ...fields } = properties;
  return { id: properties.id, type, from, to, fields };
};

const byTime = ({ properties: a }: StoredRelationship, { properties: b }: StoredRelationship): number =>
  `${a.validFrom} ${a.id}` < `${b.validFrom} ${b.id}` ? -1 : 1;

/** The facts of all records at the survivor: those that say the same about overlapping periods become one. */
function factsAfter(
  { survivor, others }: MergeState,
  existing: readonly StoredRelationship[],
): { readonly changed: RelationshipChange[]; readonly absorbed: StoredRelationship[] } {
  const facts = existing.filter(({ type, properties }) => FACTS.includes(type) && !isDerived(properties));
  const changed: RelationshipChange[] = [];
  const removed: StoredRelationship[] = [];
  for (const type of FACTS) {
    const some = facts.filter((fact) => fact.type === type).sort(byTime);
    // The survivor's own come first: their identifiers and fields remain.
    const own = some.filter(({ from, to }) => !others.has(from) && !others.has(to));
    const rest = some.filter(({ from, to }) => others.has(from) || others.has(to));
    const { remaining, absorbed } = unite([...own, ...movedFacts(rest, survivor.id, others)]);
    const unchanged = new Set(own);
    changed.push(...remaining.filter((fact) => !unchanged.has(fact)).map(asRecord));
    removed.push(...own.filter(({ properties }) => absorbed.includes(properties.id)));
  }
  return { changed, absorbed: removed };
}

/** A production of one of the merged records: it names its producer. */
export interface Production {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What merging records into a survivor changes: relationships, claims, figures and sources move to it, names become
 * aliases, and values that differ become claims. `existing` are all relationships that touch any of the records.
 */
export function decideMerge(
  state: MergeState,
  existing: readonly StoredRelationship[],
  productions: readonly Production[],
): MergeDecision {
  const { survivor, others, now } = state;
  const record = fieldsAfter(survivor, [...others.values()], now, state.identifiers);
  const ofTypes = (...types: RelationshipType[]) => existing.filter(({ type }) => types.includes(type));
  const links = linksAfter(state, ofTypes('LOCATED_IN', 'ABOUT'), record.sources);
  const annotations = annotationsAfter(state, ofTypes('CLAIMED', 'OBSERVED'));
  const facts = factsAfter(state, existing);
  const filings = ofTypes('FILED')
    .filter(({ from }) => others.has(from))
    .map(({ to, properties }): RelationshipChange => {
      return { id: null, type: 'FILED', from: survivor.id, to, fields: { sources: properties.sources ?? [] } };
    });
  const produced = productions.map(
    ({ id, from, to }): RelationshipChange => ({ id, type: 'PRODUCED_AT', from, to, fields: { by: survivor.id } }),
  );
  const all = [...record.records, ...links, ...annotations.records];
  return {
    problems: record.problems,
    absorbed: facts.absorbed,
    removed: [...others.values(), ...annotations.replaced],
    leaving: existing.filter(({ from, to }) => others.has(from) || others.has(to)),
    nodes: all.flatMap(({ nodes }) => nodes),
    relationships: [...all.flatMap(({ relationships }) => relationships), ...filings, ...facts.changed, ...produced],
    owned: all.flatMap(({ owned }) => owned),
  };
}
