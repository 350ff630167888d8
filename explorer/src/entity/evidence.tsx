import { Period } from '../app/parts/period.tsx';
import { type SourceShown, Sources } from '../app/parts/sources.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { ENTITY } from './words.ts';

interface Fact {
  readonly since: string | null;
  readonly until: string | null;
  readonly attestedOn: readonly string[];
  readonly sources: readonly SourceShown[];
}

/** The sources of several facts, each once. */
export function sourcesOf(facts: readonly { readonly sources: readonly SourceShown[] }[]): readonly SourceShown[] {
  return [...new Map(facts.flatMap(({ sources }) => sources).map((source) => [source.id, source])).values()];
}

/** When facts hold: each period once, or the dates on which a source reports them. */
export function Periods({ facts }: { readonly facts: readonly Fact[] }) {
  const words = useWords(ENTITY);
  const { date, list } = useFormat();
  const dated = facts.filter(({ since, until }) => since !== null || until !== null);
  const periods = [...new Map(dated.map((fact) => [`${fact.since} ${fact.until}`, fact])).values()];
  const attested = [...new Set(facts.flatMap(({ attestedOn }) => attestedOn))].sort();
  if (periods.length === 0) {
    if (attested.length > 0) return <span class="period">{words.attested(list(attested.map(date)))}</span>;
    return <Period since={null} until={null} saysUndated />;
  }
  return (
    <>
      {periods.map(({ since, until }) => (
        <div key={`${since} ${until}`}>
          <Period since={since} until={until} />
        </div>
      ))}
    </>
  );
}

/** The sources of facts, one click away. */
export function Evidence({ facts }: { readonly facts: readonly Fact[] }) {
  return <Sources sources={sourcesOf(facts)} />;
}
