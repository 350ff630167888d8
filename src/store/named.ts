import { ClientError } from '../domain/client-error.ts';
import { quotedList } from '../domain/field-value.ts';
import { ACTOR_TYPES, NETWORK_TYPES, type NodeType, nodeTypeOf } from '../domain/vocabulary.ts';

/** A filter that is too large, contradicts itself or names what there is not; its message says where and what. */
export class FilterError extends ClientError {
  override readonly name = 'FilterError';

  constructor(message: string) {
    super('BAD_FILTER', message);
  }
}

/** Records that a condition names. */
export interface Named {
  /** Where in the question: `filter: locatedIn`. */
  readonly place: string;
  readonly ids: readonly string[];
  readonly types: readonly NodeType[];
}

const TYPE_NAMES = new Map<readonly NodeType[], string>([
  [ACTOR_TYPES, 'actor'],
  [NETWORK_TYPES, 'network'],
]);

/** What is thrown for identifiers that no record has: `typeName` says which kind of record is needed at the place. */
export function unknownRecords(place: string, typeName: string, unknown: readonly string[]): FilterError {
  const named = `${place}: there is no ${typeName} ${quotedList(unknown)}`;
  return new FilterError(`${named}: give identifiers as id fields show them.`);
}

/** What is thrown for identifiers that are no record's of the types needed. */
export function unknownIn({ place, types }: Named, unknown: readonly string[]): FilterError {
  return unknownRecords(place, TYPE_NAMES.get(types) ?? types[0]!.toLowerCase(), unknown);
}

/** Takes note of records that are named. Throws a FilterError for identifiers that cannot be of the types needed. */
export function named(place: string, ids: readonly string[], types: readonly NodeType[]): Named {
  const made = { place, ids, types };
  const misnamed = ids.filter((id) => !types.some((type) => nodeTypeOf(id) === type));
  if (misnamed.length > 0) throw unknownIn(made, misnamed);
  return made;
}
