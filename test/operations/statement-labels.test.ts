import { expect, it } from 'vitest';
import { GraphError } from '../../src/graph/errors.ts';
import { Metrics } from '../../src/server/observe/metrics.ts';
import { statementLabel } from '../../src/server/observe/statement-metrics.ts';
import { samplesOf } from './expressions.ts';

it.each([
  ['members+kind as of+not(city) by SINCE DESC, name ASC id,kind', 'members'],
  ['count of organisations from members of+kind', 'count of organisations'],
  ['places in organisations+near', 'places in organisations'],
  ['lastSequence', 'lastSequence'],
])('a statement is measured by the part of its name that clients do not choose: %s', (name, label) => {
  expect(statementLabel(name)).toBe(label);
});

it('however many names there are, the series are few, and nothing is left out of them', async () => {
  const metrics = new Metrics();
  for (let number = 0; number < 1_000; number++) metrics.statement(`statement ${number}`, undefined)();
  metrics.statement('one more', undefined)(new GraphError('TIMEOUT', 'late'));
  metrics.statement('one more', undefined)(new DOMException('left', 'AbortError'));
  const samples = samplesOf((await metrics.written()).text);
  const counts = samples.filter(({ metric }) => metric === 'grappe_statement_seconds_count');
  expect(counts).toHaveLength(151);
  expect(counts.reduce((sum, { value }) => sum + value, 0)).toBe(1_002);
  const failed = samples.filter(({ metric, value }) => metric === 'grappe_statement_errors_total' && value > 0);
  expect(failed.map(({ labels }) => labels.code).sort()).toEqual(['ABORTED', 'TIMEOUT']);
});
