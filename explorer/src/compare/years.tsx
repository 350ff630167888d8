import { useEffect, useState } from 'preact/hooks';
import { ask } from '../api/ask.ts';
import { Panel } from '../app/parts/panel.tsx';
import { Scrolls } from '../app/parts/scrolls.tsx';
import { Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { LineChart, LineLegend } from '../measures/line-chart.tsx';
import { COMPARISON_AT } from './queries.ts';
import { WORDS } from './words.ts';

/** The years that are asked about: every other one since poles exist. */
const YEARS = Array.from({ length: Math.floor((new Date().getFullYear() - 2004) / 2) + 1 }, (_, at) => 2004 + 2 * at);

interface AtYear {
  readonly networks: readonly { readonly memberCount: number }[];
  readonly pairs: readonly { readonly commonCount: number }[];
}

/** How networks and what they share grew: one short question a year, one after the other. */
function useYears(ids: readonly string[]): readonly AtYear[] {
  const key = ids.join(',');
  const [found, setFound] = useState<readonly AtYear[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const load = async (): Promise<void> => {
      const years: AtYear[] = [];
      for (const year of YEARS) {
        const answer = await ask(COMPARISON_AT, { ids: key.split(','), asOf: String(year) }, { signal: stop.signal });
        const comparison = answer.failure ? null : answer.data.compareNetworks;
        if (!comparison) return;
        years.push(comparison);
      }
      setFound(years);
    };
    setFound([]);
    load().catch(() => {});
    return () => stop.abort();
  }, [key]);
  return found;
}

/** Members of each network through the years, and of each pair of them where there are few. */
export function Years({ ids, names }: { readonly ids: readonly string[]; readonly names: readonly string[] }) {
  const words = useWords(WORDS);
  const { list, number } = useFormat();
  const years = useYears(ids);
  const ofNetworks = names.map((name, at) => ({
    name,
    values: years.map(({ networks }) => networks[at]!.memberCount),
  }));
  const pairNames = names.flatMap((name, at) =>
    names.slice(at + 1).map((other) => words.commonOf(list([name, other]))),
  );
  const ofPairs = pairNames.map((name, at) => ({ name, values: years.map(({ pairs }) => pairs[at]!.commonCount) }));
  const lines = names.length <= 3 ? [...ofNetworks, ...ofPairs] : ofNetworks;
  return (
    <Panel title={words.years}>
      <p class="small quiet">{words.yearsHint}</p>
      {years.length === 0 ? (
        <Loading />
      ) : (
        <>
          <LineChart label={`${words.years} : ${list(names)}`} years={YEARS} lines={lines} />
          <LineLegend lines={lines} />
          <details>
            <summary>{words.count}</summary>
            <Scrolls label={words.years}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{words.network}</th>
                    {YEARS.map((year) => (
                      <th key={year} scope="col" class="number">
                        {year}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {[...ofNetworks, ...ofPairs].map(({ name, values }) => (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      {values.map((value, at) => (
                        <td key={YEARS[at]} class="number">
                          {number(value)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolls>
          </details>
        </>
      )}
    </Panel>
  );
}
