import { graphql } from '../api/graphql.ts';
import { typeOf } from '../app/parts/node-link.tsx';
import type { Mutation } from './form.tsx';

const ORGANISATION = graphql(`
  mutation RestoreOrganisation($id: ID!, $input: OrganisationUpdateInput!) {
    organisationUpdate(id: $id, input: $input) {
      problems {
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
        message
        path
      }
    }
  }
`);

/** The fields of records, by identifier, as the change log writes them. */
export type Logged = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;

const RESTORED: Readonly<Record<string, typeof ORGANISATION>> = {
  organisation: ORGANISATION,
  pole: NETWORK as unknown as typeof ORGANISATION,
  cluster: NETWORK as unknown as typeof ORGANISATION,
  membership: MEMBERSHIP as unknown as typeof ORGANISATION,
  partnership: PARTNERSHIP as unknown as typeof ORGANISATION,
};

/** Reads a text of the change log. */
export function logged(text: string | null): Logged {
  return text === null ? {} : (JSON.parse(text) as Logged);
}

/** Fields that an update makes by itself. */
const BY_ITSELF = new Set(['version', 'updatedAt']);

/** Whether a change can be taken back by an update: one record, of whose fields the log has the values before. */
export function canUndo(action: string, before: string | null): boolean {
  const records = Object.entries(logged(before));
  const [first] = records;
  return records.length === 1 && /(?:Update|End)$/.test(action) && first![1] !== null && typeOf(first![0]) in RESTORED;
}

/** Writes the values that the fields had before a change. */
export async function undo(before: string, { run }: Mutation): Promise<void> {
  for (const [id, fields] of Object.entries(logged(before))) {
    const input = Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => !BY_ITSELF.has(name)));
    await run(RESTORED[typeOf(id)]!, { id, input });
  }
}
