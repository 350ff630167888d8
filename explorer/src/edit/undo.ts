import { graphql, type VariablesOf } from '../api/graphql.ts';
import { typeOf } from '../app/parts/node-link.tsx';
import type { Mutation } from './form.tsx';

const ORGANISATION = graphql(`
  mutation RestoreOrganisation($id: ID!, $input: OrganisationUpdateInput!) {
    organisationUpdate(id: $id, input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const NETWORK = graphql(`
  mutation RestoreNetwork($id: ID!, $input: NetworkUpdateInput!) {
    networkUpdate(id: $id, input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const MEMBERSHIP = graphql(`
  mutation RestoreMembership($id: ID!, $input: MembershipUpdateInput!) {
    membershipUpdate(id: $id, input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const PARTNERSHIP = graphql(`
  mutation RestorePartnership($id: ID!, $input: PartnershipUpdateInput!) {
    partnershipUpdate(id: $id, input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const DELETE = graphql(`
  mutation TakeBack($id: ID!) {
    nodeDelete(id: $id) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const MEMBERSHIP_AGAIN = graphql(`
  mutation RecordMembershipAgain($input: MembershipStartInput!) {
    membershipStart(input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const PARTNERSHIP_AGAIN = graphql(`
  mutation RecordPartnershipAgain($input: PartnershipStartInput!) {
    partnershipStart(input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

type Fields = Readonly<Record<string, unknown>>;
/** The fields of records, by identifier, as the change log writes them. */
export type Logged = Readonly<Record<string, Fields | null>>;

/** An entry of the change log. */
export interface Entry {
  readonly sequence: number;
  readonly action: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** How a change is taken back: by an update to the values before, by deleting what it recorded, by recording what it deleted. */
export interface Undo {
  readonly by: 'UPDATE' | 'DELETE' | 'RECORD';
  readonly id: string;
  /** The values before; none where a fact is deleted. */
  readonly fields: Fields;
}

const RESTORED: Readonly<Record<string, typeof ORGANISATION>> = {
  organisation: ORGANISATION,
  pole: NETWORK as unknown as typeof ORGANISATION,
  cluster: NETWORK as unknown as typeof ORGANISATION,
  membership: MEMBERSHIP as unknown as typeof ORGANISATION,
  partnership: PARTNERSHIP as unknown as typeof ORGANISATION,
};

/** Facts that are deleted when they were recorded in error, and recorded again when they were deleted in error. */
const FACTS: readonly string[] = ['membership', 'partnership'];

/** Reads a text of the change log. */
export function logged(text: string | null): Logged {
  return text === null ? {} : (JSON.parse(text) as Logged);
}

/** Fields that a change makes by itself. */
export const BY_ITSELF: ReadonlySet<string> = new Set(['id', 'version', 'updatedAt', 'createdAt', 'strength']);

const written = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !BY_ITSELF.has(name)));

/**
 * How a change is taken back; null where it cannot be: it concerns several records, the log has too little of it, or one
 * of the later entries that are shown did it already.
 */
export function undoOf(entry: Entry, later: readonly Entry[]): Undo | null {
  const [before, after] = [logged(entry.before), logged(entry.after)];
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const [id] = ids;
  if (id === undefined || ids.length > 1) return null;
  const [was, is] = [before[id], after[id]];
  const isFact = FACTS.includes(typeOf(id));
  const wasSince = (text: 'before' | 'after') =>
    later.some((one) => one.sequence > entry.sequence && logged(one[text])[id]?.from);
  if (is && !was && isFact && /Start$/.test(entry.action)) {
    return wasSince('before') ? null : { by: 'DELETE', id, fields: {} };
  }
  if (was && !is && isFact && entry.action === 'nodeDelete') {
    return wasSince('after') ? null : { by: 'RECORD', id, fields: written(was) };
  }
  const isUpdate = was && /(?:Update|End)$/.test(entry.action) && typeOf(id) in RESTORED;
  return isUpdate ? { by: 'UPDATE', id, fields: written(was) } : null;
}

/** Takes a change back. */
export async function undo({ by, id, fields }: Undo, { run }: Mutation): Promise<void> {
  if (by === 'UPDATE') await run(RESTORED[typeOf(id)]!, { id, input: fields });
  else if (by === 'DELETE') await run(DELETE, { id });
  else if (typeOf(id) === 'membership') {
    const { from: member, to: network, ...others } = fields;
    await run(MEMBERSHIP_AGAIN, { input: { ...others, member, network } } as VariablesOf<typeof MEMBERSHIP_AGAIN>);
  } else await run(PARTNERSHIP_AGAIN, { input: fields } as VariablesOf<typeof PARTNERSHIP_AGAIN>);
}
