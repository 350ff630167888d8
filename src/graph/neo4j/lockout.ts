import { GraphError } from '../errors.ts';

/** Milliseconds for which rejected credentials are not used again: Neo4j locks a user out after three attempts. */
const LOCKOUT_MS = 30_000;

/** Remembers that Neo4j rejected the credentials, so that not every call uses them again. */
export class Lockout {
  readonly #hint: string;
  #failure: GraphError | null = null;
  #until = 0;

  constructor(uri: string, user: string) {
    this.#hint =
      `Neo4j at ${uri} refuses the user "${user}" or its password: set NEO4J_USER and NEO4J_PASSWORD ` +
      `(or NEO4J_PASSWORD_FILE). A server tries again in ${LOCKOUT_MS / 1_000} s, since Neo4j locks out who tries often.`;
  }

  /** Throws the last rejection while it is too early for another attempt. */
  check(): void {
    if (this.#failure && performance.now() < this.#until) throw this.#failure;
  }

  /** Notes a rejection, and returns an error with the remedy. */
  remember(cause: GraphError): GraphError {
    this.#until = performance.now() + LOCKOUT_MS;
    this.#failure = new GraphError('CREDENTIALS', `${this.#hint} Neo4j says: ${cause.message}`, { cause });
    return this.#failure;
  }
}
