import type { DatedReference } from '../domain/field.ts';
import { checkedValue } from '../domain/field-value.ts';
import { readableId } from '../domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierScheme } from '../domain/identifier.ts';
import { fieldOf } from '../domain/record-fields.ts';
import { tidyText } from '../domain/text.ts';
import { ID_PREFIXES, type NodeType } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import { type Edit, idOfName } from './edit.ts';
import { type CheckedInput, checkInput, type Input } from './input.ts';
import { nestedFacts, nestedRequests } from './nested-facts.ts';
import { withSources } from './sources.ts';
import { type ResolvedInput, TO_RECORDS } from './to-records.ts';

/** Entity types that are nodes and can be created and updated one by one. */
export type NodeEntityType = 'organisation' | 'network' | 'project' | 'patent' | 'source';

interface Entity {
  readonly types: readonly NodeType[];
  /** The field from which the readable identifier is made. */
  readonly named: 'name' | 'number' | 'title';
  readonly isFact: boolean;
  /** Fields that are lists of other nodes. */
  readonly lists: readonly string[];
}

const ENTITIES: Readonly<Record<NodeEntityType, Entity>> = {
  organisation: { types: ['Organisation'], named: 'name', isFact: true, lists: ['topics'] },
  network: { types: ['Pole', 'Cluster'], named: 'name', isFact: true, lists: ['topics'] },
  project: { types: ['Project'], named: 'name', isFact: true, lists: ['labelledBy', 'topics'] },
  patent: { types: ['Patent'], named: 'number', isFact: true, lists: ['applicants', 'projects'] },
  source: { types: ['Source'], named: 'title', isFact: false, lists: [] },
};

/** A territory as a mutation names it, with its period; without one it holds at all dates. */
interface PlaceInput {
  readonly territory: string;
  readonly since?: DatedReference['since'];
  readonly until?: DatedReference['until'];
}

/** Unites the two ways of an input to name territories: as identifiers (`plain`) and with periods (`dated`). */
function placesOf(values: CheckedInput['values'], plain: string, dated: string): readonly DatedReference[] | undefined {
  const places = values[dated] as unknown as readonly PlaceInput[] | null | undefined;
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

/** The field of the record for each part of an amount of money. */
const MONEY = { amount: 'funding', currency: 'currency' } as const;

/** Fields of an input that no field of the record is named after. */
const NO_FIELDS = [
  'expectedVersion',
  'idempotencyKey',
  'seats',
  'coverage',
  'funding',
  'memberships',
  'affiliations',
  'partnerships',
];

/**
 * Resolves an input: its fields as the record names them, references to the survivors of merges. Locks `others` too.
 */
async function resolveInput(
  edit: Edit,
  entityType: NodeEntityType,
  values: CheckedInput['values'],
  others: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const resolved = Object.fromEntries(Object.entries(values).filter(([field]) => !NO_FIELDS.includes(field)));
  const territory = placesOf(values, 'territory', 'seats');
  const covers = placesOf(values, 'covers', 'coverage');
  const { lists } = ENTITIES[entityType];
  const listed = lists.flatMap((field) => (resolved[field] as readonly string[] | null | undefined) ?? []);
  await edit.lockNamed([...listed, ...[...(territory ?? []), ...(covers ?? [])].map(({ id }) => id), ...others]);
  for (const field of lists) {
    const ids = resolved[field] as readonly string[] | null | undefined;
    if (ids) resolved[field] = [...new Set(ids.map((id) => edit.survivor(id)))];
  }
  const money = values.funding as { readonly amount: number; readonly currency: string } | null | undefined;
  for (const [part, name] of Object.entries(money ? MONEY : {})) {
    const checked = checkedValue(name, fieldOf('project', name)!, money![part as keyof typeof MONEY]);
    if ('problem' in checked) edit.addProblem('INVALID', ['funding', part], checked.problem);
  }
  return {
    ...resolved,
    ...(territory === undefined ? {} : { territory }),
    ...(covers === undefined ? {} : { covers }),
    ...(values.funding === undefined ? {} : { funding: money?.amount ?? null, currency: money?.currency ?? null }),
  };
}

function preferredId(entityType: NodeEntityType, resolved: Record<string, unknown>): string | null {
  const { named, types } = ENTITIES[entityType];
  const name = resolved[named];
  if (typeof name !== 'string') return null;
  const type = entityType === 'network' && resolved.type === 'CLUSTER' ? 'Cluster' : types[0]!;
  const identifiers = (Object.entries(IDENTIFIER_FIELDS) as [IdentifierScheme, string][]).flatMap(([scheme, field]) =>
    typeof resolved[field] === 'string' ? [[scheme, resolved[field]] as [IdentifierScheme, string]] : [],
  );
  const isActor = entityType === 'organisation' || entityType === 'network';
  return isActor ? readableId(ID_PREFIXES[type], name, identifiers) : idOfName(ID_PREFIXES[type], name);
}

/** Creates a record from its input. Its identifier is readable, with a number where another record has it. */
export async function createEntity(edit: Edit, entityType: NodeEntityType, input: Input): Promise<string | null> {
  const { values, problems } = checkInput(entityType, input, true);
  edit.problems.push(...problems);
  const facts = nestedFacts(edit, values);
  const resolved = await resolveInput(
    edit,
    entityType,
    values,
    facts.map((fact) => fact.values[fact.otherEnd] as string),
  );
  const { isFact } = ENTITIES[entityType];
  if (isFact) edit.checkSources(resolved.sources as readonly string[] | null, true);
  const preferred = preferredId(entityType, resolved);
  // Without a name there is no record to check against the graph.
  if (preferred === null) return null;
  const id = await edit.freeId(preferred);
  const { nodes, ...links } = TO_RECORDS[entityType]({ ...resolved, id } as ResolvedInput);
  const records = { ...links, nodes: nodes.map((node) => ({ ...node, isNew: true as const })) };
  await edit.submit(records, nestedRequests(edit, id, facts));
  return id;
}

/**
 * The fields of a stored record as its input names them, so that rules between fields see those that an update leaves
 * out.
 */
function existingFields(node: StoredNode): Record<string, unknown> {
  const { since, until, kind } = node;
  const common = { ...node } as Record<string, unknown>;
  if (node.type === 'Project') return { ...common, start: since, end: until };
  if (node.type === 'Pole' || node.type === 'Cluster') return { ...common, type: node.type.toUpperCase() };
  return { ...common, kind };
}

/** Changes the given fields of a record. Null empties a field. */
export async function updateEntity(
  edit: Edit,
  entityType: NodeEntityType,
  id: string,
  input: Input,
): Promise<string | null> {
  const { types, isFact } = ENTITIES[entityType];
  const node = await edit.node(id, types, ['id']);
  const { values, problems } = checkInput(entityType, input, false);
  edit.problems.push(...problems);
  const resolved = await resolveInput(edit, entityType, values);
  if (isFact) edit.checkSources(resolved.sources as readonly string[] | null | undefined, false);
  if (!node) return null;
  if (!edit.expect(node.id, node.version, input.expectedVersion)) return null;
  const sources = withSources(node.sources, resolved.sources);
  const { type: _type, ...changes } = resolved;
  const updated = { ...existingFields(node), ...changes, id: node.id, ...(isFact ? { sources } : {}) };
  await edit.submit(TO_RECORDS[entityType](updated as ResolvedInput));
  return node.id;
}
