import neo4j from 'neo4j-driver';
import { type LocalNeo4j, startLocalNeo4j } from '../../src/neo4j-local.ts';

/**
 * One that runs for seconds or minutes never earns what the second compiler of Java costs: two suites of statements took 69 s
 * of processor without it, 106 with it. In a usual run it was 56 of the first 150 s of processor, as threads of Java count it.
 */
export const SHORT_LIVED = ['-XX:TieredStopAtLevel=1'];

/** A Neo4j of a test's own, which nobody else notices when it stops. Started again it has its port and its data. */
export class OwnNeo4j {
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  #running: LocalNeo4j | null = null;
  #port = 0;

  /** `settings` are added to its neo4j.conf. */
  constructor(folder: string, settings: Readonly<Record<string, string>> = {}) {
    this.#folder = folder;
    this.#settings = settings;
  }

  /** How an engine opens it. */
  get settings() {
    const uri = `bolt://127.0.0.1:${this.#port}`;
    return { engine: 'neo4j', uri, user: 'neo4j', password: 'of-this-test', database: 'neo4j' } as const;
  }

  /** How a server finds it. */
  get environment(): Readonly<Record<string, string>> {
    const { uri, user, password, database } = this.settings;
    return { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password, NEO4J_DATABASE: database, LOG_LEVEL: 'warn' };
  }

  /** Starts it, on the port that it had, and waits until it can be connected to. */
  async start(): Promise<void> {
    const { password } = this.settings;
    const [folder, port, settings] = [this.#folder, this.#port, this.#settings];
    this.#running = await startLocalNeo4j({ folder, port, password, settings, javaOptions: SHORT_LIVED });
    this.#port = Number(new URL(this.#running.uri).port);
  }

  /** Waits until it answers over Bolt, which on a busy machine is seconds after it can be connected to. */
  async answers(): Promise<void> {
    const { uri, user, password, database } = this.settings;
    await using driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
    await driver.executeQuery('RETURN 1', {}, { database });
  }

  /** Stops it as it is, with all its connections, or lets it go on. */
  freeze(isFrozen: boolean): void {
    process.kill(this.#running!.pid, isFrozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    if (!this.#running) return;
    process.kill(this.#running.pid, signal);
    await this.#running.ended;
    this.#running = null;
  }
}
