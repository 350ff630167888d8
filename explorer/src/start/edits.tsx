import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeLinks, typeOf } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { NODE_TYPES } from '../app/paths.ts';
import { useFormat } from '../app/words/format.ts';
import { wordIn } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { HISTORY_WORDS } from '../entity/history-words.ts';
import { START } from './words.ts';

const LAST = graphql(`
  query LastChange {
    statistics {
      lastSequence
    }
  }
`);

const EDITS = graphql(`
  query LatestEdits($sequence: Int!, $first: Int!) {
    changesSince(sequence: $sequence, first: $first) {
      sequence
      action
      at
      by
      touched(first: 5)
    }
  }
`);

const NAMES = graphql(`
  query NamesOfEdits($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      name
    }
  }
`);

/** Changes that are looked through, and edits that are shown of them. */
const LOOKED_AT = 50;
const SHOWN = 8;
/** Records that an edit names. */
const NAMED = 2;

const hasPage = (id: string): boolean => (NODE_TYPES as readonly string[]).includes(typeOf(id));
/** What a person did: imports and what is derived from them are left out. */
const isEdit = ({ action }: { readonly action: string }): boolean => !/^(?:import|derive) /.test(action);

/** What was edited last, the latest first; nothing where nobody edited anything of late. */
export function Edits() {
  const words = useWords(START);
  const { actions } = useWords(HISTORY_WORDS);
  const { moment } = useFormat();
  const last = useAnswer(LAST, {}).data?.statistics.lastSequence;
  const variables = last == null ? null : { sequence: Math.max(0, last - LOOKED_AT), first: LOOKED_AT };
  const found = useAnswer(EDITS, variables).data?.changesSince ?? [];
  const edits = found
    .filter(isEdit)
    .map((edit) => ({ ...edit, ids: edit.touched.filter(hasPage).slice(0, NAMED) }))
    .toReversed()
    .slice(0, SHOWN);
  const ids = [...new Set(edits.flatMap((edit) => edit.ids))];
  const named = useAnswer(NAMES, ids.length === 0 ? null : { ids }).data?.nodes ?? [];
  if (variables === null || edits.length === 0) return null;
  return (
    <Panel title={words.edits} aside={<QueryLink document={EDITS} variables={variables} />}>
      <ul class="recent">
        {edits.map((edit) => (
          <li key={edit.sequence}>
            <time class="quiet" dateTime={edit.at}>
              {moment(edit.at)}
            </time>
            <span>
              {wordIn(actions, edit.action)}{' '}
              <NodeLinks
                nodes={edit.ids.map((id) => ({ id, name: named.find((node) => node?.id === id)?.name ?? id }))}
              />{' '}
              {edit.by !== null && <span class="quiet small">{edit.by}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
