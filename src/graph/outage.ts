import type { GraphEngine } from './engine.ts';
import { GraphError } from './errors.ts';

/** Hears when the database goes away and comes back. */
export interface OutageListener {
  /** Called once for each cause of an outage, not for each question that it fails. */
  lost(error: GraphError): void;
  /** The database answers again; milliseconds since it was lost. */
  back(awayMs: number): void;
}

const AWAY: ReadonlySet<GraphError['code']> = new Set(['UNAVAILABLE', 'CREDENTIALS']);

/** The cause without what differs from question to question: the statement, ports, milliseconds, counts. */
function causeOf({ code, cause, message }: GraphError): string {
  const text = cause instanceof Error ? cause.message : message;
  return `${code} ${text.replaceAll(/\d+/g, '#')}`;
}

/** The same engine, whose every call also tells whether the database is there. */
export function reportingOutages(engine: GraphEngine, listener: OutageListener): GraphEngine {
  let lostAt: number | null = null;
  let isClosed = false;
  const causes = new Set<string>();
  const lost = (error: GraphError): void => {
    lostAt ??= performance.now();
    const cause = causeOf(error);
    if (causes.has(cause)) return;
    causes.add(cause);
    listener.lost(error);
  };
  const back = (): void => {
    if (lostAt === null) return;
    listener.back(performance.now() - lostAt);
    lostAt = null;
    causes.clear();
  };
  const hearing = async <Result>(call: Promise<Result>): Promise<Result> => {
    try {
      const result = await call;
      back();
      return result;
    } catch (error) {
      if (error instanceof GraphError && AWAY.has(error.code) && !isClosed) lost(error);
      throw error;
    }
  };
  return {
    description: engine.description,
    readsInOrder: engine.readsInOrder,
    seeksRelationships: engine.seeksRelationships,
    joins: engine.joins,
    isShared: engine.isShared,
    read: (...call) => hearing(engine.read(...call)),
    write: (...call) => hearing(engine.write(...call)),
    version: (...call) => hearing(engine.version(...call)),
    ensureSchema: (...call) => hearing(engine.ensureSchema(...call)),
    ping: (...call) => hearing(engine.ping(...call)),
    close: () => {
      isClosed = true;
      return engine.close();
    },
  };
}
