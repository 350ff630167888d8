import type { Reader } from './reader.ts';

/** What the server records of its work, besides the metrics. */
export interface ObserveSettings {
  /** Milliseconds from which a question is logged with its plan and statements; null: none is. */
  readonly slowMs: number | null;
  /** Whether traces are sent. OpenTelemetry itself reads where to, from its standard variables. */
  readonly tracing: boolean;
  /** Headers of what is sent to the receiver, as OpenTelemetry writes them: `api-key=…`; null for none. */
  readonly tracingHeaders: string | null;
}

/** Traces are sent where OpenTelemetry's standard variables name a receiver, and do not switch traces off. */
function tracing(reader: Reader): boolean {
  const receivers = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
  for (const variable of receivers) {
    const given = reader.text(variable);
    if (given === null || /^https?:$/.test(URL.parse(given)?.protocol ?? '')) continue;
    reader.addProblem(variable, given, 'an address such as http://localhost:4318 is needed.');
  }
  const isOff = reader.flag('OTEL_SDK_DISABLED', false) || reader.text('OTEL_TRACES_EXPORTER') === 'none';
  return !isOff && receivers.some((variable) => reader.text(variable) !== null);
}

/** Reads them. */
export function observeSettings(reader: Reader): ObserveSettings {
  return {
    slowMs: reader.text('GRAPPE_SLOW_MS') === null ? null : reader.integer('GRAPPE_SLOW_MS', 0, 0, 3_600_000),
    tracing: tracing(reader),
    // OpenTelemetry reads the variable itself; the key of a receiver may also be in a file, as every secret.
    tracingHeaders: reader.secret('OTEL_EXPORTER_OTLP_HEADERS'),
  };
}
