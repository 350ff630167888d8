import type { WorkFollower } from '../../scheduling/requester.ts';

/** What a trace says of a request at its end. */
export interface RequestSummary {
  readonly requestId: string;
  /** The type of its operation; null where none was executed. */
  readonly type: string | null;
  /** The name of its operation, which the client chose. */
  readonly name: string | null;
  readonly status: number;
  readonly cost: number | null;
  readonly roundTrips: number;
  readonly statements: number;
  readonly isFromCache: boolean;
  readonly errorCodes: readonly string[];
}

/** The trace of one request, with spans for its batches and statements. One that is not ended is not sent. */
export interface RequestTrace extends WorkFollower {
  /** The identifier of the trace, that of the client if it sent a `traceparent`. */
  readonly traceId: string;
  end(summary: RequestSummary): void;
}

/** Makes traces of requests. */
export interface Tracing {
  /** Begins the trace of a request, as a part of the trace that its `traceparent` names. */
  begin(headers: Headers, method: string): RequestTrace;
  /** Sends what is not sent yet, and stops. */
  close(): Promise<void>;
}
