import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/use-answer.ts';
import { integer, list, text, useAddress } from '../app/address.ts';
import { NodeKind, NodeLink } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty, Failed } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { MOST_IDS } from '../network/address.ts';
import { FactShown } from '../network/view/fact.tsx';
import { NetworkView } from '../network/view/network-view.tsx';
import { WORDS as NETWORK } from '../network/words.ts';
import '../selection/choice.css';
import { Examples } from '../selection/examples.tsx';
import { NodePicker } from '../selection/node-picker.tsx';
import { linkTo, NOTHING_SELECTED } from '../selection/selection.ts';
import { TakeAway } from '../take-away/take-away.tsx';
import { ByYear } from './by-year.tsx';
import './path.css';
import { sourcesOfPaths, tableOfPaths } from './path-table.ts';
import { type FoundPath, MOST_STEPS, networkOfPaths, PATH_TYPES, PATHS, USUAL_TYPES, viaOf } from './paths.ts';
import { WORDS } from './words.ts';

const ADDRESS = { a: text(), b: text(), types: list, hubs: integer, year: integer, count: integer };
/** Paths when nobody says how many, and steps of that number. */
const [USUAL_COUNT, COUNT_STEP, MOST_PATHS] = [5, 5, 50];
/** Hubs that may be avoided, by their number of relationships. */
const HUBS = [1_000, 300, 100, 30];
const FIRST_YEAR = 1998;
/** Nodes of paths that a file has: as many as the API takes. */
const MOST_NODES = 100;
/** Ends for a start: a company and a research organisation, an institute and a pole. */
const EXAMPLES = [
  ['organisation/airbus', 'organisation/inserm'],
  ['organisation/inria', 'pole/aerospace-valley'],
].map((ids) => ({ ids, to: `/path?a=${ids[0]}&b=${ids[1]}` }));
const NODES = ['ORGANISATION', 'POLE', 'CLUSTER', 'PROJECT'] as const;

