import { type Key, keyOf } from '../domain/key.ts';
import type { Parameters } from '../graph/statement.ts';
import type { PagePart } from '../paging/arguments.ts';
import { decodeCursor, listTag, type Position, withCursor } from '../paging/cursor.ts';
import { type ListEdge, type ListRequest, listPart, positionTypes, rowReader } from '../store/list.ts';
import { directionsOf, type PackedRows, type PageShape, type Selected } from '../store/listing.ts';

/** An entry of a page with its cursor, which is made when somebody looks at it. */
export type Placed<Edge extends ListEdge> = Edge & { readonly cursor: string };

/** A page of a list. */
export interface Page<Edge extends ListEdge> {
  readonly edges: readonly Placed<Edge>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** What part of a list is asked for, and how its rows become a page. */
export class Window<Edge extends ListEdge> {
  readonly request: ListRequest<Edge>;
  readonly #backward: boolean;
  readonly #size: number;
  readonly #after: Position | null;
  #readersKey: Key | null = null;

  /** Throws a CursorError that names the argument. */
  constructor(request: ListRequest<Edge>, { backward, size, cursor }: PagePart) {
    this.request = request;
    this.#backward = backward;
    this.#size = size;
    this.#after = cursor !== null ? decodeCursor(cursor, this.#tag, positionTypes(request)) : null;
  }

  /** What a cursor of this list carries. */
  get #tag(): string {
    const { listing, conditions, parameters, sort, direction } = this.request;
    return listTag([listing.name, conditions.map(({ name }) => name), parameters, sort?.name ?? null, direction]);
  }

  /** All that decides a page but what is brought of its entries, as a part of keys; `parameters` are the list's. */
  part(parameters: Parameters): object {
    const list = listPart({ ...this.request, parameters });
    return { list, backward: this.#backward, size: this.#size, after: this.#after };
  }

  /** The key of the readers of this part of a list; `parameters` are the list's. */
  readersKey(parameters: Parameters): Key {
    if (parameters !== this.request.parameters) return keyOf('page readers', this.part(parameters));
    this.#readersKey ??= keyOf('page readers', this.part(parameters));
    return this.#readersKey;
  }

  /** The statement's shape: backward pages are read in the opposite order. */
  get shape(): Omit<PageShape, 'selected'> {
    const { conditions, sort } = this.request;
    const continued = this.#after !== null;
    return { conditions, sort, ...directionsOf(this.request, this.#backward), continued };
  }

  /** The statement's parameters, with the list's: one entry more than asked, to know whether the list goes on. */
  parameters(parameters: Parameters): Parameters {
    const position = Object.fromEntries((this.#after ?? []).map((key, index) => [`after${index}`, key]));
    return { ...parameters, ...position, limit: this.#size + 1 };
  }

  /** What makes pages of packed rows, of the list of a parent. */
  reader(selected: Selected): (rows: PackedRows, parent: string) => Page<Edge> {
    const { edgeOf, positionOf } = rowReader(this.request, selected);
    // Without the sort key nobody has asked for a cursor.
    const tag = selected.summary.includes('sortKey') ? this.#tag : null;
    // A client that gives a cursor has seen the entry that it marks: there is something on that side.
    const cameFrom = this.#after !== null;
    return (rows, parent) => {
      const edges = rows.slice(0, this.#size).map((row) => {
        const edge = edgeOf(row, parent) as Placed<Edge>;
        return tag === null ? edge : withCursor(edge, tag, positionOf(row));
      });
      const goesOn = rows.length > this.#size;
      return this.#backward
        ? { edges: edges.reverse(), hasNextPage: cameFrom, hasPreviousPage: goesOn }
        : { edges, hasNextPage: goesOn, hasPreviousPage: cameFrom };
    };
  }
}
