import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { quietSince } from '../api/ask.ts';
import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Page } from '../app/parts/page.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { PATHS } from '../app/paths.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { SearchBox } from '../find/search-box.tsx';
import { Recent } from './recent.tsx';
import './start.css';
import { START } from './words.ts';

const OVERVIEW = graphql(`
  query Overview {
    poles(first: 1) {
      totalCount
      facets {
        territories(level: REGION, first: 30) {
          value
          label
          count
        }
      }
    }
    clusters(first: 1) {
      totalCount
    }
    organisations(first: 1) {
      totalCount
    }
    projects(first: 1) {
      totalCount
    }
    statistics {
      sources {
        value
        label
        count
      }
    }
  }
`);
const NONE = {};

/** Worked questions, each with the page that answers it. */
const QUESTIONS = [
  ['poles2005', '/search?type=pole&from=2005&to=2005'],
  ['network', '/network?members=pole/axelera'],
  ['path', '/path?a=organisation/airbus&b=organisation/inserm'],
  ['compare', '/compare?ids=pole/aerospace-valley,pole/minalogic'],
  ['labs', '/search?type=organisation&kind=RESEARCH&order=partners'],
  ['measures', '/measures?show=brokers'],
  ['occitanie', '/territory/region-occitanie?kind=POLE#actors'],
  ['concept', '/topic/concept-cluster'],
] as const;

/** Milliseconds without a question before what can wait is loaded. */
const QUIET_MS = 1_000;
/** Sources that the page names. */
const SOURCES_SHOWN = 6;

const hasPage = (address: string): boolean =>
  !['network', 'path', 'compare', 'measures'].some((name) => address.startsWith(`/${name}`) && !(name in PATHS));

/** What can wait: the map of the poles and the latest edits. */
interface Later {
  readonly PolesMap: ComponentType;
  readonly Edits: ComponentType;
}

/** The parts that can wait, once everything else is there; nothing before. */
function useLater(): Partial<Later> {
  const [found, setFound] = useState<Partial<Later>>({});
  useEffect(() => {
    const stop = new AbortController();
    quietSince(QUIET_MS, stop.signal)
      .then(() => Promise.all([import('./poles-map.tsx'), import('./edits.tsx')]))
      .then(
        ([{ PolesMap }, { Edits }]) => setFound({ PolesMap, Edits }),
        () => {},
      );
    return () => stop.abort();
  }, []);
  return found;
}

/** Where to begin: the search, the figures, the poles by région, worked questions, what is new, the sources. */
export function Start() {
  const words = useWords(START);
  const { number, count } = useFormat();
  const { data, failure, isLoading, again } = useAnswer(OVERVIEW, NONE);
  const { PolesMap, Edits } = useLater();
  const figures = [
    ['poles', '/search?type=pole', data?.poles?.totalCount],
    ['clusters', '/search?type=cluster', data?.clusters?.totalCount],
    ['organisations', '/search?type=organisation', data?.organisations?.totalCount],
    ['projects', '/search?type=project', data?.projects?.totalCount],
  ] as const;
  const sources = data?.statistics.sources ?? [];
  return (
    <Page title={words.title}>
      <p class="lead">{words.intro}</p>
      <SearchBox isLarge />
      {failure && <Failed failure={failure} again={again} />}
      <ul class="figures-row">
        {figures.map(([name, to, total]) => (
          <li key={name}>
            <a href={to}>
              <strong>{total == null ? '…' : number(total)}</strong> {words.figures[name][total === 1 ? 0 : 1]}
            </a>
          </li>
        ))}
      </ul>
      <div class="start-columns">
        <Panel title={words.questions}>
          <ul class="questions">
            {QUESTIONS.filter(([, to]) => hasPage(to)).map(([name, to]) => (
              <li key={name}>
                <a href={to}>{words.ask[name][0]}</a>
                <span class="quiet small">{words.ask[name][1]}</span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel
          title={words.poles}
          aside={
            <>
              {'map' in PATHS && <a href="/map">{words.onMap}</a>}
              <a href="/search?type=pole">{words.allPoles}</a>
              <QueryLink document={OVERVIEW} variables={NONE} />
            </>
          }
        >
          {isLoading && !data && <Loading />}
          {PolesMap && <PolesMap />}
          <ul class="regions">
            {data?.poles?.facets.territories.map((region) => (
              <li key={region.value}>
                <a href={`/search?type=pole&in=${region.value}`}>{region.label}</a>
                <span class="count">{number(region.count)}</span>
              </li>
            ))}
          </ul>
          <p class="quiet small">{words.polesNote}</p>
        </Panel>
        <Recent />
        {Edits && <Edits />}
        <Panel title={words.sources}>
          <ul class="start-sources">
            {sources.slice(0, SOURCES_SHOWN).map((source) => (
              <li key={source.value}>
                <a href={`/${source.value}`}>{source.label}</a>{' '}
                <span class="quiet small">{count(source.count, words.facts)}</span>
              </li>
            ))}
          </ul>
          <p class="quiet small">
            {sources.length > SOURCES_SHOWN &&
              `${words.otherSources(count(sources.length - SOURCES_SHOWN, words.source))}. `}
            {words.gaps}
          </p>
        </Panel>
      </div>
    </Page>
  );
}

export { Start as Page };
