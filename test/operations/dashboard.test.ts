import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parsed, problemsOf, type Sample, samplesOf } from './expressions.ts';
import { type ServedStore, servedStore } from './serving.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

interface Panel {
  readonly title: string;
  readonly description: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const panels = (JSON.parse(read('ops/grafana-dashboard.json')) as { panels: Panel[] }).panels;
const rules = (parse(read('ops/alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);

/** As Grafana fills it in for all servers. */
const filledIn = (expr: string): string => expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*');

/** A collection of garbage, of which there is a metric: a process that shares its code with other files may need none. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** A little of everything that a server does. */
async function load(store: ServedStore): Promise<void> {
  const headers = { authorization: `Bearer ${store.token}` };
  const leaving = new AbortController();
  const stream = await fetch(`${store.serving.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'subscription { graphChanged { sequence } }' }),
    signal: leaving.signal,
  });
  const events = stream.body!.getReader();
  const question = 'query Q { poles { nodes { name website members { totalCount nodes { name website } } } } }';
  await store.ask(question);
  await store.ask(question);
  await store.ask('{ poles(after: "no cursor") { totalCount } }');
  await store.ask('mutation { sourceCreate(input: { title: "A report" }) { problems { message } } }', { headers });
  await store.ask('{ subgraph(select: {}) { ranking(measure: PAGE_RANK, first: 3) { edges { value } } } }');
  await events.read();
  leaving.abort();
  collectGarbage();
}

describe('the dashboard and the alerts', () => {
  let store: ServedStore;
  let page: string;
  let samples: readonly Sample[];
  beforeAll(async () => {
    store = await servedStore();
    await load(store);
    page = await (await fetch(`${store.serving.url}/metrics`)).text();
    samples = samplesOf(page);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  it('show panels that are not empty, of metrics and labels that a server has', () => {
    expect(panels.length).toBeGreaterThan(15);
    expect(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => problemsOf(filledIn(expr), samples)))).toEqual(
      [],
    );
  });

  it('are in the picture of docs/operations.md, all of them', () => {
    const drawn = new Set(Array.from(read('docs/dashboard.svg').matchAll(/<text[^>]*>([^<]*)</g), ([, text]) => text));
    expect(panels.filter(({ title }) => !drawn.has(title)).map(({ title }) => title)).toEqual([]);
  });

  it('have legends by the labels that their expressions leave', () => {
    for (const { expr, legendFormat } of panels.flatMap(({ targets }) => targets)) {
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
      expect(parsed(filledIn(expr)).labels, expr).toEqual(expect.arrayContaining(named));
    }
  });

  it('warn by metrics and labels that a server has, with a sentence on the cause', () => {
    expect(rules.length).toBeGreaterThan(8);
    expect(rules.flatMap(({ expr }) => problemsOf(expr, samples))).toEqual([]);
    for (const { alert, labels, annotations } of rules) {
      expect(['critical', 'warning'], alert).toContain(labels.severity);
      expect(annotations.summary, alert).toContain('{{ $labels.instance }}');
      expect(annotations.description, alert).toMatch(/\.$/);
    }
  });

  it('are explained: docs/operations.md names every metric of ours and every alert', () => {
    const docs = read('docs/operations.md');
    const metrics = [...page.matchAll(/^# TYPE (grappe_\w+)/gm)].map(([, name]) => name!);
    expect(metrics.length).toBeGreaterThan(25);
    expect(metrics.filter((name) => !new RegExp(`\`${name}\\b`).test(docs))).toEqual([]);
    expect(rules.filter(({ alert }) => !docs.includes(`\`${alert}\``))).toEqual([]);
  });

  it('measure what was done', () => {
    const figure = (metric: string, labels: Record<string, string> = {}): number =>
      samples
        .filter((sample) => sample.metric === metric)
        .filter((sample) => Object.entries(labels).every(([name, value]) => sample.labels[name] === value))
        .reduce((sum, { value }) => sum + value, 0);
    expect(figure('grappe_cached_answers_total')).toBe(1);
    expect(figure('grappe_errors_total', { code: 'BAD_CURSOR' })).toBe(1);
    expect(figure('grappe_errors_total')).toBe(1);
    expect(figure('grappe_subscription_events_total')).toBe(1);
    expect(figure('grappe_statement_seconds_count', { statement: 'transaction' })).toBeGreaterThan(0);
    expect(figure('grappe_snapshot_state', { state: 'ready' })).toBe(1);
    expect(figure('grappe_database_up')).toBe(1);
    expect(figure('grappe_ready')).toBe(1);
    expect(figure('grappe_list_reads_total')).toBeGreaterThan(0);
    expect(figure('grappe_request_cost_count')).toBeGreaterThan(2);
  });

  it('have few values of each label', () => {
    const byMetric = Map.groupBy(samples, ({ metric }) => metric.replace(/_(?:bucket|sum|count)$/, ''));
    for (const [metric, all] of byMetric) expect(all.length, metric).toBeLessThan(1_500);
    expect(page).not.toMatch(/Pole du|A report|website/);
  });
});

describe('an expression', () => {
  const samples = samplesOf('a_total{code="X"} 1\nb 2\n');

  it.each([
    ['sum by (code) (rate(a_total{code="X"}[5m]))', []],
    ['b > 1 and a_total', []],
    ['rate(c_total[5m])', ['c_total [] selects nothing: rate(c_total[5m])']],
    ['a_total{code="Y"}', ['a_total [{"label":"code","operator":"=","value":"Y"}] selects nothing: a_total{code="Y"}']],
    ['sum by (kind) (a_total)', ['No series has the label kind: sum by (kind) (a_total)']],
  ])('is compared with what a server has: %s', (expr, problems) => {
    expect(problemsOf(expr, samples)).toEqual(problems);
  });

  it('is one of Prometheus', () => {
    expect(() => parsed('sum(rate(a_total[5m])')).toThrow('Not an expression');
  });
});
