import { useState } from 'preact/hooks';
import { graphql, type VariablesOf } from '../api/graphql.ts';
import type { SourceShown } from '../app/parts/sources.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { NodePicker } from '../selection/node-picker.tsx';
import { Field, Form, NO_SOURCE, ProblemsOf, SourceField, sourceOf, TextField, useMutation } from './form.tsx';
import type { Edited } from './query.ts';
import { EDIT } from './words.ts';

const START = graphql(`
  mutation RecordMembership($input: MembershipStartInput!) {
    membershipStart(input: $input) {
      membership {
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

const END = graphql(`
  mutation RecordEnd($id: ID!, $on: PartialDate!, $sources: [ID!]!) {
    membershipEnd(id: $id, on: $on, sources: $sources) {
      membership {
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

const PARTNER = graphql(`
  mutation RecordPartnership($input: PartnershipStartInput!) {
    partnershipStart(input: $input) {
      partnership {
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

type Role = NonNullable<VariablesOf<typeof START>['input']['role']>;
type Kind = VariablesOf<typeof PARTNER>['input']['kind'];

const ROLES: readonly Role[] = ['MEMBER', 'ASSOCIATE', 'BOARD', 'FOUNDER', 'FUNDER', 'PRESIDENCY'];
/** Partnerships by projects follow from projects, and are not written. */
const KINDS: readonly Kind[] = [
  ...(['ALLIANCE', 'CHARTER', 'CONVENTION', 'DISTRIBUTION', 'LOGISTICS', 'SUPPLY', 'TRAINING', 'OTHER'] as const),
];

interface FormProps {
  readonly actor: Edited;
  readonly sources: readonly SourceShown[];
}

/** Who joined: a member of this network, or a network that this organisation joined. */
export function JoinForm({ actor, sources }: FormProps) {
  const words = useWords(EDIT);
  const { membershipRole } = useWords(VOCABULARY);
  const mutation = useMutation();
  const [other, setOther] = useState<readonly string[]>([]);
  const [role, setRole] = useState<Role>('MEMBER');
  const [since, setSince] = useState('');
  const [choice, setChoice] = useState(NO_SOURCE);
  const isNetwork = actor.__typename !== 'Organisation';
  const { problems } = mutation;
  const submit = async (): Promise<void> => {
    const source = await sourceOf(choice, mutation);
    const [id] = other;
    if (source === null || id === undefined) return;
    const ends = isNetwork ? { member: id, network: actor.id } : { member: actor.id, network: id };
    const input = { ...ends, role, since: since === '' ? null : since, sources: [source] };
    if (await mutation.run(START, { input })) setOther([]);
  };
  return (
    <Form
      id="join"
      title={words.joins}
      mutation={mutation}
      fields={['member', 'network', 'role', 'since', 'sources', 'title', 'url']}
      onSubmit={submit}
      isReady={other.length === 1}
    >
      <NodePicker
        label={isNetwork ? words.newMember : words.network}
        types={isNetwork ? ['ORGANISATION', 'POLE', 'CLUSTER'] : ['POLE', 'CLUSTER']}
        ids={other}
        most={1}
        onChange={setOther}
      />
      <ProblemsOf names={['member', 'network']} problems={problems} />
      <Field label={words.role} name="role" problems={problems}>
        {(control) => (
          <select {...control} value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}>
            {ROLES.map((name) => (
              <option key={name} value={name}>
                {membershipRole[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField label={words.since} name="since" kind="date" value={since} set={setSince} problems={problems} />
      <SourceField sources={sources} choice={choice} set={setChoice} problems={problems} />
    </Form>
  );
}

/** Who left: one of the memberships without an end. */
export function LeaveForm({ actor, sources }: FormProps) {
  const words = useWords(EDIT);
  const { membershipRole } = useWords(VOCABULARY);
  const { date } = useFormat();
  const mutation = useMutation();
  const [id, setId] = useState('');
  const [on, setOn] = useState('');
  const [choice, setChoice] = useState(NO_SOURCE);
  const edges = 'members' in actor ? actor.members.edges : actor.memberships.edges;
  const open = edges.flatMap(({ node, memberships }) =>
    memberships.filter(({ until }) => until === null).map((membership) => ({ ...membership, name: node.name })),
  );
  const { problems } = mutation;
  const submit = async (): Promise<void> => {
    const source = await sourceOf(choice, mutation);
    if (source !== null && (await mutation.run(END, { id, on, sources: [source] }))) setId('');
  };
  return (
    <Form
      id="leave"
      title={words.leaves}
      mutation={mutation}
      fields={['id', 'on', 'sources', 'title', 'url']}
      onSubmit={submit}
      isReady={open.some((membership) => membership.id === id)}
    >
      {open.length === 0 && <p class="quiet">{words.none}</p>}
      <Field label={words.whichMembership} name="id" problems={problems}>
        {(control) => (
          <select {...control} required value={id} onChange={({ currentTarget }) => setId(currentTarget.value)}>
            <option value="" />
            {open.map((membership) => (
              <option key={membership.id} value={membership.id}>
                {`${membership.name} (${membershipRole[membership.role]}${membership.since ? `, ${date(membership.since)}` : ''})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField label={words.endsOn} name="on" kind="date" value={on} set={setOn} problems={problems} isRequired />
      <SourceField sources={sources} choice={choice} set={setChoice} problems={problems} />
    </Form>
  );
}

/** Who partners with whom, beside common projects. */
export function PartnerForm({ actor, sources }: FormProps) {
  const words = useWords(EDIT);
  const { partnershipKind } = useWords(VOCABULARY);
  const mutation = useMutation();
  const [other, setOther] = useState<readonly string[]>([]);
  const [kind, setKind] = useState<Kind>('ALLIANCE');
  const [label, setLabel] = useState('');
  const [since, setSince] = useState('');
  const [choice, setChoice] = useState(NO_SOURCE);
  const { problems } = mutation;
  const submit = async (): Promise<void> => {
    const source = await sourceOf(choice, mutation);
    const [to] = other;
    if (source === null || to === undefined) return;
    const orNull = (given: string): string | null => (given === '' ? null : given);
    const input = { from: actor.id, to, kind, label: orNull(label), since: orNull(since), sources: [source] };
    if (await mutation.run(PARTNER, { input })) setOther([]);
  };
  return (
    <Form
      id="partner"
      title={words.partners}
      mutation={mutation}
      fields={['from', 'to', 'kind', 'label', 'since', 'sources', 'title', 'url']}
      onSubmit={submit}
      isReady={other.length === 1}
    >
      <NodePicker
        label={words.partner}
        types={['ORGANISATION', 'POLE', 'CLUSTER']}
        ids={other}
        most={1}
        onChange={setOther}
      />
      <ProblemsOf names={['from', 'to']} problems={problems} />
      <Field label={words.kind} name="kind" problems={problems}>
        {(control) => (
          <select {...control} value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}>
            {KINDS.map((name) => (
              <option key={name} value={name}>
                {partnershipKind[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField label={words.label} name="label" value={label} set={setLabel} problems={problems} />
      <TextField label={words.since} name="since" kind="date" value={since} set={setSince} problems={problems} />
      <SourceField sources={sources} choice={choice} set={setChoice} problems={problems} />
    </Form>
  );
}
