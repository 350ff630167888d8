/** Gives the items of an iteration in order, and begins with the next one while the caller works on one. */
export async function* oneAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  try {
    let next = items.next();
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = items.next();
      // It may fail while nobody waits for it yet; the caller hears of it with the next item.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await items.return(undefined);
  }
}
