import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scratchFolder } from '../support/world.ts';
import { otlpReceiver, type ReceivedSpan } from './otlp-receiver.ts';
import { servedStore } from './serving.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
/** What a statement reads: fields that are not in the snapshot. */
const QUESTION =
  'query Websites { poles(first: 3) { nodes { name website members(first: 2) { nodes { name website } } } } }';

/** Settings by which OpenTelemetry sends to a receiver: it reads them from the environment itself. */
function tracedTo(url: string): Record<string, string> {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test' };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  return settings;
}
afterEach(() => vi.unstubAllEnvs());

const spansOf = (spans: readonly ReceivedSpan[], trace: string): ReceivedSpan[] =>
  spans.filter(({ traceId }) => traceId === trace);

describe('traces', () => {
  it('are not sent, and nothing of OpenTelemetry is loaded, where no receiver is configured', async () => {
    await using store = await servedStore();
    expect((await store.ask(QUESTION)).status).toBe(200);
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('@opentelemetry'));
    // prom-client knows the interface of OpenTelemetry.
    expect(loaded.filter((file) => !/@opentelemetry\/api\//.test(file))).toEqual([]);
  });

  it('have a span for the request, below that of its caller, for each batch, and for each statement by name', async () => {
    await using receiver = await otlpReceiver();
    await using store = await servedStore(tracedTo(receiver.url));
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01`, 'x-request-id': 'mine' };
    expect((await store.ask(QUESTION, { headers })).status).toBe(200);
    expect(store.log.find(({ requestId }) => requestId === 'mine')).toMatchObject({ msg: 'graphql', traceId: TRACE });
    await store.close();
    expect(receiver.resource).toMatchObject({
      'service.name': 'grappe',
      'service.version': expect.stringMatching(/^\d/),
      'deployment.environment': 'test',
    });
    const spans = spansOf(receiver.spans, TRACE);
    const request = spans.find(({ parentSpanId }) => parentSpanId === CALLER)!;
    expect(request).toMatchObject({
      name: 'query',
      kind: 2,
      attributes: {
        'graphql.operation.name': 'Websites',
        'http.response.status_code': 200,
        'grappe.request_id': 'mine',
        'grappe.cost': expect.any(Number),
      },
    });
    const batches = spans.filter(({ name }) => name === 'batch');
    expect(batches.length).toBe(request.attributes['grappe.round_trips']);
    expect(batches.every(({ parentSpanId }) => parentSpanId === request.spanId)).toBe(true);
    const statements = spans.filter(({ kind }) => kind === 3);
    expect(statements.length).toBeGreaterThan(0);
    const batchIds = batches.map(({ spanId }) => spanId);
    for (const { parentSpanId, attributes } of statements) {
      expect(batchIds).toContain(parentSpanId);
      expect(attributes).toMatchObject({ 'db.system.name': 'grafeo', 'db.query.summary': expect.any(String) });
    }
    expect(JSON.stringify(spans)).not.toContain('$');
  });

  it('name the error of a request that failed, and the statements of a mutation', async () => {
    await using receiver = await otlpReceiver();
    await using store = await servedStore(tracedTo(receiver.url));
    const trace = { of: (id: string) => ({ traceparent: `00-${id}-${CALLER}-01` }) };
    const [bad, written] = ['1'.repeat(32), '2'.repeat(32)];
    await store.ask('{ poles(after: "no cursor") { totalCount } }', { headers: trace.of(bad) });
    const authorization = `Bearer ${store.token}`;
    const { data } = await store.ask(
      'mutation { sourceCreate(input: { title: "A report" }) { source { id } problems { message } } }',
      { headers: { ...trace.of(written), authorization } },
    );
    expect(data).toBeTruthy();
    await store.close();
    expect(spansOf(receiver.spans, bad)).toMatchObject([{ attributes: { 'error.type': 'BAD_CURSOR' } }]);
    const names = spansOf(receiver.spans, written).map(({ name }) => name);
    expect(names).toContain('mutation');
    expect(names).toContain('transaction');
    // Its statements, besides the request and its transaction.
    expect(names.length).toBeGreaterThan(2);
  });

  it('are sent with the key of their receiver, which is in a file', async () => {
    await using receiver = await otlpReceiver();
    const file = join(await scratchFolder(), 'headers');
    await writeFile(file, 'api-key=of%20the%20receiver,x-tenant=grappe\n');
    await using store = await servedStore({ ...tracedTo(receiver.url), OTEL_EXPORTER_OTLP_HEADERS_FILE: file });
    await store.ask(QUESTION);
    await store.close();
    expect(receiver.headers).toMatchObject({ 'api-key': 'of the receiver', 'x-tenant': 'grappe' });
  });

  it('delay no answer when their receiver does not answer', async () => {
    await using store = await servedStore(tracedTo('http://127.0.0.1:9'));
    expect((await store.ask(QUESTION)).status).toBe(200);
  });
});
