/** The kind of a problem, for programs; people read its message. */
export type ProblemCode = 'INVALID' | 'NOT_FOUND' | 'TAKEN' | 'IN_USE' | 'CONFLICT';

/** Something that the caller can correct: which input, and how. Always returned, never thrown. */
export interface Problem {
  readonly code: ProblemCode;
  /** A sentence that names the input and the remedy. */
  readonly message: string;
  /** Where in the input: `['since']`. */
  readonly path: readonly string[];
}

/** A problem of one input field; with an empty path, of the entire input. */
export function problem(code: ProblemCode, path: readonly string[], message: string): Problem {
  return { code, message, path };
}
