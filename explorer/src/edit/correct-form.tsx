import { useState } from 'preact/hooks';
import { graphql } from '../api/graphql.ts';
import type { SourceShown } from '../app/parts/sources.tsx';
import { useWords } from '../app/words/words.ts';
import { Form, NO_SOURCE, SourceField, sourceOf, TextField, useMutation } from './form.tsx';
import type { Edited } from './query.ts';
import { EDIT } from './words.ts';

const ORGANISATION_UPDATE = graphql(`
  mutation CorrectOrganisation($id: ID!, $input: OrganisationUpdateInput!) {
    organisationUpdate(id: $id, input: $input) {
      organisation {
        id
        version
      }
      problems {
        code
        message
        path
      }
    }
  }
`);

const NETWORK_UPDATE = graphql(`
  mutation CorrectNetwork($id: ID!, $input: NetworkUpdateInput!) {
    networkUpdate(id: $id, input: $input) {
      network {
        id
        version
      }
      problems {
        code
        message
        path
      }
    }
  }
`);

/** The fields that are corrected here, with how each is written. */
const FIELDS = [
  ['name', 'text'],
  ['acronym', 'text'],
  ['website', 'url'],
  ['city', 'text'],
  ['foundedOn', 'date'],
  ['dissolvedOn', 'date'],
  ['since', 'date'],
  ['until', 'date'],
  ['description', 'long'],
] as const;
type FieldName = (typeof FIELDS)[number][0];

function valuesOf(actor: Edited): Partial<Record<FieldName, string>> {
  const { name, acronym, website, city } = actor;
  const shared = { name, acronym: acronym ?? '', website: website ?? '', city: city ?? '' };
  if (actor.__typename === 'Organisation') return { ...shared, foundedOn: actor.founded ?? '' };
  const { foundedOn, dissolvedOn, since, until, description } = actor;
  return {
    ...shared,
    foundedOn: foundedOn ?? '',
    dissolvedOn: dissolvedOn ?? '',
    since: since ?? '',
    until: until ?? '',
    description: description ?? '',
  };
}

interface CorrectFormProps {
  readonly actor: Edited;
  readonly sources: readonly SourceShown[];
}

/** What was typed into a field, and what the record said there when it was. */
interface Typed {
  readonly text: string;
  readonly was: string;
}

interface OvertakenProps {
  readonly now: string;
  readonly keep: () => void;
  readonly take: () => void;
}

/** Beside a field: somebody else has changed it meanwhile. What is typed stays until one of the two is chosen. */
function Overtaken({ now, keep, take }: OvertakenProps) {
  const words = useWords(EDIT);
  return (
    <div class="overtaken" role="alert">
      <p class="problem">{now === '' ? words.emptiedMeanwhile : words.changedMeanwhile(now)}</p>
      <p class="buttons">
        <button type="button" onClick={keep}>
          {words.keepMine}
        </button>
        <button type="button" onClick={take}>
          {words.takeTheirs}
        </button>
      </p>
    </div>
  );
}

/**
 * Corrects fields of a record: only those that were changed are sent, with the version that was read. The record is asked
 * again when somebody else changes it; fields that one has not typed into show the new values.
 */
export function CorrectForm({ actor, sources }: CorrectFormProps) {
  const words = useWords(EDIT);
  const now = valuesOf(actor);
  const [typed, setTyped] = useState<Readonly<Partial<Record<FieldName, Typed | undefined>>>>({});
  const [choice, setChoice] = useState(NO_SOURCE);
  const mutation = useMutation();
  const { problems } = mutation;
  const shown = FIELDS.filter(([name]) => name in now);
  const changed = shown.map(([name]) => name).filter((name) => typed[name] && typed[name].text !== now[name]);
  const overtaken = changed.filter((name) => typed[name]!.was !== now[name]);
  const type = (name: FieldName, text: string): void =>
    setTyped({ ...typed, [name]: { text, was: typed[name]?.was ?? now[name]! } });
  const forget = (name: FieldName): void => setTyped({ ...typed, [name]: undefined });
  const submit = async (): Promise<void> => {
    const source = await sourceOf(choice, mutation);
    if (source === null) return;
    const fields = Object.fromEntries(changed.map((name) => [name, typed[name]!.text || null]));
    const input = { ...fields, sources: [source], expectedVersion: actor.version };
    const isSaved =
      actor.__typename === 'Organisation'
        ? await mutation.run(ORGANISATION_UPDATE, { id: actor.id, input })
        : await mutation.run(NETWORK_UPDATE, { id: actor.id, input });
    if (isSaved) setTyped({});
  };
  return (
    <Form
      id="correct"
      title={words.correct}
      mutation={mutation}
      fields={[...shown.map(([name]) => name), 'sources', 'title', 'url']}
      onSubmit={submit}
      isReady={changed.length > 0 && overtaken.length === 0}
    >
      {shown.map(([name, kind]) => (
        <div key={name}>
          <TextField
            label={words[name]}
            name={name}
            kind={kind}
            value={typed[name]?.text ?? now[name] ?? ''}
            set={(text) => type(name, text)}
            problems={problems}
          />
          {overtaken.includes(name) && (
            <Overtaken
              now={now[name]!}
              keep={() => setTyped({ ...typed, [name]: { text: typed[name]!.text, was: now[name]! } })}
              take={() => forget(name)}
            />
          )}
        </div>
      ))}
      <SourceField sources={sources} choice={choice} set={setChoice} problems={problems} />
    </Form>
  );
}
