import { isList, propertyOf } from '../domain/field.ts';
import { quoted } from '../domain/field-value.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { fieldOf, RECORD_TYPE_OF } from '../domain/record-fields.ts';
import type { KnownGraph } from './known-graph.ts';
import type { Records } from './records.ts';

const SEAT = 'territory';

interface ClaimedValue {
  readonly field?: unknown;
  readonly value?: unknown;
}

/** The names and identifiers of the territories of a node's seats, before or after the batch. */
function seatsOf(graph: KnownGraph, about: string, when: 'before' | 'after'): string[] {
  return graph
    .touching('LOCATED_IN', about)
    .filter((state) => state.from === about && state[when] !== null)
    .flatMap(({ to }) => [to, String(graph.after(to).name ?? to)]);
}

/**
 * Whether the record shows the value of a claim; null if the record does not decide that. A claim about a seat may say
 * more than the name of a place: the record decides it only if it names a current or a former seat.
 */
export function isShown(graph: KnownGraph, about: string, { field, value }: ClaimedValue): boolean | null {
  const subject = graph.node(about);
  if (!subject) return null;
  const known = fieldOf(RECORD_TYPE_OF[subject.type], String(field));
  if (known === null || isList(known)) return null;
  if (field === SEAT) {
    if (seatsOf(graph, about, 'after').includes(String(value))) return true;
    return seatsOf(graph, about, 'before').includes(String(value)) ? false : null;
  }
  const property = propertyOf(String(field), known);
  if (property === null) return null;
  const shown = subject.after[property] ?? null;
  return shown !== null && String(shown) === String(value);
}

/** The claims among records, each with the identifier of the node that it is about. */
const claimsIn = ({ owned }: Records): [claim: string, about: string][] =>
  owned.flatMap(({ type, owner, links }) =>
    type === 'CLAIMED' ? links.map(({ from }): [string, string] => [owner, from]) : [],
  );

/** Nodes whose claims may change between preferred and not, because of the records. */
export function subjectsOf(graph: KnownGraph, records: readonly Records[]): string[] {
  const changed: string[] = [];
  const claimed: string[] = [];
  for (const each of records) {
    const { nodes, owned, relationships } = each;
    for (const { id, fields } of nodes) if (isOther(graph.node(id)?.before ?? null, fields)) changed.push(id);
    for (const { type, owner } of owned) if (type === 'LOCATED_IN') changed.push(owner);
    for (const { type, from } of relationships) if (type === 'LOCATED_IN') changed.push(from);
    if (owned.length > 0) for (const [, about] of claimsIn(each)) claimed.push(about);
  }
  return [...new Set([...changed.filter((id) => graph.isStored(id)), ...claimed])];
}

const isOther = (
  before: Readonly<Record<string, unknown>> | null,
  fields: Readonly<Record<string, unknown>>,
): boolean =>
  before !== null &&
  Object.entries(fields).some(([name, value]) => !Array.isArray(value) && (before[name] ?? null) !== value);

/** Reads the claims about some nodes; and their seats, with the territories' names, where a claim is about the seat. */
export async function readClaims(
  graph: KnownGraph,
  subjects: readonly string[],
  records: readonly Records[],
): Promise<void> {
  if (subjects.length === 0) return;
  await graph.readTouching('CLAIMED', subjects);
  await graph.lock(subjects.flatMap((id) => graph.at('CLAIMED', id).map(({ to }) => to)));
  const aboutSeats = records.flatMap((each) => {
    const abouts = new Map(claimsIn(each));
    return each.nodes.filter(({ fields }) => fields.field === SEAT).map(({ id }) => abouts.get(id));
  });
  const isAboutSeat = ({ to }: { readonly to: string }): boolean => graph.after(to).field === SEAT;
  const seated = subjects.filter((id) => aboutSeats.includes(id) || graph.at('CLAIMED', id).some(isAboutSeat));
  await graph.readAtAnchors('LOCATED_IN', seated);
  await graph.lock(seated.flatMap((id) => graph.at('LOCATED_IN', id).map(({ to }) => to)));
}

/**
 * Claims marked as preferred whose value the record does not show. A request that changes the record too is accepted.
 */
export function preferenceProblems(graph: KnownGraph, records: Records): Problem[] {
  const abouts = new Map(claimsIn(records));
  const own = new Set(records.nodes.map(({ id }) => id));
  return records.nodes.flatMap(({ id, type, fields }) => {
    const about = abouts.get(id);
    if (type !== 'Claim' || about === undefined || own.has(about) || fields.preferred !== true) return [];
    if (isShown(graph, about, fields) !== false) return [];
    const message = `${String(fields.field)} of ${about} is not ${quoted(fields.value)}: a claim is preferred when the record says the same. Change the record first, or leave preferred out.`;
    return [problem('INVALID', ['preferred'], message)];
  });
}

/** Marks the claims about some nodes as preferred if the record shows their value, else as not preferred. */
export function followRecords(graph: KnownGraph, subjects: readonly string[]): void {
  for (const about of subjects) {
    const claims = graph.at('CLAIMED', about).flatMap(({ to }) => {
      const claim = graph.node(to);
      return claim ? [{ id: to, claim, shown: isShown(graph, about, claim.after) }] : [];
    });
    const isSeatShown = claims.some(({ claim, shown }) => shown === true && claim.after.field === SEAT);
    for (const { id, claim, shown } of claims) {
      // If the record shows the value of one claim, no other claim about the field is preferred.
      const preferred = shown ?? (isSeatShown && claim.after.field === SEAT ? false : null);
      if (preferred === null || preferred === (claim.after.preferred === true)) continue;
      graph.setNode(id, claim.type, { ...claim.after, preferred });
    }
  }
}
