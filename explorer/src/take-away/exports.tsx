import { ask } from '../api/ask.ts';
import type { VariablesOf } from '../api/graphql.ts';
import { useWords } from '../app/words/words.ts';
import type { GraphSelection } from '../selection/selection.ts';
import { download } from './files.ts';
import { EXPORT } from './queries.ts';
import { WORDS } from './words.ts';

type Format = VariablesOf<typeof EXPORT>['format'];

interface ExportsProps {
  readonly select: GraphSelection;
  readonly note?: string | undefined;
  readonly title: string;
  readonly name: string;
  onSaid(sentence: string): void;
}

/** A part of the graph as the files that other programs read. Links are made when they are asked for: they expire. */
export function Exports({ select, note, title, name, onSaid }: ExportsProps) {
  const words = useWords(WORDS);
  const linkTo = async (format: Format) => {
    onSaid('');
    const answer = await ask(EXPORT, { select, format, title });
    if (answer.failure) onSaid(words.failed(answer.failure.message));
    return answer.failure ? null : (answer.data.subgraph?.export ?? null);
  };
  const onFile = async (format: Format): Promise<void> => {
    const link = await linkTo(format);
    if (link === null) return;
    download(link.url, name);
    onSaid(words.ready);
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
