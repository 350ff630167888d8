import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, type Failure } from '../api/ask.ts';
import { rememberOwn } from '../api/changes.ts';
import { graphql, type ResultOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { mayEdit, viewer } from '../api/viewer.ts';
import { useStore } from '../app/store.ts';
import '../edit/edit.css';
import { NodeLink, typeOf } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { Table } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY, wordIn } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { type Mutation, useMutation } from '../edit/form.tsx';
import { ProblemText } from '../edit/problem-words.tsx';
import { BY_ITSELF, logged, type Undo, undo, undoOf } from '../edit/undo.ts';
import { EDIT } from '../edit/words.ts';
import { HISTORY_WORDS } from './history-words.ts';
import { ENTITY } from './words.ts';

const HISTORY = graphql(`
  query History($id: ID!, $after: String) {
    node(id: $id) {
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

/** Facts that the page of corrections can end. */
const ENDED: readonly string[] = ['membership', 'partnership'];
const isActor = (id: string): boolean => ['pole', 'cluster', 'organisation'].includes(typeOf(id));

/** Fields of one change that are shown. */
const MOST_LINES = 12;

type Entry = NonNullable<ResultOf<typeof HISTORY>['node']>['history']['nodes'][number];

interface UndoButtonProps {
  readonly id: string;
  readonly entry: Entry;
  readonly later: readonly Entry[];
  readonly mutation: Mutation;
}

/** A value of the change log: an identifier of a record as a link to it. */
function Value({ value }: { readonly value: unknown }): ComponentChildren {
  if (Array.isArray(value)) {
    return value.map((item, place) => (
      <span key={String(item)}>
        {place > 0 && ', '}
        <Value value={item} />
      </span>
    ));
  }
  if (value == null) return '∅';
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[a-z]+\/\S+$/.test(value) ? <NodeLink node={{ id: value, name: null }} /> : value;
}

/** What a change has replaced, field by field, as far as the log has it. */
function Changed({ before, after }: { readonly before: string | null; readonly after: string | null }) {
  const { field } = useWords(VOCABULARY);
  const { fields } = useWords(HISTORY_WORDS);
  const [old, now] = [logged(before), logged(after)];
  const lines = [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((id) =>
    [...new Set([...Object.keys(old[id] ?? {}), ...Object.keys(now[id] ?? {})])]
      .filter((name) => !BY_ITSELF.has(name))
      .map((name) => ({ id, name, was: old[id]?.[name], is: now[id]?.[name] })),
  );
  return (
    <ul class="changed small">
      {lines.slice(0, MOST_LINES).map(({ id, name, was, is }) => (
        <li key={`${id} ${name}`}>
          {wordIn({ ...field, ...fields }, name)} :{' '}
          {was != null && (
            <>
              <del>
                <Value value={was} />
              </del>{' '}
              →{' '}
            </>
          )}
          <ins>
            <Value value={is} />
          </ins>
        </li>
      ))}
      {lines.length > MOST_LINES && <li class="quiet">…</li>}
    </ul>
  );
}

/** What was done: the name of a mutation, or the lines of an imported file, in the words of the reader. */
function Action({ action }: { readonly action: string }) {
  const words = useWords(HISTORY_WORDS);
  const [, file, from, to] = /^import ([^\s,]+),? lines? (\d+)(?: to (\d+))?$/.exec(action) ?? [];
  return <>{file ? words.importOf(file, from!, to ?? from!) : wordIn(words.actions, action)}</>;
}

/** Takes a change back, where that can be done and by whom it may. */
function UndoButton({ id, entry, later, mutation }: UndoButtonProps) {
  const words = useWords(EDIT);
  const history = useWords(HISTORY_WORDS);
  const who = useStore(viewer);
  const found = mayEdit(who) ? undoOf(entry, later) : null;
  if (found === null) return null;
  if (found.by === 'DELETE' && who?.role !== 'ADMIN') {
    return (
      <p class="small quiet">
        {history.onlyAdmin}{' '}
        {ENDED.includes(typeOf(found.id)) && isActor(id) && <a href={`/edit?id=${id}#leave`}>{history.recordEnd}</a>}
      </p>
    );
  }
  const takeBack = async (change: Undo): Promise<void> => {
    // Else it would be announced to its own author.
    rememberOwn({ ids: [id, change.id] });
    await undo(change, mutation);
  };
  return (
    <button type="button" disabled={mutation.isBusy} onClick={() => void takeBack(found)}>
      {words.undo}
    </button>
  );
}

/** The changes of a record, latest first; older ones are added at the end. */
export function History({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { moment, number } = useFormat();
  const edit = useWords(EDIT);
  const mutation = useMutation();
  const variables = { id, after: null };
  const { data, failure, isLoading, again } = useAnswer(HISTORY, variables);
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [info, setInfo] = useState<{ hasNextPage: boolean; endCursor: string | null } | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const first = data?.node?.history;
  const entries = [...(first?.nodes ?? []), ...older];
  useEffect(() => {
    setOlder([]);
    setInfo(first?.pageInfo ?? null);
  }, [first]);
  const more = async (): Promise<void> => {
    const answer = await ask(HISTORY, { id, after: info?.endCursor ?? null });
    setProblem(answer.failure ?? null);
    const page = answer.failure ? null : answer.data.node?.history;
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
          rows={entries}
          keyOf={({ sequence }) => String(sequence)}
          columns={[
            { name: words.when, cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
            {
              name: words.what,
              cell: (entry) => (
                <>
                  <Action action={entry.action} />
                  {(entry.before || entry.after) && <Changed before={entry.before} after={entry.after} />}
                  <UndoButton id={id} entry={entry} later={entries} mutation={mutation} />
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
        {mutation.problems.map((problem) => (
          <p key={problem.message} class="problem">
            <ProblemText problem={problem} />
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
