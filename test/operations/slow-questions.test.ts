import { expect, it } from 'vitest';
import { servedStore } from './serving.ts';

const QUESTION = `query Telling($name: String) {
  organisations(first: 3, filter: { nameContains: $name }) { nodes { name website } }
}`;

it('a slow question is logged with its plan, cost and statements, and without values of variables', async () => {
  await using store = await servedStore({ GRAPPE_SLOW_MS: '0' });
  await store.ask(QUESTION, { variables: { name: 'usine' } });
  const [line] = store.log.filter(({ msg }) => msg === 'slow question');
  expect(line).toMatchObject({
    level: 40,
    operation: 'Telling',
    type: 'query',
    ms: expect.any(Number),
    cost: expect.any(Number),
    plan: [{ list: expect.any(String), part: 'page', by: expect.any(String) }],
    statements: expect.arrayContaining([{ name: expect.any(String), count: 1, ms: expect.any(Number) }]),
    outcome: 'ok',
  });
  expect(JSON.stringify(line)).not.toContain('usine');
});

it('is logged from so many milliseconds on, and not by default', async () => {
  for (const settings of [{}, { GRAPPE_SLOW_MS: '60000' }]) {
    await using store = await servedStore(settings);
    await store.ask(QUESTION, { variables: { name: 'usine' } });
    expect(store.log.filter(({ msg }) => msg === 'slow question')).toEqual([]);
  }
});
