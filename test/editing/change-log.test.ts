import { describe, expect, it } from 'vitest';
import { trimChanges } from '../../src/changes/retention.ts';
import { emptyGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { done, EDITOR, edit, requested } from './editors.ts';

describe('the change log', () => {
  it('shows who changed what, before and after, in order', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/a', city: 'Pau' }));
    const { changesSince: imported } = await graph.ask(
      '{ changesSince(sequence: 0) { sequence action before after touched } }',
    );
    expect(imported.at(-1)).toMatchObject({
      action: 'import organisations.csv, line 2',
      before: null,
      after: null,
    });
    const last = imported.at(-1).sequence;
    await requested(
      graph,
      EDITOR,
      'mutation { organisationUpdate(id: "organisation/a", input: { city: "Dax" }) { problems { code } } }',
    );
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: 'Dax' } });
    await done(graph, 'organisationUpdate', { id: 'organisation/a', input: { city: null } });
    const { changesSince } = await graph.ask(
      `{ changesSince(sequence: ${last}) { sequence by action before after touched } }`,
    );
    expect(changesSince).toEqual([
      {
        sequence: last + 1,
        by: 'Édith',
        action: 'organisationUpdate',
        before: '{"organisation/a":{"city":"Pau"}}',
        after: '{"organisation/a":{"city":"Dax"}}',
        touched: ['organisation/a'],
      },
      expect.objectContaining({ sequence: last + 2, by: 'Adèle', after: '{"organisation/a":{"city":null}}' }),
    ]);
    const page = (after: string) =>
      graph.ask(`{ organisation(by: { id: "organisation/a" }) { history(first: 2${after}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { sequence } edges { cursor } } } }`);
    const { history } = (await page('')).organisation;
    expect(history).toMatchObject({ totalCount: 3, nodes: [{ sequence: last + 2 }, { sequence: last + 1 }] });
    expect(history.pageInfo.hasNextPage).toBe(true);
    const rest = (await page(`, after: "${history.pageInfo.endCursor}"`)).organisation.history;
    expect(rest).toMatchObject({ nodes: [{ sequence: last }], pageInfo: { hasNextPage: false } });
    expect(await graph.errorMessages('{ changesSince(sequence: 0, first: 1001) { sequence } }')).toEqual([
      expect.stringContaining('first: 1001'),
    ]);
  });

  it('is stored as long as the setting says', async () => {
    await using graph = await emptyGraph();
    await graph.fill(new World().organisation('A', { id: 'organisation/a' }));
    await done(graph, 'sourceCreate', { input: { title: 'T', idempotencyKey: 'k' } });
    expect(await trimChanges(graph.engine, '2000-01-01T00:00:00Z')).toBe(0);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await trimChanges(graph.engine, later)).toBe(3);
    expect(await graph.ask('{ changesSince(sequence: 0) { sequence } }')).toEqual({ changesSince: [] });
    // The sequence goes on, so that a follower misses nothing; the key is forgotten.
    expect(await edit(graph, 'sourceCreate', { input: { title: 'T', idempotencyKey: 'k' } })).toEqual({
      id: 'source/t-2',
      problems: [],
    });
    expect((await graph.ask('{ changesSince(sequence: 0) { sequence } }')).changesSince).toEqual([{ sequence: 4 }]);
  });
});
