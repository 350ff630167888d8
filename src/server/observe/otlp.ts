// The only file that loads OpenTelemetry: it is loaded when traces are configured, and only then.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseKeyPairsIntoRecord, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { GraphError } from '../../graph/errors.ts';
import type { FollowedBatch, WorkEnd } from '../../scheduling/requester.ts';
import { statementLabel } from './statement-metrics.ts';
import type { RequestSummary, RequestTrace, Tracing } from './tracing.ts';

/** What every trace says of the server. */
export interface TracedServer {
  readonly version: string;
  /** `neo4j` or `grafeo`. */
  readonly engine: string;
  /** Headers of what is sent: `name=value`, joined by commas. */
  readonly headers?: string | null;
}

const HEADERS: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

function fail(span: Span, error: unknown): void {
  const type = error instanceof GraphError ? error.code : error instanceof Error ? error.name : 'error';
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** One request: its span, and those of its batches and statements below it. */
class OtlpTrace implements RequestTrace {
  readonly #tracer: Tracer;
  readonly #span: Span;
  /** The request as parent of other spans. */
  readonly #request: Context;
  /** The batch to which the running code belongs. */
  readonly #batch = new AsyncLocalStorage<Context>();
  readonly #engine: string;

  constructor(tracer: Tracer, parent: Context, { method, engine }: { method: string; engine: string }) {
    this.#tracer = tracer;
    this.#engine = engine;
    const attributes = { 'http.request.method': method, 'url.path': '/graphql' };
    this.#span = tracer.startSpan('graphql', { kind: SpanKind.SERVER, attributes }, parent);
    this.#request = trace.setSpan(parent, this.#span);
  }

  get traceId(): string {
    return this.#span.spanContext().traceId;
  }

  statementBegun(name: string): WorkEnd {
    const attributes = { 'db.system.name': this.#engine, 'db.query.summary': name };
    const parent = this.#batch.getStore() ?? this.#request;
    const span = this.#tracer.startSpan(statementLabel(name), { kind: SpanKind.CLIENT, attributes }, parent);
    return (error) => {
      if (error !== undefined) fail(span, error);
      span.end();
    };
  }

  batchBegun(): FollowedBatch {
    const span = this.#tracer.startSpan('batch', {}, this.#request);
    const context = trace.setSpan(this.#request, span);
    return {
      run: (work) => this.#batch.run(context, work),
      end: () => {
        if (span.isRecording()) span.end();
      },
    };
  }

  end(summary: RequestSummary): void {
    const { requestId, type, name, status, cost, roundTrips, statements, isFromCache, errorCodes } = summary;
    const span = this.#span;
    // By the conventions the name of a span has few values: that of the operation is an attribute.
    span.updateName(type ?? 'graphql');
    span.setAttributes({
      'http.response.status_code': status,
      'grappe.request_id': requestId,
      'grappe.round_trips': roundTrips,
      'grappe.statements': statements,
      'grappe.cached': isFromCache,
      ...(type !== null && { 'graphql.operation.type': type }),
      ...(name !== null && { 'graphql.operation.name': name }),
      ...(cost !== null && { 'grappe.cost': cost }),
      ...(errorCodes.length > 0 && { 'error.type': errorCodes[0]!, 'grappe.error_codes': [...errorCodes] }),
    });
    if (status >= 500 || errorCodes.includes('INTERNAL_SERVER_ERROR')) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}

/**
 * Sends traces by OTLP over HTTP. OpenTelemetry's standard variables say where to, how, and which share
 * (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER` …). A receiver that does not answer delays no
 * request.
 */
export function openTracing({ version, engine, headers }: TracedServer): Tracing {
  const own = resourceFromAttributes({ 'service.name': 'grappe', 'service.version': version });
  const resource = defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ headers: parseKeyPairsIntoRecord(headers ?? undefined) })),
    ],
  });
  const tracer = provider.getTracer('grappe', version);
  const propagator = new W3CTraceContextPropagator();
  return {
    begin: (headers, method) =>
      new OtlpTrace(tracer, propagator.extract(ROOT_CONTEXT, headers, HEADERS), { method, engine }),
    close: () => provider.shutdown(),
  };
}
