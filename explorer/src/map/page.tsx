import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../api/use-answer.ts';
import { oneOf, text, useAddress } from '../app/address.ts';
import { Page as PageFrame } from '../app/parts/page.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { SELECTION } from '../selection/selection.ts';
import { SelectionPanel } from '../selection/selection-panel.tsx';
import { TakeAway } from '../take-away/take-away.tsx';
import { areasOf } from './areas.ts';
import { classesOf, classOf } from './classes.ts';
import { MapControls } from './controls.tsx';
import { MapCredit } from './credit.tsx';
import { type DrawnArea, MapFigure } from './figure.tsx';
import { loadShapes, MAP_CREDIT, type Shape } from './france.ts';
import { LAYER, LAYERS } from './layers.ts';
import { Legend, rangeOf } from './legend.tsx';
import { EntryList } from './list.tsx';
import './map.css';
import { spotsOf } from './points.ts';
import { DEPARTEMENTS } from './queries.ts';
import { TerritoryTable } from './table.tsx';
import { WORDS } from './words.ts';

/** The state of the map. The selection is that of the network view and the measures. */
const PARAMETERS = {
  ...SELECTION,
  show: oneOf(LAYERS, 'poles'),
  by: oneOf(['departement', 'region'], 'departement'),
  measure: oneOf(['count', 'density'], 'count'),
  /** The territory whose list stands beside the map. */
  place: text(),
  /** The page of that list. */
  after: text(),
  sort: oneOf(['count', 'name', 'density'], 'count'),
} as const;

/** Of which kind the spots of a layer are. */
const DOTS = {
  ...{ poles: 'pole', clusters: 'cluster', projects: 'project' },
  ...{ organisations: 'organisation', selection: 'organisation' },
} as const;
/** Networks that one page of the API holds: all that there are. */
const ALL_NETWORKS = { first: 200, after: null };
/** Entries of a page of the list. */
const LISTED = 50;

function useShapes(): readonly Shape[] | null {
  const [shapes, setShapes] = useState<readonly Shape[] | null>(null);
  useEffect(() => void loadShapes().then(setShapes), []);
  return shapes;
}

/** Counts of an area, in the measure of the map. */
const measured = (count: number, squareKm: number, measure: 'count' | 'density'): number =>
  measure === 'count' ? count : (1_000 * count) / squareKm;

