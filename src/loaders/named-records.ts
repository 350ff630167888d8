import type { Parameters } from '../graph/statement.ts';
import type { ListRequest } from '../store/list.ts';
import { unknownIn } from '../store/named.ts';

/** Reads which record an identifier names: the survivor of one that was merged away; null for an unknown one. */
interface SurvivorLoader {
  load(id: string): Promise<string | null>;
}

/** Whether a list's question names records, which may be missing or merged away: most name none. */
export const namesRecords = ({ named = [], references = [] }: ListRequest): boolean =>
  named.length + references.length > 0;

/** What is found, if all records that a list's question names exist. Throws a FilterError that names those that do not. */
export async function ifNamed<Value>(
  { named = [] }: ListRequest,
  survivorOf: SurvivorLoader,
  found: Promise<Value>,
): Promise<Value> {
  if (named.length === 0) return found;
  const [value] = await Promise.all([
    found,
    ...named.map(async (each) => {
      const survivors = await Promise.all(each.ids.map((id) => survivorOf.load(id)));
      const unknown = each.ids.filter((_, index) => survivors[index] === null);
      if (unknown.length > 0) throw unknownIn(each, unknown);
    }),
  ]);
  return value;
}

/** The parameters of a list's question that name records merged away, with their survivors; null where there are none. */
export async function survivingParameters(
  { references = [], parameters }: ListRequest,
  survivorOf: SurvivorLoader,
): Promise<Parameters | null> {
  const resolved = await Promise.all(
    references.map(async (name) => {
      const ids = parameters[name] as readonly string[];
      const survivors = await Promise.all(ids.map(async (id) => (await survivorOf.load(id)) ?? id));
      return [name, ids, survivors] as const;
    }),
  );
  const changed = resolved.filter(([, ids, survivors]) => survivors.some((id, index) => id !== ids[index]));
  return changed.length === 0 ? null : Object.fromEntries(changed.map(([name, , survivors]) => [name, survivors]));
}
