import { graphql, type VariablesOf } from '../api/graphql.ts';
import { typeOf } from '../app/parts/node-link.tsx';
import type { Mutation } from './form.tsx';

const UNDO = graphql(`
  mutation UndoChange($sequence: Int!) {
    changeUndo(sequence: $sequence) {
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

const AFFILIATION_AGAIN = graphql(`
  mutation RecordAffiliationAgain($input: AffiliationStartInput!) {
    affiliationStart(input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const LABEL_AGAIN = graphql(`
  mutation RecordLabelAgain($input: LabelStartInput!) {
    labelStart(input: $input) {
      problems {
        code
        message
        path
      }
    }
  }
`);

const PARTICIPATION_AGAIN = graphql(`
  mutation RecordParticipationAgain($input: ParticipationAddInput!) {
    participationAdd(input: $input) {
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

/**
 * How a change is taken back: corrections by the server, to all values before; what it recorded by deleting it; what it
 * deleted by recording it.
 */
export interface Undo {
  readonly by: 'UNDO' | 'DELETE' | 'RECORD';
  /** The record or fact that the change is about. */
  readonly id: string;
  readonly sequence: number;
  /** Of a fact that is recorded again. */
  readonly fields: Fields;
}

/** How a fact is recorded again: the mutation, and what its input calls the two ends. */
const AGAIN: Readonly<Record<string, readonly [document: typeof MEMBERSHIP_AGAIN, from: string, to: string]>> = {
  membership: [MEMBERSHIP_AGAIN, 'member', 'network'],
  partnership: [PARTNERSHIP_AGAIN as unknown as typeof MEMBERSHIP_AGAIN, 'from', 'to'],
  affiliation: [AFFILIATION_AGAIN as unknown as typeof MEMBERSHIP_AGAIN, 'organisation', 'parent'],
  holdslabel: [LABEL_AGAIN as unknown as typeof MEMBERSHIP_AGAIN, 'network', 'label'],
  participation: [PARTICIPATION_AGAIN as unknown as typeof MEMBERSHIP_AGAIN, 'participant', 'project'],
};

/** What is deleted where it was recorded in error: facts, and what a source says. */
const DELETED: readonly string[] = [...Object.keys(AGAIN), 'production', 'claim', 'indicator'];
/** Relationships that belong to the record of one of their ends, and come and go with a correction of it. */
const OWNED: readonly string[] = ['labels', 'locatedin', 'covers', 'about', 'filed', 'resultedin', 'broader'];
/** Relationships between a record and what is said of it, which are recorded with that. */
const ANNOTATING: readonly string[] = ['claimed', 'observed'];

/** Reads a text of the change log. */
export function logged(text: string | null): Logged {
  return text === null ? {} : (JSON.parse(text) as Logged);
}

/** Fields that a change makes by itself. */
export const BY_ITSELF: ReadonlySet<string> = new Set([
  ...['id', 'version', 'updatedAt', 'createdAt', 'strength'],
  ...['type', 'sortKey', 'validFrom', 'validTo', 'lifeFrom', 'lifeTo'],
]);

const written = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !BY_ITSELF.has(name)));

/** Whether one of some entries has replaced a field that another has replaced, too. */
function isReplacedBy(later: readonly Entry[], entry: Entry): boolean {
  const replaced = logged(entry.after);
  return later.some((one) => {
    if (one.sequence <= entry.sequence) return false;
    const since = logged(one.after);
    return Object.entries(replaced).some(([id, fields]) =>
      Object.keys(fields ?? {}).some((name) => name in (since[id] ?? {})),
    );
  });
}

/**
 * How a change is taken back; null where it cannot be: it recorded or deleted several records, the log has too little of it,
 * or one of the later entries that are shown has changed the same again.
 */
export function undoOf(entry: Entry, later: readonly Entry[]): Undo | null {
  const [before, after] = [logged(entry.before), logged(entry.after)];
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (id) => !ANNOTATING.includes(typeOf(id)),
  );
  const [id] = ids;
  if (id === undefined) return null;
  const found = { id, sequence: entry.sequence, fields: {} };
  const isCorrection = ids.every((each) => (before[each] && after[each]) || OWNED.includes(typeOf(each)));
  if (isCorrection) return isReplacedBy(later, entry) ? null : { ...found, by: 'UNDO' };
  // What a claim says may have changed what others do: the store sees to that.
  const [one, ...others] = ids.filter((each) => !(before[each] && after[each]));
  if (one === undefined || others.length > 0) return null;
  const wasSince = (text: 'before' | 'after') =>
    later.some((each) => each.sequence > entry.sequence && logged(each[text])[one]?.id);
  const [was, is] = [before[one], after[one]];
  if (is && DELETED.includes(typeOf(one))) return wasSince('before') ? null : { ...found, id: one, by: 'DELETE' };
  if (was && typeOf(one) in AGAIN) {
    return wasSince('after') ? null : { ...found, id: one, by: 'RECORD', fields: written(was) };
  }
  return null;
}

/** Takes a change back. */
export async function undo({ by, id, sequence, fields }: Undo, { run }: Mutation): Promise<void> {
  if (by === 'UNDO') await run(UNDO, { sequence });
  else if (by === 'DELETE') await run(DELETE, { id });
  else {
    const [document, from, to] = AGAIN[typeOf(id)]!;
    const { from: start, to: end, ...others } = fields;
    await run(document, { input: { ...others, [from]: start, [to]: end } } as VariablesOf<typeof MEMBERSHIP_AGAIN>);
  }
}
