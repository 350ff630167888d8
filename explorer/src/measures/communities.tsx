import { NodeLink } from '../app/parts/node-link.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { type GraphSelection, linkTo, type SelectionValues } from '../selection/selection.ts';
import { SELECTION_WORDS } from '../selection/words.ts';
import { Awaited, useMeasured } from './measured.tsx';
import { Definition } from './parts.tsx';
import { COMMUNITIES } from './queries.ts';
import { WORDS } from './words.ts';

interface TellingValue {
  readonly value: string;
  readonly label: string;
  readonly lift: number;
}

/** What members have more often than others: × how many times. */
function Telling({
  title,
  values,
  label,
}: {
  readonly title: string;
  readonly values: readonly TellingValue[];
  label?(value: TellingValue): string;
}) {
  const { number } = useFormat();
  if (values.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul class="telling">
          {values.map((value) => (
            <li key={value.value}>
              {value.value.includes('/') ? (
                <NodeLink node={{ id: value.value, name: value.label }} />
              ) : (
                (label?.(value) ?? value.label)
              )}{' '}
              <span class="quiet small">× {number(value.lift, { maximumSignificantDigits: 2 })}</span>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

interface CommunitiesProps {
  readonly values: SelectionValues;
  readonly select: GraphSelection;
  readonly resolution: number;
  readonly seed: number;
  readonly shown: number;
  onMore(): void;
}

/** The communities of a selection, the largest first. */
export function Communities({ values, select, resolution, seed, shown, onMore }: CommunitiesProps) {
  const words = useWords(WORDS);
  const kinds = useWords(SELECTION_WORDS).kinds;
  const { number, count } = useFormat();
  const variables = { select, resolution, seed, first: shown };
  const measured = useMeasured(COMMUNITIES, variables);
  const found = measured.data?.subgraph?.communities;
  const network = (others: Readonly<Record<string, string>>): string =>
    linkTo('/network', values, { ...(resolution === 1 ? {} : { resolution: String(resolution) }), ...others });
  return (
    <>
      <Definition>{`${words.definitions.communities} ${words.definitions.telling}`}</Definition>
      <Awaited measured={measured} />
      {found && found.count === 0 && <Empty>{words.empty}</Empty>}
      {found && found.count > 0 && (
        <>
          <p>
            <strong>
              {number(found.count)} {words.views.communities.toLowerCase()}
            </strong>
            , {words.modularity.toLowerCase()} {number(found.modularity, { maximumFractionDigits: 3 })} ·{' '}
            <a href={network({ colour: 'community' })}>{words.colouredByCommunity}</a>
          </p>
          <ol class="communities">
            {found.communities.nodes.map((community) => (
              <li key={community.number}>
                <h2>
                  {number(community.number + 1)}. {community.name}
                </h2>
                <p class="small quiet">
                  {count(community.size, words.nodes)} ·{' '}
                  <a href={network({ community: String(community.number) })}>{words.openCommunity}</a>
                </p>
                <dl>
                  <Telling title={words.topics} values={community.topics} />
                  <Telling title={words.territories} values={community.territories} />
                  <Telling
                    title={words.kinds}
                    values={community.kinds}
                    label={({ value, label }) => kinds[value as keyof typeof kinds] ?? label}
                  />
                  <div>
                    <dt>{words.central}</dt>
                    <dd>
                      <ul class="telling">
                        {community.members.nodes.map((member) => (
                          <li key={member.id}>
                            <NodeLink node={member} />
                          </li>
                        ))}
                      </ul>
                    </dd>
                  </div>
                </dl>
              </li>
            ))}
          </ol>
          {found.count > shown && (
            <p>
              <button type="button" onClick={onMore}>
                {words.more}
              </button>
            </p>
          )}
        </>
      )}
      <QueryLink document={COMMUNITIES} variables={variables} />
    </>
  );
}
