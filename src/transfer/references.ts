import { isGlobalId } from '../domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierScheme, tidyIdentifier } from '../domain/identifier.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { KnownStore } from '../editing/known-store.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { mergedInto, nodesByIdentifier, nodesByName, typesById } from '../store/node.ts';

/** The record that a written reference names, or the problem of the reference. */
export type Resolution =
  | { readonly id: string /** Whether it names a record that has been merged away. */; readonly isMerged: boolean }
  | { readonly problem: string };

interface Declared {
  readonly id: string;
  readonly type: NodeType;
}

const NONE: readonly Declared[] = [];

const IDENTIFIER = /^(siren|rnsr|ror|isni|wikidata|cordisPic):(.+)$/i;

function schemeOf(written: string): { scheme: IdentifierScheme; value: string } | null {
  const match = IDENTIFIER.exec(written);
  if (!match) return null;
  const scheme = (Object.keys(IDENTIFIER_FIELDS) as IdentifierScheme[]).find(
    (each) => IDENTIFIER_FIELDS[each].toLowerCase() === match[1]!.toLowerCase(),
  )!;
  return { scheme, value: tidyIdentifier(scheme, match[2]!) };
}

const typeWords = (types: readonly NodeType[]): string => types.map((type) => type.toLowerCase()).join(' or ');

/**
 * Resolves references of an import, many at once: an identifier (also of a record merged away), a registry's identifier
 * such as `rnsr:200611689J`, or an exact name that only one record of the given types has.
 */
export class ReferenceResolver {
  readonly #engine: GraphEngine;
  readonly #known = new Map<string, readonly Declared[]>();
  /** Records that a dry run would have created: the store does not have them. */
  readonly #declared = new Map<string, readonly Declared[]>();

  constructor(engine: GraphEngine, declared?: ReferenceResolver) {
    this.#engine = engine;
    if (declared) for (const [key, records] of declared.#declared) this.#declared.set(key, records);
  }

  /** Lets later rows refer to a record that is not, or not yet, in the store. */
  declare(id: string, type: NodeType, name: string | null, identifiers: readonly string[]): void {
    const declared = { id, type };
    this.#declared.set(id, [declared]);
    for (const key of identifiers) this.#declared.set(key.toLowerCase(), [declared]);
    if (name !== null) this.#declared.set(`name:${name}`, [...(this.#declared.get(`name:${name}`) ?? []), declared]);
  }

  /**
   * Looks up what is not known yet, in one statement per kind of reference; nothing where `store` knows the answer. Forgets
   * what earlier batches looked up.
   */
  async lookUp(references: ReadonlySet<string>, store: KnownStore | null, signal?: AbortSignal): Promise<void> {
    this.#known.clear();
    const ids: string[] = [];
    const names: string[] = [];
    const byScheme = new Map<IdentifierScheme, string[]>();
    for (const written of references) {
      const identifier = schemeOf(written);
      if (identifier) {
        const values = byScheme.get(identifier.scheme) ?? [];
        values.push(identifier.value);
        byScheme.set(identifier.scheme, values);
      } else if (isGlobalId(written)) {
        const node = store?.node(written);
        // One text for each identifier: it is compared at once with itself.
        if (node) this.#known.set(written, [{ id: node.id, type: node.type }]);
        else if (node === undefined || store?.hasNoFormer !== true) ids.push(written);
      } else names.push(written);
    }
    const options = { signal };
    const add = (key: string, declared: Declared): void =>
      void this.#known.set(key, [...(this.#known.get(key) ?? []), declared]);
    const merged = ids.length === 0 || store?.hasNoFormer ? [] : await this.#engine.read(mergedInto, { ids }, options);
    const found = [...ids, ...merged.map(({ into }) => into)];
    const identified: { key: string; id: string }[] = [];
    for (const [scheme, values] of byScheme) {
      const field = IDENTIFIER_FIELDS[scheme];
      for (const { value, id } of await this.#engine.read(nodesByIdentifier[field], { values }, options)) {
        identified.push({ key: `${field}:${value}`.toLowerCase(), id });
        found.push(id);
      }
    }
    const types = new Map<string, NodeType>();
    if (found.length > 0) {
      for (const { id, type } of await this.#engine.read(typesById, { ids: found }, options)) types.set(id, type);
    }
    for (const [id, type] of types) add(id, { id, type });
    for (const { id, into } of merged) if (types.has(into)) add(id, { id: into, type: types.get(into)! });
    for (const { key, id } of identified) if (types.has(id)) add(key, { id, type: types.get(id)! });
    if (names.length > 0) {
      for (const { name, id, type } of await this.#engine.read(nodesByName, { names }, options)) {
        add(`name:${name}`, { id, type: type as NodeType });
      }
    }
  }

  /** The record that a looked-up reference names. */
  resolve(written: string, types: readonly NodeType[]): Resolution {
    const identifier = schemeOf(written);
    const key = identifier
      ? `${IDENTIFIER_FIELDS[identifier.scheme]}:${identifier.value}`.toLowerCase()
      : isGlobalId(written)
        ? written
        : `name:${written}`;
    const known = this.#known.get(key) ?? NONE;
    const declared = this.#declared.get(key) ?? NONE;
    const [only] = known;
    if (known.length === 1 && declared.length === 0 && types.includes(only!.type)) {
      return { id: only!.id, isMerged: key === written && only!.id !== written };
    }
    const candidates = [...known, ...declared];
    const fitting = [
      ...new Map(candidates.filter(({ type }) => types.includes(type)).map((each) => [each.id, each])).values(),
    ];
    if (fitting.length === 1) return { id: fitting[0]!.id, isMerged: key === written && fitting[0]!.id !== written };
    if (fitting.length > 1) {
      const some = fitting
        .map(({ id }) => id)
        .sort()
        .slice(0, 3);
      return {
        problem: `"${written}" is the name of ${fitting.length} records (${some.join(', ')} …): give an identifier.`,
      };
    }
    if (candidates.length > 0) {
      return {
        problem: `"${written}" is a ${candidates[0]!.type.toLowerCase()}; a ${typeWords(types)} is needed here.`,
      };
    }
    return { problem: `There is no ${typeWords(types)} "${written}": add it, or correct the reference.` };
  }
}
