/** Puts an item where it belongs among sorted ones, after its equals; at most `limit` stay. */
export function insertSorted<Item>(
  sorted: Item[],
  item: Item,
  compare: (a: Item, b: Item) => number,
  limit: number,
): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]!, item) <= 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, item);
  if (sorted.length > limit) sorted.pop();
}