/** The map of France: what has its seat where, by région or département. */
export function Page() {
  const words = useWords(WORDS);
  const format = useFormat();
  const { values, set } = useAddress(PARAMETERS);
  const { show, by, measure, year } = values;
  const shapes = useShapes();
  const figure = useRef<SVGSVGElement>(null);
  const layer = LAYER[show];
  const question = { year, selection: values };
  const asOf = year === null ? null : String(year);
  const departements = useAnswer(DEPARTEMENTS, { asOf });
  const asked = layer.counts(by, question);
  const counts = useAnswer(asked.document, asked.variables);
  const isOfNetworks = show === 'poles' || show === 'clusters';
  const place = values.place === '' ? null : values.place;
  const listQuestion = layer.list(place, question, { first: LISTED, after: values.after || null });
  const list = useAnswer(listQuestion.document, listQuestion.variables);
  const allQuestion = layer.list(null, question, ALL_NETWORKS);
  const all = useAnswer(allQuestion.document, isOfNetworks ? allQuestion.variables : null);

  const nodes = departements.data?.territories?.nodes;
  const areas = useMemo(
    () => (shapes && nodes ? areasOf(by, nodes, shapes, year !== null) : []),
    [by, nodes, shapes, year !== null],
  );
  // Answers of the layer before stay until the next one is there: they have another form.
  const isCounted = counts.data !== null && !counts.isLoading;
  const [shownCounts, setShownCounts] = useState<ReturnType<typeof asked.read> | null>(null);
  useEffect(() => {
    if (isCounted) setShownCounts(asked.read(counts.data));
  }, [counts.data, isCounted]);
  const byTerritory = shownCounts?.byTerritory ?? new Map<string, number>();
  const rows = areas.map((area) => {
    const count = byTerritory.get(area.id) ?? 0;
    return { ...area, count, density: measured(count, area.squareKm, 'density') };
  });
  const classes = classesOf(rows.map((row) => row[measure]));
  const written = (value: number): string =>
    format.number(value, measure === 'count' ? {} : { maximumSignificantDigits: 2 });
  const drawn = rows.map(
    (row): DrawnArea => ({
      ...row,
      valueClass: classOf(classes, row[measure]),
      label: words.labelled(
        row.name,
        [
          format.count(row.count, words.forms[show]),
          ...(measure === 'density' ? [words.perKm(written(row.density))] : []),
        ].join(', '),
      ),
    }),
  );
  const readList = list.data && !list.isLoading ? listQuestion.read(list.data) : null;
  // Of networks all; of what are thousands, those of the list beside the map, once a territory is chosen.
  const listed = place === null ? [] : (readList?.entries ?? []);
  const everywhere = isOfNetworks && all.data && !all.isLoading ? allQuestion.read(all.data).entries : [];
  const located = isOfNetworks ? everywhere : listed;
  const spots = spotsOf(located);
  const chosen = drawn.find(({ id }) => id === place);
  const commune = located.find(({ territory }) => territory?.id === place)?.territory;
  const placeName = chosen?.name ?? commune?.name ?? place;
  const title = year === null ? words.of[show] : `${words.of[show]}, ${year}`;
  const failure = counts.failure ?? departements.failure;
  const choose = (id: string | null): void => set({ place: id ?? '', after: '' });

  return (
    <PageFrame
      width="wide"
      title={title}
      actions={
        <TakeAway
          title={title}
          figure={figure}
          legend={[
            ...classes.map((one, at) => ({ swatch: `class-${at + 1}`, text: rangeOf(one, written, words.range) })),
            { swatch: 'class-0', text: words.none },
          ]}
          credit={`${words.credit} ${MAP_CREDIT.title}, ${MAP_CREDIT.author}, ${MAP_CREDIT.licence}`}
          table={() => ({
            columns: [words.territory, words.count, words.density, words.area],
            rows: rows
              .toSorted((a, b) => b.count - a.count)
              .map((row) => [row.name, row.count, Number(row.density.toFixed(3)), Math.round(row.squareKm)]),
          })}
          selection={show === 'selection' ? values : null}
        />
      }
    >
      <MapControls values={values} set={set} />
      {show === 'selection' && <SelectionPanel values={values} set={set} hasYear={false} />}
      {failure && <Failed failure={failure} again={counts.again} />}
      <div class="map-layout">
        <div class={`of-${DOTS[show]}`}>
          {areas.length === 0 || shownCounts === null ? (
            !failure && <Loading />
          ) : (
            <>
              <MapFigure
                label={words.picture(title)}
                insetLabel={words.aroundParis}
                areas={drawn}
                spots={spots}
                spotLabel={(spot) =>
                  [spot.territory?.name, ...spot.entries.slice(0, 12).map(({ name }) => name)].join('\n')
                }
                selected={place}
                figure={figure}
                onSelect={choose}
              />
              <Legend classes={classes} empty={rows.filter(({ count }) => count === 0).length} format={written} />
              <p class="credit">
                {spots.length > 0 && `${isOfNetworks ? words.placed : words.placedOfList} `}
                {words.seats} {measure === 'density' && words.areas} {words.credit} <MapCredit />.
              </p>
            </>
          )}
        </div>
        <EntryList
          title={words.inTerritory(words.layers[show], placeName ?? words.everywhere)}
          show={show}
          place={place}
          values={values}
          page={readList}
          failure={list.failure}
          hasPrevious={values.after !== ''}
          onPage={(after) => set({ after })}
          onClose={() => choose(null)}
        />
      </div>
      {shownCounts !== null && (
        <TerritoryTable
          rows={rows}
          total={shownCounts.total}
          sort={values.sort}
          selected={place}
          onSort={(sort) => set({ sort }, { replace: true })}
          onSelect={choose}
        />
      )}
      <QueryLink document={asked.document} variables={asked.variables} />
    </PageFrame>
  );
}
