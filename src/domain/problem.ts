/** What a program may ask of a problem; people read its message. */
export type ProblemCode = 'INVALID' | 'NOT_FOUND' | 'TAKEN' | 'IN_USE' | 'CONFLICT';

/** Something the caller can put right: which input, and how. Never thrown, always returned. */
export interface Problem {
  readonly code: ProblemCode;
  /** A sentence that names the input and the remedy. */
  readonly message: string;
  /** Where in the input: `['since']`. */
  readonly path: readonly string[];
}

/** A problem with one input field, or with the whole input when no field is named. */
export function problem(code: ProblemCode, path: readonly string[], message: string): Problem {
  return { code, message, path };
}