/** One path: its nodes, and between them what joins them. */
function PathShown({ path, number }: { readonly path: FoundPath; readonly number: number }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <section class="path">
      <h2>{words.path(format.number(number), format.count(path.length, words.steps))}</h2>
      <ol>
        {path.nodes.map((node, step) => {
          const fact = path.relationships[step];
          return (
            <li key={node.id}>
              <p class="path-node">
                <NodeLink node={node} /> <NodeKind id={node.id} />
              </p>
              {fact && <FactShown fact={fact} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** How two nodes are linked: through whom, when, and by which documents. */
export function PathPage() {
  const words = useWords(WORDS);
  const network = useWords(NETWORK);
  const { number, count } = useFormat();
  const { values, set, with: to } = useAddress(ADDRESS);
  const { a, b, types, hubs, year } = values;
  const asked = Math.min(MOST_PATHS, Math.max(1, values.count ?? USUAL_COUNT));
  const variables = { a, b, count: asked, via: viaOf({ types, hubs }, year) };
  const isAsked = a !== '' && b !== '' && a !== b;
  const { data, failure, isLoading, again } = useAnswer(PATHS, isAsked ? variables : null);
  const paths = data?.paths ?? [];
  const drawn = useMemo(() => (paths.length > 0 ? networkOfPaths(paths) : null), [data]);
  const followed = new Set<string>(types.length > 0 ? types : USUAL_TYPES);
  const ends = paths[0] ? [paths[0].nodes[0]!.name ?? a, paths[0].nodes.at(-1)!.name ?? b] : null;
  const title = ends ? words.between(ends[0]!, ends[1]!) : words.title;
  const joined = [...new Set(paths.flatMap(({ nodes }) => nodes.map(({ id }) => id)))].slice(0, MOST_NODES);
  const follow = (type: string, isChosen: boolean): void => {
    const next = PATH_TYPES.filter((one) => (one === type ? isChosen : followed.has(one)));
    if (next.length > 0) set({ types: next });
  };
  return (
    <Page
      title={title}
      kind={words.title}
      width="wide"
      actions={
        isAsked &&
        paths.length > 0 && (
          <TakeAway
            title={title}
            table={() => tableOfPaths(paths, words, network)}
            selection={{ ...NOTHING_SELECTED, nodes: joined, types: [...followed], year }}
            sources={sourcesOfPaths(paths)}
          />
        )
      }
    >
      <form class="path-form" onSubmit={(event) => event.preventDefault()} aria-label={words.options}>
        <div class="path-ends">
          <NodePicker
            label={words.from}
            types={[...NODES]}
            ids={a ? [a] : []}
            most={1}
            onChange={([id = '']) => set({ a: id })}
          />
          <NodePicker
            label={words.to}
            types={[...NODES]}
            ids={b ? [b] : []}
            most={1}
            onChange={([id = '']) => set({ b: id })}
          />
          {isAsked && (
            <button type="button" onClick={() => set({ a: b, b: a })}>
              {words.swap}
            </button>
          )}
        </div>
        <div class="path-options">
          <fieldset>
            <legend>{words.types}</legend>
            {PATH_TYPES.map((type) => (
              <label key={type}>
                <input
                  type="checkbox"
                  checked={followed.has(type)}
                  onChange={({ currentTarget }) => follow(type, currentTarget.checked)}
                />
                {network.types[type as keyof typeof network.types]}
              </label>
            ))}
          </fieldset>
          <label>
            {words.hubs}
            <select
              value={hubs === null ? '' : String(hubs)}
              onChange={({ currentTarget }) =>
                set({ hubs: currentTarget.value === '' ? null : Number(currentTarget.value) })
              }
            >
              <option value="">{words.hubsAny}</option>
              {HUBS.map((most) => (
                <option key={most} value={String(most)}>
                  {words.hubsOver(number(most))}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.year}
            <select
              value={year === null ? '' : String(year)}
              onChange={({ currentTarget }) =>
                set({ year: currentTarget.value === '' ? null : Number(currentTarget.value) })
              }
            >
              <option value="">{words.anyYear}</option>
              {Array.from({ length: new Date().getFullYear() - FIRST_YEAR + 1 }, (_, place) => (
                <option key={place} value={String(new Date().getFullYear() - place)}>
                  {new Date().getFullYear() - place}
                </option>
              ))}
            </select>
          </label>
        </div>
      </form>
      {!isAsked && (
        <>
          <Empty>{a !== '' && a === b ? words.same : words.hint}</Empty>
          {a === '' && b === '' && <Examples examples={EXAMPLES} />}
        </>
      )}
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && (
        <p class="state loading" role="status">
          {words.searching}
        </p>
      )}
      {isAsked && data && !isLoading && paths.length === 0 && (
        <Empty>
          {words.none(count(MOST_STEPS, words.steps))} {words.noneHint}
        </Empty>
      )}
      {isAsked && paths.length > 0 && (
        <div class="path-list">
          {paths.map((path, place) => (
            <PathShown key={path.nodes.map(({ id }) => id).join(' ')} path={path} number={place + 1} />
          ))}
        </div>
      )}
      {isAsked && paths.length === asked && asked < MOST_PATHS && (
        <p>
          <a class="button" href={to({ count: asked + COUNT_STEP })}>
            {words.more}
          </a>
        </p>
      )}
      {isAsked && data && (
        <Panel title={words.shortest}>
          <ByYear a={a} b={b} types={types} hubs={hubs} at={(of) => to({ year: of })} />
        </Panel>
      )}
      {isAsked && drawn && (
        <Panel
          title={words.picture}
          aside={
            <a href={linkTo('/network', { nodes: drawn.nodes.map(({ id }) => id).slice(0, MOST_IDS) })}>
              {words.asNetwork}
            </a>
          }
        >
          <NetworkView network={drawn} />
          <p class="small quiet">{words.parallel}</p>
        </Panel>
      )}
      {isAsked && <QueryLink document={PATHS} variables={variables} />}
    </Page>
  );
}

export { PathPage as Page };
