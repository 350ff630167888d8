import { useLayoutEffect, useState } from 'preact/hooks';

/** A value that components watch. What a link must restore is in the address instead (address.ts). */
export class Store<Value> {
  #value: Value;
  readonly #watchers = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls a function after every change, until the returned one is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}

/** The value of a store, in a component that is rendered again when it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [, render] = useState(0);
  // Watched before the page is painted: of a change between the two nothing would be seen.
  useLayoutEffect(() => store.watch(() => render((count) => count + 1)), [store]);
  return store.value;
}
