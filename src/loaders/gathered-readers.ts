import type { Key } from '../domain/key.ts';
import { coversProjection, joinedProjections, type Projection } from '../store/list.ts';

/** What readers of the same part of a list are served by. */
interface Gathered {
  projection: Projection;
  /** Whether the readers of the level are still saying what they need. */
  isOpen: boolean;
  readonly served: Promise<unknown>;
}

/** Joins the readers of a level that want something of the same part of a list. */
export class GatheredReaders {
  readonly #gathered = new Map<Key, Gathered>();

  /**
   * Serves all readers that want something of the same part of a list in the same turn of the event loop by one statement;
   * a later reader is served by it too, where it brings what that one wants.
   */
  serve<Served>(
    key: Key,
    projection: Projection,
    serve: (projection: Projection) => Served | Promise<Served>,
  ): Promise<Served> {
    const known = this.#gathered.get(key);
    if (known && (known.isOpen || coversProjection(known.projection, projection))) {
      if (known.isOpen) known.projection = joinedProjections(known.projection, projection);
      return known.served as Promise<Served>;
    }
    const served = Promise.resolve().then(() => {
      gathered.isOpen = false;
      return serve(gathered.projection);
    });
    const gathered: Gathered = { projection, isOpen: true, served };
    this.#gathered.set(key, gathered);
    return served;
  }

  clear(): void {
    this.#gathered.clear();
  }
}
