/** What a picture shows beside its figure. */
export interface Caption {
  readonly title: string;
  /** Lines under the title: what is selected, a date. */
  readonly lines: readonly string[];
  readonly legend: readonly { readonly colour: string; readonly text: string }[];
  /** Lines at the foot: sources, licence, address. */
  readonly foot: readonly string[];
}

/** Colours of the page on which a picture is taken. */
export interface Ground {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
}

/** What of the style of an element is written into the picture, which has no style sheet. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linejoin', 'stroke-linecap'],
  ...['stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'],
] as const;
/** What of an element is left out: it means something in the page alone. */
const LEFT_OUT = /^(?:class|style|role|tabindex|href|aria-.*|data-.*)$/;
const SVG = 'http://www.w3.org/2000/svg';
const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
const WIDTH = 1000;
const [MARGIN, TITLE_SIZE, LINE_SIZE, FOOT_SIZE] = [28, 24, 15, 12] as const;

/** A figure without anything that a style sheet or a script would have to add. */
function standalone(figure: SVGSVGElement): SVGSVGElement {
  const copy = figure.cloneNode(true) as SVGSVGElement;
  const originals = [figure, ...figure.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, at) => {
    const written = copies[at]!;
    for (const { name } of [...written.attributes]) if (LEFT_OUT.test(name)) written.removeAttribute(name);
    if (original.localName === 'title' || !(original instanceof SVGElement)) return;
    const style = getComputedStyle(original);
    if (style.display === 'none') {
      written.setAttribute('display', 'none');
      return;
    }
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== '') written.setAttribute(name, value);
    }
    const colour = style.getPropertyValue('fill');
    if (colour.startsWith('context-')) written.removeAttribute('fill');
  });
  // A link of the page is a group of the picture.
  for (const link of [...copy.querySelectorAll('a')]) {
    const group = document.createElementNS(SVG, 'g');
    group.append(...link.childNodes);
    link.replaceWith(group);
  }
  return copy;
}

/** The figure of a page as an element of an SVG, with its own width and height. */
function drawnFigure(figure: SVGSVGElement | HTMLCanvasElement) {
  if (figure instanceof HTMLCanvasElement) {
    const element = document.createElementNS(SVG, 'image');
    element.setAttribute('href', figure.toDataURL('image/png'));
    return { element, width: figure.width, height: figure.height };
  }
  const element = standalone(figure);
  const { width, height } = figure.viewBox.baseVal;
  return { element, width: width || figure.clientWidth, height: height || figure.clientHeight };
}

/** A text in lines that are not wider than a width. */
function wrapped(text: string, font: string, width: number): readonly string[] {
  const brush = document.createElement('canvas').getContext('2d')!;
  brush.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && brush.measureText(`${last} ${word}`).width <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A picture of a figure with title, legend, date and sources, as an SVG that needs nothing else. */
export function pictureOf(
  figure: SVGSVGElement | HTMLCanvasElement,
  caption: Caption,
  { ground, ink, quiet }: Ground,
): string {
  const svg = document.createElementNS(SVG, 'svg');
  const add = (name: string, attributes: Readonly<Record<string, string | number>>, text?: string): void => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    if (text !== undefined) element.textContent = text;
    svg.append(element);
  };
  const inner = WIDTH - 2 * MARGIN;
  let y = MARGIN;
  const write = (text: string, size: number, colour: string, weight = 400): void => {
    for (const line of wrapped(text, `${weight} ${size}px ${FONT}`, inner)) {
      y += size * 1.35;
      add('text', { x: MARGIN, y: y - size * 0.3, 'font-size': size, 'font-weight': weight, fill: colour }, line);
    }
  };
  add('title', {}, caption.title);
  add('rect', { width: '100%', height: '100%', fill: ground });
  write(caption.title, TITLE_SIZE, ink, 650);
  for (const line of caption.lines) write(line, LINE_SIZE, quiet);
  y += 14;
  const { element, width, height } = drawnFigure(figure);
  // A high figure is not wider than it takes to be looked at as a whole.
  const scale = Math.min(inner / width, 900 / height);
  const size = { x: MARGIN + (inner - width * scale) / 2, y, width: width * scale, height: height * scale };
  for (const [key, value] of Object.entries(size)) element.setAttribute(key, String(value));
  svg.append(element);
  y += size.height + 18;
  let x = MARGIN;
  for (const { colour, text } of caption.legend) {
    const brush = document.createElement('canvas').getContext('2d')!;
    brush.font = `${LINE_SIZE}px ${FONT}`;
    const wide = 28 + brush.measureText(text).width + 18;
    if (x > MARGIN && x + wide > WIDTH - MARGIN) {
      x = MARGIN;
      y += 24;
    }
    add('rect', { x, y, width: 16, height: 16, rx: 3, fill: colour, stroke: quiet, 'stroke-width': 0.75 });
    add('text', { x: x + 23, y: y + 13, 'font-size': LINE_SIZE, fill: ink }, text);
    x += wide;
  }
  if (caption.legend.length > 0) y += 34;
  for (const line of caption.foot) write(line, FOOT_SIZE, quiet);
  y += MARGIN / 2;
  svg.setAttribute('xmlns', SVG);
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${Math.ceil(y)}`);
  svg.setAttribute('width', String(WIDTH));
  svg.setAttribute('height', String(Math.ceil(y)));
  svg.setAttribute('font-family', FONT);
  return new XMLSerializer().serializeToString(svg);
}

/** An SVG as PNG, of so many pixels for one of its units. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))), 'image/png');
  });
}
