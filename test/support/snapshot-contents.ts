import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { NODE_NUMBERS, NODE_TEXTS, SNAPSHOT_TYPES } from '../../src/store/snapshot.ts';

/** All that a snapshot says, by identifiers instead of numbers; lists in their own order. */
export function contents(snapshot: Snapshot) {
  const { nodes, dictionary, kinds } = snapshot;
  const order = [...snapshot.order.all];
  return {
    nodes: order.map((number) => ({
      ...nodes.summary(number),
      lifespan: [nodes.validFrom.items[number], nodes.validTo.items[number]],
      counts: NODE_NUMBERS.map((name) => nodes.count(number, name)),
      texts: NODE_TEXTS.map((name) => nodes.text(number, name)),
      sources: dictionary.text(nodes.sources.items[number]!),
    })),
    poles: [...snapshot.order.ofTypes(['Pole'])].map((number) => nodes.id(number)),
    lists: SNAPSHOT_TYPES.flatMap((type) => {
      const { edges } = snapshot.type(type);
      return order.flatMap((number) =>
        snapshot
          .type(type)
          .lists()
          .map(([side, adjacency]) => {
            const list = [...adjacency.list(number)].map((edge) => {
              const other = nodes.id(adjacency.neighbour(edge, number));
              const ends = [nodes.id(edges.from.items[edge]!), nodes.id(edges.to.items[edge]!)];
              const columns = [edges.validFrom, edges.validTo].map(({ items }) => items[edge]);
              const dates = [edges.since, edges.until].map(({ items }) => dictionary.text(items[edge]!));
              const sources = dictionary.text(edges.sources.items[edge]!);
              const texts = [kinds.text(edges.kind.items[edge]!), ...dates, sources];
              const measures = [edges.strength, edges.projectCount].map(({ items, length }) => length && items[edge]);
              return { other, said: JSON.stringify([ends, columns, texts, measures]) };
            });
            // Parallel edges stand together, in no order of their own.
            const parallel = Object.entries(Object.groupBy(list, ({ other }) => other));
            const neighbours = list.map(({ other }) => other).filter((id, index, all) => id !== all[index - 1]);
            return {
              type,
              side,
              id: nodes.id(number),
              neighbours,
              edges: parallel.map(([id, some]) => [id, some!.map(({ said }) => said).sort()]).sort(),
            };
          }),
      );
    }).filter(({ neighbours }) => neighbours.length > 0),
  };
}
