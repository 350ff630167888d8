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

/** Corrects fields of a record: only those that were changed are sent, with the version that was read. */
export function CorrectForm({ actor, sources }: CorrectFormProps) {
  const words = useWords(EDIT);
  // As saved last: the record is asked again after every change.
  const before = valuesOf(actor);
  const [values, setValues] = useState(before);
  const [choice, setChoice] = useState(NO_SOURCE);
  const mutation = useMutation();
  const { problems } = mutation;
  const shown = FIELDS.filter(([name]) => name in before);
  const changed = shown.map(([name]) => name).filter((name) => values[name] !== before[name]);
  const submit = async (): Promise<void> => {
    const source = await sourceOf(choice, mutation);
    if (source === null) return;
    const fields = Object.fromEntries(changed.map((name) => [name, values[name] === '' ? null : values[name]]));
    const input = { ...fields, sources: [source], expectedVersion: actor.version };
    if (actor.__typename === 'Organisation') await mutation.run(ORGANISATION_UPDATE, { id: actor.id, input });
    else await mutation.run(NETWORK_UPDATE, { id: actor.id, input });
  };
  return (
    <Form
      title={words.correct}
      mutation={mutation}
      fields={[...shown.map(([name]) => name), 'sources', 'title', 'url']}
      onSubmit={submit}
      isReady={changed.length > 0}
    >
      {shown.map(([name, kind]) => (
        <TextField
          key={name}
          label={words[name]}
          name={name}
          kind={kind}
          value={values[name] ?? ''}
          set={(value) => setValues({ ...values, [name]: value })}
          problems={problems}
        />
      ))}
      <SourceField sources={sources} choice={choice} set={setChoice} problems={problems} />
    </Form>
  );
}
