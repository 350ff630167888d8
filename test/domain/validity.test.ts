import { describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { validityAt } from '../../src/domain/period.ts';

describe('a fact at a date', () => {
  it.each([
    ['2010', '2015', [], '2012', 'KNOWN'],
    ['2010', '2015', [], '2010', 'KNOWN'],
    ['2010', '2015', [], '2015-06', 'KNOWN'],
    ['2010', '2015', [], '2016', 'NOT'],
    ['2010', '2015', [], '2009-12-31', 'NOT'],
    ['2010', null, [], '2012', 'ASSUMED'],
    ['2010', null, ['2014'], '2012', 'KNOWN'],
    ['2010', null, ['2014'], '2014-05-02', 'KNOWN'],
    ['2010', null, ['2014'], '2015', 'ASSUMED'],
    [null, '2015', [], '2012', 'ASSUMED'],
    [null, '2015', ['2011'], '2012', 'KNOWN'],
    [null, null, [], '2012', 'ASSUMED'],
    [null, null, ['2012'], '2012', 'KNOWN'],
    [null, null, ['2011', '2013'], '2012', 'KNOWN'],
    [null, null, ['2013'], '2012', 'ASSUMED'],
  ] as const)('since %s, until %s, attested on %j, is at %s: %s', (since, until, attestedOn, date, validity) => {
    const fact = { since, until, attestedOn } as unknown as Parameters<typeof validityAt>[0];
    expect(validityAt(fact, date as PartialDate)).toBe(validity);
  });
});
