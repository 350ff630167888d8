import { expect, it } from 'vitest';
import { emptyGraph } from '../support/graph.ts';
import { liveServer } from '../support/live.ts';
import { World } from '../support/world.ts';

it('the metrics count requests, statements and cached results, and show no contents of requests', async () => {
  await using graph = await emptyGraph();
  await graph.fill(new World().pole('a secret name'));
  const server = await liveServer(graph.engine);
  try {
    for (let turn = 0; turn < 3; turn++) await server.ask('query Telling { poles { nodes { name } } }');
    await server.ask('{ poles(after: "no cursor") { totalCount } }');
    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    const lines = text.split('\n');
    const figure = (name: string): number => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
    expect(figure('grappe_request_seconds_count{type="query",outcome="ok"}')).toBe(3);
    expect(figure('grappe_request_seconds_count{type="query",outcome="error"}')).toBe(1);
    expect(figure('grappe_statements_total')).toBeGreaterThan(0);
    expect(figure('grappe_result_cache_hits_total')).toBeGreaterThan(0);
    expect(figure('grappe_result_cache_misses_total')).toBeGreaterThan(0);
    expect(figure('grappe_result_cache_entries')).toBeGreaterThan(0);
    expect(figure('grappe_result_cache_bytes')).toBeGreaterThan(0);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
    expect(text).not.toMatch(/secret|Telling/);
  } finally {
    await server.close();
  }
});
