import type { TadaDocumentNode } from 'gql.tada';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { ask, type Failure } from '../api/ask.ts';
import { changes, rememberOwn } from '../api/changes.ts';
import { graphql } from '../api/graphql.ts';
import type { SourceShown } from '../app/parts/sources.tsx';
import { Failed } from '../app/parts/states.tsx';
import { useWords } from '../app/words/words.ts';
import { type Problem, ProblemText } from './problem-words.tsx';
import { EDIT } from './words.ts';

/** The problems of a payload, whichever mutation it answers. */
type Payloads = Readonly<Record<string, { readonly problems: readonly Problem[] }>>;

/** Sends mutations, and remembers what the server said of the last one. */
export function useMutation() {
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isDone, setDone] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const run = async <Data extends Payloads, Variables extends object>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data | null> => {
    setBusy(true);
    setDone(false);
    rememberOwn(variables);
    const answer = await ask(document, variables);
    setBusy(false);
    const found = answer.failure ? [] : Object.values(answer.data).flatMap((payload) => payload?.problems ?? []);
    setFailure(answer.failure ?? null);
    setProblems(found);
    // The record is not what was read: what it is now is shown beside what was typed.
    if (found.some(({ code }) => code === 'CONFLICT')) changes.set(changes.value + 1);
    if (answer.failure || found.length > 0) return null;
    setDone(true);
    // Everything that is shown is asked again.
    changes.set(changes.value + 1);
    return answer.data;
  };
  return { run, problems, failure, isDone, isBusy, report: setProblems };
}
export type Mutation = ReturnType<typeof useMutation>;

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ComponentChildren;
}

const isAbout = (name: string) => (problem: Problem) => problem.path.includes(name);

/** A field with its label, and the server's problems with it below. */
export function Field({ label, name, problems, children }: FieldProps) {
  const id = useId();
  const own = problems.filter(isAbout(name));
  const described = own.length > 0 ? `${id}-problem` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': own.length > 0, 'aria-describedby': described })}
      {own.length > 0 && (
        <p id={described} class="problem">
          {own.map((problem) => (
            <span key={problem.message}>
              <ProblemText problem={problem} />{' '}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** The problems of an input that has a label of its own, such as a record chosen by name. */
export function ProblemsOf({
  names,
  problems,
}: {
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}) {
  return problems
    .filter((problem) => names.some((name) => isAbout(name)(problem)))
    .map((problem) => (
      <p key={problem.message} class="problem" role="alert">
        <ProblemText problem={problem} />
      </p>
    ));
}

interface FormProps {
  /** For a link to it. */
  readonly id: string;
  readonly title: string;
  readonly mutation: Mutation;
  /** The names of the fields, beside which their problems are. */
  readonly fields: readonly string[];
  readonly onSubmit: () => Promise<void>;
  readonly children: ComponentChildren;
  readonly isReady?: boolean;
}

/** A form: problems that belong to no field, and what became of it, are below the fields. */
export function Form({ id, title, mutation, fields, onSubmit, children, isReady = true }: FormProps) {
  const words = useWords(EDIT);
  const { problems, failure, isDone, isBusy } = mutation;
  const others = problems.filter((problem) => !fields.some((name) => isAbout(name)(problem)));
  return (
    <form
      id={id}
      class="edit-form"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <h2>{title}</h2>
      {children}
      <div role="status">
        {isDone && <p class="done">{words.saved}</p>}
        {others.map((problem) => (
          <p key={problem.message} class="problem">
            <ProblemText problem={problem} />
          </p>
        ))}
      </div>
      {failure && <Failed failure={failure} />}
      <p class="buttons">
        <button type="submit" class="main" disabled={isBusy || !isReady}>
          {words.save}
        </button>
      </p>
    </form>
  );
}

/** A source of a form: one of those known, or a new one that is recorded first. */
export interface SourceChoice {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}
export const NO_SOURCE: SourceChoice = { id: '', title: '', url: '' };
const NEW = 'new';

const SOURCE_CREATE = graphql(`
  mutation RecordSource($input: SourceCreateInput!) {
    sourceCreate(input: $input) {
      source {
        id
      }
      problems {
        code
        message
        path
      }
    }
  }
`);

/** The identifier of a chosen source; a new one is recorded. Null where it could not be. */
export async function sourceOf(choice: SourceChoice, mutation: Mutation): Promise<string | null> {
  if (choice.id !== NEW) return choice.id;
  const input = { title: choice.title, url: choice.url === '' ? null : choice.url };
  const data = await mutation.run(SOURCE_CREATE, { input });
  return data?.sourceCreate.source?.id ?? null;
}

interface SourceFieldProps {
  readonly sources: readonly SourceShown[];
  readonly choice: SourceChoice;
  readonly set: (choice: SourceChoice) => void;
  readonly problems: readonly Problem[];
}

/** Where a fact is written: every fact names its source. */
export function SourceField({ sources, choice, set, problems }: SourceFieldProps) {
  const words = useWords(EDIT);
  return (
    <>
      <Field label={words.source} name="sources" problems={problems}>
        {(control) => (
          <select
            {...control}
            required
            value={choice.id}
            onChange={({ currentTarget }) => set({ ...choice, id: currentTarget.value })}
          >
            <option value="">{words.chooseSource}</option>
            <option value={NEW}>{words.newSource}</option>
            {sources.map((source) => (
              <option key={source.id} value={source.id}>
                {source.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {choice.id === NEW && (
        <>
          <Field label={words.sourceTitle} name="title" problems={problems}>
            {(control) => (
              <input
                {...control}
                required
                value={choice.title}
                onInput={({ currentTarget }) => set({ ...choice, title: currentTarget.value })}
              />
            )}
          </Field>
          <Field label={words.sourceUrl} name="url" problems={problems}>
            {(control) => (
              <input
                {...control}
                type="url"
                placeholder="https://"
                value={choice.url}
                onInput={({ currentTarget }) => set({ ...choice, url: currentTarget.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}

/** A date as exact as it is known. */
export const DATE_PATTERN = '\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?';

interface TextFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly problems: readonly Problem[];
  readonly kind?: 'date' | 'url' | 'text' | 'long';
  readonly isRequired?: boolean;
}

/** A text, a date or an address in a form. */
export function TextField({ label, name, value, set, problems, kind = 'text', isRequired = false }: TextFieldProps) {
  const words = useWords(EDIT);
  return (
    <Field label={label} name={name} problems={problems}>
      {(control) =>
        kind === 'long' ? (
          <textarea {...control} rows={4} value={value} onInput={({ currentTarget }) => set(currentTarget.value)} />
        ) : (
          <input
            {...control}
            inputMode={kind === 'url' ? 'url' : 'text'}
            required={isRequired}
            pattern={kind === 'date' ? DATE_PATTERN : undefined}
            title={kind === 'date' ? words.dateHint : undefined}
            placeholder={kind === 'date' ? words.dateHint : undefined}
            value={value}
            onInput={({ currentTarget }) => set(currentTarget.value)}
          />
        )
      }
    </Field>
  );
}
