import type { DatedReference } from '../domain/field.ts';
import { checkedValue } from '../domain/field-value.ts';
import { readableId } from '../domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierScheme } from '../domain/identifier.ts';
import { fieldOf } from '../domain/record-fields.ts';
import { tidyText } from '../domain/text.ts';

import { ID_PREFIXES, type NodeType } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import { factsAlong, submissionsAlong } from './along.ts';
import { type CheckedInput, checkInput, type Input } from './input.ts';
import { type Edit, idOfName } from './mutation.ts';
import { type Draft, NOUNS } from './nouns.ts';
import { withSources } from './sources.ts';

/** Nouns that are nodes of their own and may be made and changed one by one. */
export type EntityNoun = 'organisation' | 'network' | 'project' | 'patent' | 'source';

interface Entity {
  readonly types: readonly NodeType[];
  /** What the readable identifier is made of. */
  readonly named: 'name' | 'number' | 'title';
  readonly isFact: boolean;
  /** Fields that name other nodes, in lists. */
  readonly lists: readonly string[];
}

const ENTITIES: Readonly<Record<EntityNoun, Entity>> = {
  organisation: { types: ['Organisation'], named: 'name', isFact: true, lists: ['topics'] },
  network: { types: ['Pole', 'Cluster'], named: 'name', isFact: true, lists: ['topics'] },
  project: { types: ['Project'], named: 'name', isFact: true, lists: ['labelledBy', 'topics'] },
  patent: { types: ['Patent'], named: 'number', isFact: true, lists: ['applicants', 'projects'] },
  source: { types: ['Source'], named: 'title', isFact: false, lists: [] },
};

/** A place as a mutation names it: alone where it always was there, or with the period in which it was. */
interface Place {
  readonly territory: string;
  readonly since?: DatedReference['since'];
  readonly until?: DatedReference['until'];
}

/** Several ways to name places become the one that the noun knows. */
function placesOf(values: CheckedInput['values'], plain: string, dated: string): readonly DatedReference[] | undefined {
  const places = values[dated] as unknown as readonly Place[] | null | undefined;
  const ids = values[plain] as string | readonly string[] | null | undefined;
  if (places === undefined && ids === undefined) return undefined;
  const always = (id: string): DatedReference => ({ id, since: null, until: null });
  return [
    ...(typeof ids === 'string' ? [ids] : (ids ?? [])).map(always),
    ...(places ?? []).map(({ territory, since, until }) => ({
      id: tidyText(territory),
      since: since ?? null,
      until: until ?? null,
    })),
  ];
}

/** The fields that the parts of an amount of money are. */
const MONEY = { amount: 'funding', currency: 'currency' } as const;

/** Fields of an input that are no field of the record by that name. */
const NO_FIELDS = ['expectedVersion', 'idempotencyKey', 'seats', 'coverage', 'funding', 'memberships', 'partnerships'];

/** The fields of an input as the noun names them, its references led to the records that survive; `others` are held with these. */
async function draftOf(
  edit: Edit,
  noun: EntityNoun,
  values: CheckedInput['values'],
  others: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const draft = Object.fromEntries(Object.entries(values).filter(([field]) => !NO_FIELDS.includes(field)));
  const territory = placesOf(values, 'territory', 'seats');
  const covers = placesOf(values, 'covers', 'coverage');
  const { lists } = ENTITIES[noun];
  const listed = lists.flatMap((field) => (draft[field] as readonly string[] | null | undefined) ?? []);
  await edit.holdNamed([...listed, ...[...(territory ?? []), ...(covers ?? [])].map(({ id }) => id), ...others]);
  for (const field of lists) {
    const ids = draft[field] as readonly string[] | null | undefined;
    if (ids) draft[field] = [...new Set(ids.map((id) => edit.survivor(id)))];
  }
  const money = values.funding as { readonly amount: number; readonly currency: string } | null | undefined;
  for (const [part, name] of Object.entries(money ? MONEY : {})) {
    const checked = checkedValue(name, fieldOf('project', name)!, money![part as keyof typeof MONEY]);
    if ('problem' in checked) edit.refuse('INVALID', ['funding', part], checked.problem);
  }
  return {
    ...draft,
    ...(territory === undefined ? {} : { territory }),
    ...(covers === undefined ? {} : { covers }),
    ...(values.funding === undefined ? {} : { funding: money?.amount ?? null, currency: money?.currency ?? null }),
  };
}

function wishedId(noun: EntityNoun, draft: Record<string, unknown>): string | null {
  const { named, types } = ENTITIES[noun];
  const name = draft[named];
  if (typeof name !== 'string') return null;
  const type = noun === 'network' && draft.type === 'CLUSTER' ? 'Cluster' : types[0]!;
  const identifiers = (Object.entries(IDENTIFIER_FIELDS) as [IdentifierScheme, string][]).flatMap(([scheme, field]) =>
    typeof draft[field] === 'string' ? [[scheme, draft[field]] as [IdentifierScheme, string]] : [],
  );
  const isActor = noun === 'organisation' || noun === 'network';
  return isActor ? readableId(ID_PREFIXES[type], name, identifiers) : idOfName(ID_PREFIXES[type], name);
}

/** Makes a record with what its input tells of it; its identifier is readable, and numbered where another has it. */
export async function createEntity(edit: Edit, noun: EntityNoun, input: Input): Promise<string | null> {
  const { values, problems } = checkInput(noun, input, true);
  edit.problems.push(...problems);
  const facts = factsAlong(edit, values);
  const draft = await draftOf(
    edit,
    noun,
    values,
    facts.map(({ values: told, far }) => told[far] as string),
  );
  const { isFact } = ENTITIES[noun];
  if (isFact) edit.checkSources(draft.sources as readonly string[] | null, true);
  const wished = wishedId(noun, draft);
  // Without a name the graph has nothing to say about the rest of it.
  if (wished === null) return null;
  const id = await edit.freeId(wished);
  const { nodes, ...links } = NOUNS[noun]({ ...draft, id } as Draft);
  const made = { ...links, nodes: nodes.map((node) => ({ ...node, isNew: true as const })) };
  await edit.submit(made, submissionsAlong(edit, id, facts));
  return id;
}

/** A record's fields as its noun names them, so that rules between fields see those that an update leaves as they are. */
function standing(node: StoredNode): Record<string, unknown> {
  const { since, until, kind } = node;
  const common = { ...node } as Record<string, unknown>;
  if (node.type === 'Project') return { ...common, start: since, end: until };
  if (node.type === 'Pole' || node.type === 'Cluster') return { ...common, type: node.type.toUpperCase() };
  return { ...common, kind };
}

/** Changes the fields that an input gives; null empties one. */
export async function updateEntity(edit: Edit, noun: EntityNoun, id: string, input: Input): Promise<string | null> {
  const { types, isFact } = ENTITIES[noun];
  const node = await edit.node(id, types, ['id']);
  const { values, problems } = checkInput(noun, input, false);
  edit.problems.push(...problems);
  const draft = await draftOf(edit, noun, values);
  if (isFact) edit.checkSources(draft.sources as readonly string[] | null | undefined, false);
  if (!node) return null;
  if (!edit.expect(node.id, node.version, input.expectedVersion)) return null;
  const sources = withSources(node.sources, draft.sources);
  const { type: _type, ...changes } = draft;
  const whole = { ...standing(node), ...changes, id: node.id, ...(isFact ? { sources } : {}) };
  await edit.submit(NOUNS[noun](whole as Draft));
  return node.id;
}
