import { useEffect, useState } from 'preact/hooks';
import { ask, type Failure } from '../api/ask.ts';
import { graphql, type ResultOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { mayEdit, viewer } from '../api/viewer.ts';
import { useStore } from '../app/store.ts';
import '../edit/edit.css';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { Table } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { useMutation } from '../edit/form.tsx';
import { canUndo, logged, undo } from '../edit/undo.ts';
import { EDIT } from '../edit/words.ts';
import { ENTITY } from './words.ts';

const HISTORY = graphql(`
  query History($id: ID!, $after: String) {
    actor(id: $id) {
      history(first: 10, after: $after) {
        totalCount
        completeSince
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          sequence
          action
          at
          by
          before
          after
          touchedCount
        }
      }
    }
  }
`);

/** Fields of one change that are shown. */
const MOST_LINES = 12;

type Entry = NonNullable<ResultOf<typeof HISTORY>['actor']>['history']['nodes'][number];

/** What a change has replaced, field by field, as far as the log has it. */
function Changed({ before, after }: { readonly before: string | null; readonly after: string | null }) {
  const [old, now] = [logged(before), logged(after)];
  const shown = (value: unknown): string =>
    value == null ? '∅' : typeof value === 'string' ? value : JSON.stringify(value);
  const lines = [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((id) =>
    [...new Set([...Object.keys(old[id] ?? {}), ...Object.keys(now[id] ?? {})])]
      .filter((name) => name !== 'version' && name !== 'updatedAt')
      .map((name) => ({ id, name, was: old[id]?.[name], is: now[id]?.[name] })),
  );
  return (
    <ul class="changed small">
      {lines.slice(0, MOST_LINES).map(({ id, name, was, is }) => (
        <li key={`${id} ${name}`}>
          {name} : <del>{shown(was)}</del> → <ins>{shown(is)}</ins>
        </li>
      ))}
    </ul>
  );
}

/** The changes of a record, latest first; older ones are added at the end. */
export function History({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { moment, number } = useFormat();
  const edit = useWords(EDIT);
  const who = useStore(viewer);
  const mutation = useMutation();
  const variables = { id, after: null };
  const { data, failure, isLoading, again } = useAnswer(HISTORY, variables);
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [info, setInfo] = useState<{ hasNextPage: boolean; endCursor: string | null } | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const first = data?.actor?.history;
  useEffect(() => {
    setOlder([]);
    setInfo(first?.pageInfo ?? null);
  }, [first]);
  const more = async (): Promise<void> => {
    const answer = await ask(HISTORY, { id, after: info?.endCursor ?? null });
    setProblem(answer.failure ?? null);
    const page = answer.failure ? null : answer.data.actor?.history;
    if (!page) return;
    setOlder((before) => [...before, ...page.nodes]);
    setInfo(page.pageInfo);
  };
  return (
    <Panel
      id="history"
      title={words.history}
      count={first ? number(first.totalCount) : undefined}
      aside={<QueryLink document={HISTORY} variables={variables} />}
    >
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && !first && <Loading />}
      {first?.completeSince && <p class="quiet">{words.completeSince(moment(first.completeSince))}</p>}
      {first && (
        <Table
          caption={words.history}
          rows={[...first.nodes, ...older]}
          keyOf={({ sequence }) => String(sequence)}
          columns={[
            { name: words.when, cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
            {
              name: words.what,
              cell: ({ action, before, after }) => (
                <>
                  {action}
                  {(before || after) && <Changed before={before} after={after} />}
                  {before !== null && mayEdit(who) && canUndo(action, before) && (
                    <button type="button" disabled={mutation.isBusy} onClick={() => void undo(before, mutation)}>
                      {edit.undo}
                    </button>
                  )}
                </>
              ),
            },
            { name: words.who, cell: ({ by }) => by ?? '—' },
            { name: words.touched, isNumber: true, isExtra: true, cell: ({ touchedCount }) => number(touchedCount) },
          ]}
        />
      )}
      <div role="status">
        {mutation.isDone && <p class="done">{edit.undone}</p>}
        {mutation.problems.map(({ message }) => (
          <p key={message} class="problem">
            {message}
          </p>
        ))}
      </div>
      {mutation.failure && <Failed failure={mutation.failure} />}
      {problem && <Failed failure={problem} again={() => void more()} />}
      {info?.hasNextPage && (
        <p>
          <button type="button" onClick={() => void more()}>
            {words.older}
          </button>
        </p>
      )}
    </Panel>
  );
}
