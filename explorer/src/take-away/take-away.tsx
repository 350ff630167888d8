import type { RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ask } from '../api/ask.ts';
import { here } from '../app/address.ts';
import { isEmbedded } from '../app/paths.ts';
import { useStore } from '../app/store.ts';
import { useFormat } from '../app/words/format.ts';
import { language } from '../app/words/language.ts';
import { useWords } from '../app/words/words.ts';
import { type GraphSelection, NOTHING_SELECTED, type SelectionValues, selectionOf } from '../selection/selection.ts';
import { useSelectionSentence } from '../selection/selection-panel.tsx';
import { CopyField } from './copy-field.tsx';
import { csvOf, type Table } from './csv.ts';
import { Exports, type Gathered } from './exports.tsx';
import { fileNameOf, save } from './files.ts';
import { type LonePart, lonePage } from './html.ts';
import { pictureOf, pngOf } from './picture.ts';
import { SOURCES } from './queries.ts';
import './take-away.css';
import { WORDS } from './words.ts';

/** Sources that a picture names. */
const NAMED_SOURCES = 4;

interface LegendItem {
  readonly text: string;
  readonly colour?: string;
  readonly swatch?: string;
}

interface TakeAwayProps {
  /** What the view shows; the heading of everything that is taken. */
  readonly title: string;
  /** What is drawn: an SVG or a canvas. */
  readonly figure?: RefObject<SVGSVGElement | null> | RefObject<HTMLCanvasElement | null>;
  /** What its colours mean: a colour, or the class of a swatch on the page. */
  readonly legend?: readonly LegendItem[] | (() => readonly LegendItem[]);
  /** Whose drawing it is, where it is somebody else's. */
  readonly credit?: string;
  /** What is shown as a table. */
  readonly table?: () => Table;
  /** The parts of the view, for a page that stands alone. */
  readonly parts?: () => readonly LonePart[];
  /** The part of the graph that is shown: its files for other programs. */
  readonly selection?: SelectionValues | null;
  /** The sources of what is shown, those of most facts first; without them those of the whole graph. */
  readonly sources?: readonly { readonly title: string; readonly licence?: string }[] | undefined;
  /** The same as the API selects it, where the address has more conditions; or gathered when a file is asked for. */
  readonly select?: GraphSelection | null | (() => Promise<Gathered>);
  /** What of the page is in these files, where that has to be said. */
  readonly selectNote?: string;
}

/** The colour of a class of swatches, as the page shows it. */
function colourOf(swatch: string): string {
  const found = document.querySelector(`.swatch.${swatch}`);
  return found ? getComputedStyle(found).backgroundColor : 'none';
}

/** A menu of everything by which a view is taken away. */
export function TakeAway(props: TakeAwayProps) {
  const words = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const panel = useId();
  const isInFrame = isEmbedded(useStore(here).pathname);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event): void => {
      const isOutside = event.type === 'pointerdown' && !menu.current?.contains(event.target as Node);
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (!isOutside && !isEscape) return;
      setOpen(false);
      if (isEscape) menu.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, [isOpen]);
  // In somebody else's page the view itself is enough.
  if (isInFrame) return null;
  return (
    <div class="take-away" ref={menu}>
      <button type="button" aria-expanded={isOpen} aria-controls={panel} onClick={() => setOpen(!isOpen)}>
        {words.takeAway}
      </button>
      <div id={panel} class="take-away-panel" hidden={!isOpen}>
        {isOpen && <Choices {...props} />}
      </div>
    </div>
  );
}

