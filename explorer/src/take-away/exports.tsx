import { ask } from '../api/ask.ts';
import type { VariablesOf } from '../api/graphql.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import type { GraphSelection } from '../selection/selection.ts';
import { download } from './files.ts';
import { EXPORT } from './queries.ts';
import { WORDS } from './words.ts';

type Format = VariablesOf<typeof EXPORT>['format'];

/** A part of the graph that was read page by page: of `total` results the first `count`. Null where nothing was found. */
export interface Gathered {
  readonly select: GraphSelection | null;
  readonly count: number;
  readonly total: number;
}

interface ExportsProps {
  readonly select: GraphSelection | (() => Promise<Gathered>);
  readonly note?: string | undefined;
  readonly title: string;
  readonly name: string;
  onSaid(sentence: string): void;
}

/** A part of the graph as the files that other programs read. Links are made when they are asked for: they expire. */
export function Exports({ select, note, title, name, onSaid }: ExportsProps) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  /** What is in the file; says so where nothing was found, or where asking failed. */
  const gather = async (): Promise<Gathered | null> => {
    if (typeof select !== 'function') return { select, count: 0, total: 0 };
    onSaid(words.gathering);
    try {
      const gathered = await select();
      if (gathered.select === null) onSaid(words.nothing);
      return gathered;
    } catch (error) {
      onSaid(words.failed(error instanceof Error ? error.message : String(error)));
      return null;
    }
  };
  const linkTo = async (format: Format) => {
    onSaid('');
    const gathered = await gather();
    if (!gathered?.select) return null;
    const answer = await ask(EXPORT, { select: gathered.select, format, title });
    if (answer.failure) onSaid(words.failed(answer.failure.message));
    else if (gathered.count < gathered.total) onSaid(words.firstOf(number(gathered.count), number(gathered.total)));
    else onSaid(words.ready);
    return answer.failure ? null : (answer.data.subgraph?.export ?? null);
  };
  const onFile = async (format: Format): Promise<void> => {
    const link = await linkTo(format);
    if (link === null) return;
    download(link.url, name);
  };
  const onViewer = async (format: Format): Promise<void> => {
    const link = await linkTo(format);
    if (link?.viewerUrl) open(link.viewerUrl, '_blank', 'noopener');
    else if (link) download(link.url, name);
  };
  return (
    <section>
      <h2>{words.graph}</h2>
      <p class="small quiet">
        {note && `${note} `}
        {words.graphHint}
      </p>
      <p class="actions">
        {Object.entries(words.formats).map(([format, text]) => (
          <button key={format} type="button" onClick={() => void onFile(format as Format)}>
            {text}
          </button>
        ))}
      </p>
      <p class="actions">
        {Object.entries(words.openIn).map(([format, text]) => (
          <button key={format} type="button" onClick={() => void onViewer(format as Format)}>
            {text} ↗
          </button>
        ))}
      </p>
      <p class="small quiet">{words.viewerHint}</p>
    </section>
  );
}
