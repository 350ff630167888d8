import { graphql, type ResultOf } from '../../api/graphql.ts';
import { useFormat } from '../words/format.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** What a link to a source needs. */
export const SOURCE = graphql(`
  fragment SourceShown on Source {
    id
    title
    publisher
    publishedOn
    url
  }
`);
export type SourceShown = ResultOf<typeof SOURCE>;

/** A source by its title; its own page says the rest and links to the document. */
export function SourceLink({ source }: { readonly source: SourceShown }) {
  return <a href={`/${source.id}`}>{source.title}</a>;
}

/** Sources with publisher, date and a link to the document. */
export function SourceItems({ sources }: { readonly sources: readonly SourceShown[] }) {
  const { date } = useFormat();
  return (
    <ul class="source-items">
      {sources.map((source) => (
        <li key={source.id}>
          <SourceLink source={source} />
          <span class="quiet">
            {source.publisher && `, ${source.publisher}`}
            {source.publishedOn && `, ${date(source.publishedOn)}`}
          </span>
          {source.url && (
            <>
              {' '}
              <a class="out" href={source.url} target="_blank" rel="noopener noreferrer">
                {new URL(source.url).hostname}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The sources of one fact, one click away. */
export function Sources({ sources }: { readonly sources: readonly SourceShown[] }) {
  const words = useWords(SHELL);
  const { number } = useFormat();
  if (sources.length === 0) return <span class="sources none">{words.noSource}</span>;
  return (
    <details class="sources">
      <summary>{sources.length === 1 ? words.source : words.sources(number(sources.length))}</summary>
      <SourceItems sources={sources} />
    </details>
  );
}
