import { paletteOf } from './palette.ts';

/** Pixels between two pictures, and of the line above each, for each of the page. */
const [GAP, LINE] = [16, 34] as const;

/** Pictures of one height beside each other, each under its title. Null where one of them is not drawn. */
export function besideEachOther(
  pictures: readonly { readonly current: HTMLCanvasElement | null }[],
  titles: readonly string[],
): HTMLCanvasElement | null {
  const drawn = titles.flatMap((title, place) => {
    const canvas = pictures[place]?.current;
    return canvas ? [{ title, canvas }] : [];
  });
  if (drawn.length < titles.length) return null;
  const host = document.querySelector('.network-canvas')!;
  const ratio = drawn[0]!.canvas.width / Math.max(1, host.clientWidth);
  const { ground, text, font } = paletteOf(host);
  const whole = document.createElement('canvas');
  whole.width = drawn.reduce((sum, { canvas }) => sum + canvas.width, GAP * ratio * (drawn.length - 1));
  whole.height = Math.max(...drawn.map(({ canvas }) => canvas.height)) + LINE * ratio;
  const context = whole.getContext('2d')!;
  context.fillStyle = ground;
  context.fillRect(0, 0, whole.width, whole.height);
  context.fillStyle = text;
  context.font = `600 ${20 * ratio}px ${font}`;
  context.textBaseline = 'middle';
  let x = 0;
  for (const { title, canvas } of drawn) {
    context.fillText(title, x + 8 * ratio, (LINE * ratio) / 2);
    context.drawImage(canvas, x, LINE * ratio);
    x += canvas.width + GAP * ratio;
  }
  return whole;
}
