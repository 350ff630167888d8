import type { CommittedAddition } from '../changes/addition.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { MAX_LINE, textProblem } from '../domain/text.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { recordClaim, recordIndicator } from './annotations.ts';
import { deleteNode } from './deletion.ts';
import type { Edit } from './edit.ts';
import { createEntity, updateEntity } from './entities.ts';
import { endFact, removeFact, startFact, updateFact } from './facts.ts';
import type { Input } from './input.ts';
import { mergeOrganisations } from './merge.ts';
import { type MutateOptions, mutate } from './mutation.ts';
import type { Outcome } from './outcome.ts';
import { succeed } from './succession.ts';
import { undoChange } from './undo.ts';

/** What a mutation takes, as the API names it. */
export interface EditArguments {
  readonly id?: string;
  readonly input?: Input;
  readonly others?: readonly string[];
  readonly on?: string;
  readonly sources?: readonly string[];
  readonly cascade?: boolean;
  readonly sequence?: number;
}

type Operation = (edit: Edit, args: EditArguments) => Promise<string | null>;

/** What each mutation does inside its transaction: it resolves to the identifier of the record in its payload. */
const OPERATIONS = {
  organisationCreate: (edit, { input }) => createEntity(edit, 'organisation', input!),
  organisationUpdate: (edit, { id, input }) => updateEntity(edit, 'organisation', id!, input!),
  organisationMerge: (edit, { id, others }) => mergeOrganisations(edit, id!, others!),
  networkCreate: (edit, { input }) => createEntity(edit, 'network', input!),
  networkUpdate: (edit, { id, input }) => updateEntity(edit, 'network', id!, input!),
  networkSucceed: (edit, { input }) => succeed(edit, input!),
  membershipStart: (edit, { input }) => startFact(edit, 'membership', input!),
  membershipUpdate: (edit, { id, input }) => updateFact(edit, 'membership', id!, input!),
  membershipEnd: (edit, { id, on, sources }) => endFact(edit, 'membership', id!, { on, sources }),
  affiliationStart: (edit, { input }) => startFact(edit, 'affiliation', input!),
  affiliationUpdate: (edit, { id, input }) => updateFact(edit, 'affiliation', id!, input!),
  affiliationEnd: (edit, { id, on, sources }) => endFact(edit, 'affiliation', id!, { on, sources }),
  partnershipStart: (edit, { input }) => startFact(edit, 'partnership', input!),
  partnershipUpdate: (edit, { id, input }) => updateFact(edit, 'partnership', id!, input!),
  partnershipEnd: (edit, { id, on, sources }) => endFact(edit, 'partnership', id!, { on, sources }),
  labelStart: (edit, { input }) => startFact(edit, 'label', input!),
  labelUpdate: (edit, { id, input }) => updateFact(edit, 'label', id!, input!),
  labelEnd: (edit, { id, on, sources }) => endFact(edit, 'label', id!, { on, sources }),
  projectCreate: (edit, { input }) => createEntity(edit, 'project', input!),
  projectUpdate: (edit, { id, input }) => updateEntity(edit, 'project', id!, input!),
  participationAdd: (edit, { input }) => startFact(edit, 'participation', input!),
  participationRemove: (edit, { id }) => removeFact(edit, 'participation', id!),
  patentCreate: (edit, { input }) => createEntity(edit, 'patent', input!),
  productionRecord: async (edit, { input }) => {
    await startFact(edit, 'production', input!);
    return edit.survivor(String(input!.patent));
  },
  indicatorRecord: (edit, { input }) => recordIndicator(edit, input!),
  claimRecord: (edit, { input }) => recordClaim(edit, input!),
  sourceCreate: (edit, { input }) => createEntity(edit, 'source', input!),
  sourceUpdate: (edit, { id, input }) => updateEntity(edit, 'source', id!, input!),
  nodeDelete: (edit, { id, cascade }) => deleteNode(edit, id!, cascade === true),
  changeUndo: (edit, { sequence }) => undoChange(edit, sequence!),
} as const satisfies Record<string, Operation>;

/** The mutations, by the names that the API gives them. */
export type EditAction = keyof typeof OPERATIONS;

/** Runs mutations of one author. Each is one transaction, and returns the problems that the caller can correct. */
export type Editor = (action: EditAction, args: EditArguments) => Promise<Outcome>;

function keyProblem(key: string): Problem | null {
  const message = key.trim() === '' ? 'is empty: leave it out, or give one.' : textProblem(key, MAX_LINE);
  return message === null ? null : problem('INVALID', ['idempotencyKey'], `idempotencyKey ${message}`);
}

/** Options of an editor. */
export type EditorOptions = MutateOptions & {
  /** Called after each mutation; with all that it did, if it only added records. */
  readonly onChange?: (addition: CommittedAddition | null) => void;
};

/** An editor for one author; aborting the signal stops what is not committed yet. */
export function createEditor(
  engine: GraphEngine,
  by: string | null,
  { onChange, ...options }: EditorOptions = {},
): Editor {
  return async (action, args) => {
    const given = args.input?.idempotencyKey;
    const key = typeof given === 'string' ? given : null;
    const invalidKey = key === null ? null : keyProblem(key);
    if (invalidKey) return { id: null, problems: [invalidKey] };
    const operation: Operation = OPERATIONS[action];
    const change = { by, action, idempotencyKey: key, input: args };
    const outcome = await mutate(engine, change, options, (edit) => operation(edit, args));
    const { addition = null, ...result } = outcome;
    onChange?.(addition);
    return result;
  };
}
