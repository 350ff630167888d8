import type { GraphEngine } from './engine.ts';
import { GraphError } from './errors.ts';

/** Called when the database becomes unavailable and available again. */
export interface OutageListener {
  /** Called once for each cause of an outage, not for each failed call. */
  lost(error: GraphError): void;
  /** The database answers again; milliseconds since it became unavailable. */
  back(awayMs: number): void;
}

const AWAY: ReadonlySet<GraphError['code']> = new Set(['UNAVAILABLE', 'CREDENTIALS']);

/** The cause without what differs between calls: the statement, ports, milliseconds, counts. */
function causeOf({ code, cause, message }: GraphError): string {
  const text = cause instanceof Error ? cause.message : message;
  return `${code} ${text.replaceAll(/\d+/g, '#')}`;
}

/** Wraps an engine, so that each call reports whether the database is available. */
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
  const observed = async <Result>(call: Promise<Result>): Promise<Result> => {
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
    seeksRelationships: engine.seeksRelationships,
    isShared: engine.isShared,
    read: (...call) => observed(engine.read(...call)),
    write: (...call) => observed(engine.write(...call)),
    version: (...call) => observed(engine.version(...call)),
    ensureSchema: (...call) => observed(engine.ensureSchema(...call)),
    ping: (...call) => observed(engine.ping(...call)),
    close: () => {
      isClosed = true;
      return engine.close();
    },
  };
}