/** The colour that a name of the style has at present. */
function colourNamed(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The sources of the whole graph, those of most facts first. */
async function sourcesOfAll(): Promise<{ title: string; licence?: string }[]> {
  const answer = await ask(SOURCES, {});
  if (answer.failure) return [];
  return answer.data.statistics.sources.map(({ label, node }) => {
    const licence = node?.__typename === 'Source' ? node.licence : null;
    return { title: label, ...(licence ? { licence } : {}) };
  });
}

function Choices({
  title,
  figure,
  legend = [],
  credit,
  table,
  parts,
  selection = null,
  select = null,
  selectNote,
  sources: own,
}: TakeAwayProps) {
  const words = useWords(WORDS);
  const { moment, list } = useFormat();
  const url = useStore(here);
  const [said, setSaid] = useState('');
  const sentence = useSelectionSentence(selection ?? NOTHING_SELECTED);
  const name = fileNameOf(title);
  const part = select ?? (selection && selectionOf(selection));

  /** The lines above and below a picture or a table: what it is, of when, by whom. */
  const around = async () => {
    const sources = own ?? (await sourcesOfAll());
    const titles = sources
      .slice(0, NAMED_SOURCES)
      .map(({ title: name, licence }) => (licence ? `${name} (${licence})` : name));
    return {
      lines: [...(selection && !parts ? [sentence] : []), words.asOf(moment(new Date().toISOString()))],
      foot: [
        ...(titles.length > 0 ? [words.sources(list(titles), sources.length - titles.length)] : []),
        ...(credit ? [credit] : []),
        `Grappe, ${url.href}`,
      ],
    };
  };
  const picture = async (): Promise<string> => {
    const ground = { ground: colourNamed('--ground'), ink: colourNamed('--ink'), quiet: colourNamed('--quiet') };
    const caption = {
      ...(await around()),
      title,
      legend: (typeof legend === 'function' ? legend() : legend).map(({ text, colour, swatch }) => ({
        text,
        colour: colour ?? colourOf(swatch ?? ''),
      })),
    };
    return pictureOf(figure!.current!, caption, ground);
  };
  const doing = (work: () => Promise<void>) => () => {
    setSaid('');
    work().then(
      () => setSaid(words.ready),
      (error: unknown) => setSaid(words.failed(error instanceof Error ? error.message : String(error))),
    );
  };
  const saveSvg = doing(async () => save(new Blob([await picture()], { type: 'image/svg+xml' }), `${name}.svg`));
  const savePng = doing(async () => save(await pngOf(await picture()), `${name}.png`));
  const saveCsv = doing(async () => save(new Blob([csvOf(table!())], { type: 'text/csv' }), `${name}.csv`));
  const savePage = doing(async () => {
    const page = lonePage({
      ...(await around()),
      ...{ title, language: language.value, address: url.href, addressLabel: words.seeView },
      picture: figure?.current ? await picture() : null,
      table: table && !parts ? table() : null,
      parts: parts?.() ?? [],
    });
    save(new Blob([page], { type: 'text/html' }), `${name}.html`);
  });
  const embedded = `${url.origin}/embed${url.pathname}${url.search}`;
  const hasFigure = figure?.current != null;
  return (
    <>
      <section>
        <h2>{words.link}</h2>
        <CopyField label={words.link} text={url.href} copy={words.copy} />
      </section>
      <section>
        {hasFigure && (
          <>
            <h2>{words.picture}</h2>
            <p class="small quiet">{words.pictureHint}</p>
            <p class="actions">
              <button type="button" onClick={savePng}>
                PNG
              </button>
              <button type="button" onClick={saveSvg}>
                SVG
              </button>
            </p>
          </>
        )}
        <p class="actions">
          {table && (
            <button type="button" onClick={saveCsv}>
              {words.table}, CSV
            </button>
          )}
          <button type="button" onClick={savePage} title={words.pageHint}>
            {words.page}
          </button>
        </p>
        <p class="small quiet">{words.pageHint}</p>
      </section>
      {part && <Exports select={part} note={selectNote} title={title} name={name} onSaid={setSaid} />}
      <section>
        <h2>{words.embed}</h2>
        <p class="small quiet">{words.embedHint}</p>
        <CopyField
          label={words.embedCode}
          text={`<iframe src="${embedded.replaceAll('&', '&amp;')}" width="100%" height="640" title="${title.replaceAll('"', '&quot;')}" loading="lazy"></iframe>`}
          copy={words.embedCode}
        />
      </section>
      <p class="small" role="status">
        {said}
      </p>
    </>
  );
}
