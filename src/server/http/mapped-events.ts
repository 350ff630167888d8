/** Changes each event of a stream. It ends its source as soon as it is left itself; a generator would first wait for the next event. */
export function mappedEvents<Value>(
  source: AsyncIterable<Value>,
  map: (value: Value) => Value | Promise<Value>,
): AsyncIterableIterator<Value> {
  const events = source[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const event = await events.next();
      return event.done ? event : { done: false, value: await map(event.value) };
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}
