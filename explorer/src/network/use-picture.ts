import { useMemo } from 'preact/hooks';
import { useAddress } from '../app/address.ts';
import { MOST_IDS, PICTURE } from './address.ts';
import type { Network } from './graph/network.ts';
import { type Picture, pictureOf } from './graph/picture.ts';

/** How a network is shown, and how to change it: all of it is in the address. */
export interface PictureState {
  readonly picture: Picture;
  readonly values: ReturnType<typeof usePictureAddress>['values'];
  readonly set: ReturnType<typeof usePictureAddress>['set'];
  readonly selected: ReadonlySet<number>;
  /** Where nodes are that were moved. */
  readonly pins: ReadonlyMap<string, readonly [x: number, y: number]>;
  /** Selects these nodes, as many as an address holds. */
  select(nodes: Iterable<number>): void;
  hide(nodes: Iterable<number>): void;
  pin(node: number, at: { readonly x: number; readonly y: number } | null): void;
}

const usePictureAddress = () => useAddress(PICTURE);

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** The picture of a network as the address describes it. */
export function usePicture(network: Network): PictureState {
  const { values, set } = usePictureAddress();
  const { colour, size, measure, off, hide, year, versus, select, pin } = values;
  const [offKey, hideKey] = [off.join(','), hide.join(',')];
  const picture = useMemo(
    () => pictureOf(network, { colour, size, measure, off: new Set(off), hidden: new Set(hide), year, versus }),
    [network, colour, size, measure, offKey, hideKey, year, versus],
  );
  const selected = useMemo(
    () => new Set(select.map((id) => network.find(id)).filter((node) => node >= 0)),
    [network, select.join(',')],
  );
  const pins = useMemo(
    () =>
      new Map(
        pin.map((entry) => {
          const [id = '', x, y] = entry.split('~');
          return [id, [Number(x), Number(y)] as const] as const;
        }),
      ),
    [pin.join(',')],
  );
  const idsOf = (nodes: Iterable<number>): string[] => Array.from(nodes, (node) => network.nodes[node]!.id);
  return {
    ...{ picture, values, set, selected, pins },
    select: (nodes) => set({ select: idsOf(nodes).slice(0, MOST_IDS) }),
    hide: (nodes) => set({ hide: [...new Set([...hide, ...idsOf(nodes)])].slice(0, MOST_IDS), select: [], open: '' }),
    pin: (node, at) => {
      const { id } = network.nodes[node]!;
      const others = pin.filter((entry) => !entry.startsWith(`${id}~`));
      set({ pin: at ? [...others, `${id}~${rounded(at.x)}~${rounded(at.y)}`].slice(-MOST_IDS) : others });
    },
  };
}
