import { GraphError } from '../errors.ts';

/** Milliseconds for which refused credentials are not tried again: Neo4j locks out a user after three tries. */
const LOCKOUT_MS = 30_000;

/** Remembers that Neo4j refused the credentials, so that not every question tries them again. */
export class Lockout {
  readonly #hint: string;
  #failure: GraphError | null = null;
  #until = 0;

  constructor(uri: string, user: string) {
    this.#hint =
      `Neo4j at ${uri} refuses the user "${user}" or its password: set NEO4J_USER and NEO4J_PASSWORD ` +
      `(or NEO4J_PASSWORD_FILE). The next try is in ${LOCKOUT_MS / 1_000} s, since Neo4j locks out who tries often.`;
  }

  /** Throws the last refusal while it is too early for another try. */
  check(): void {
    if (this.#failure && performance.now() < this.#until) throw this.#failure;
  }

  /** Takes note of a refusal, and gives the error that says what to do. */
  remember(cause: GraphError): GraphError {
    this.#until = performance.now() + LOCKOUT_MS;
    this.#failure = new GraphError('CREDENTIALS', `${this.#hint} Neo4j says: ${cause.message}`, { cause });
    return this.#failure;
  }
}
