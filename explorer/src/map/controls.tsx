import { useWords } from '../app/words/words.ts';
import { Choice, YearField } from '../selection/choice.tsx';
import { LAYERS, type LayerName, type LevelName } from './layers.ts';
import { WORDS } from './words.ts';

/** The régions of today begin. */
const REFORM = 2016;

interface Values {
  readonly show: LayerName;
  readonly by: LevelName;
  readonly measure: 'count' | 'density';
  readonly year: number | null;
}

/** What is counted, by which territories, in which measure and year. */
export function MapControls({
  values: { show, by, measure, year },
  set,
}: {
  readonly values: Values;
  set(
    changes: { readonly year: number | null; readonly after: string },
    options?: { readonly replace?: boolean },
  ): void;
}) {
  const words = useWords(WORDS);
  return (
    <>
      <div class="controls">
        <Choice
          label={words.show}
          parameter="show"
          value={show}
          clears={['place', 'after']}
          options={LAYERS.map((name) => [name, words.layers[name]])}
        />
        <Choice
          label={words.by}
          parameter="by"
          clears={['place', 'after']}
          value={by}
          options={(['departement', 'region'] as const).map((name) => [name, words.levels[name]])}
        />
        <Choice
          label={words.measure}
          parameter="measure"
          value={measure}
          options={(['count', 'density'] as const).map((name) => [name, words.measures[name]])}
        />
        <YearField
          label={words.year}
          all={words.allYears}
          year={year}
          onChange={(chosen) => set({ year: chosen, after: '' }, { replace: true })}
        />
      </div>
      {year !== null && (
        <p class="small quiet">
          {words.yearHint[show]} {by === 'region' && year < REFORM && words.regionsThen}
        </p>
      )}
    </>
  );
}
