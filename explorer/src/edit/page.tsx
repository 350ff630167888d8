import { useAnswer } from '../api/use-answer.ts';
import { mayEdit, viewer } from '../api/viewer.ts';
import { text, useAddress } from '../app/address.ts';
import { NodeKind } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useStore } from '../app/store.ts';
import { useWords } from '../app/words/words.ts';
import { CorrectForm } from './correct-form.tsx';
import './edit.css';
import { JoinForm, LeaveForm, PartnerForm } from './fact-forms.tsx';
import { EDITED } from './query.ts';
import { EDIT } from './words.ts';

const PARAMETERS = { id: text() };

/** Records who joined and who left, who partners with whom, and corrects fields of a pole, a cluster or an organisation. */
export function Edit() {
  const words = useWords(EDIT);
  const { id } = useAddress(PARAMETERS).values;
  const who = useStore(viewer);
  const { data, failure, again } = useAnswer(EDITED, id === '' ? null : { id });
  const actor = data?.actor;
  if (!actor) {
    return (
      <Page title={words.edit}>
        {failure && <Failed failure={failure} again={again} />}
        {!failure && (data || id === '' ? <Empty>{words.chooseRecord}</Empty> : <Loading />)}
      </Page>
    );
  }
  // Those of the record first, then those that the graph uses most.
  const own = new Set(actor.sources.map((source) => source.id));
  const others = (data?.statistics.sources ?? []).filter(({ value }) => !own.has(value));
  const sources = [
    ...actor.sources,
    ...others.map(({ value, label }) => ({ id: value, title: label, publisher: null, publishedOn: null, url: null })),
  ];
  return (
    <Page
      title={words.editing(actor.name)}
      kind={<NodeKind id={id} />}
      actions={
        <a class="button" href={`/${actor.id}`}>
          {words.back}
        </a>
      }
    >
      {failure && <Failed failure={failure} again={again} />}
      {mayEdit(who) ? (
        <div class="edit-forms">
          <CorrectForm actor={actor} sources={sources} />
          <JoinForm actor={actor} sources={sources} />
          <LeaveForm actor={actor} sources={sources} />
          <PartnerForm actor={actor} sources={sources} />
        </div>
      ) : (
        <p>
          {words.mayNot} <a href="/account">{words.signIn}</a>
        </p>
      )}
    </Page>
  );
}

export { Edit as Page };
