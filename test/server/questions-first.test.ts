import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { observingStatements } from '../../src/graph/observed.ts';
import { questions } from '../../src/scheduling/questions.ts';
import { turns } from '../../src/scheduling/turns.ts';
import { exported, linkOf } from '../schema/exported.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';

let graph: TestGraph;
let server: LiveServer;
/** Questions that are being answered, and how many were at each statement. */
let open = 0;
const atStatements: number[] = [];

beforeAll(async () => {
  graph = await (await emptyGraph()).fill(exported());
  const engine = observingStatements(graph.engine, () => {
    atStatements.push(open);
    return () => {};
  });
  server = await liveServer(engine);
});
afterAll(async () => {
  await server?.close();
  await graph?.[Symbol.asyncDispose]();
});
afterEach(() => void vi.restoreAllMocks());

describe('questions come first', () => {
  it('counts a query as a question until it is answered, and no other request', async () => {
    const begin = vi.spyOn(questions, 'begin').mockImplementation(() => {
      open++;
      return () => void open--;
    });
    const { data } = await server.ask('{ organisations(first: 1) { nodes { id } } }');
    expect(data.organisations.nodes).toHaveLength(1);
    expect(begin).toHaveBeenCalledTimes(1);
    expect(new Set(atStatements)).toEqual(new Set([1]));
    expect(open).toBe(0);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/exports/unknown/grappe.gexf`)).status).toBe(404);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it('writes a file in the background, also while a question is being answered', async () => {
    const { url } = await linkOf(graph, 'GEXF');
    const behind = vi.spyOn(turns, 'waitBehind');
    const before = vi.spyOn(turns, 'wait');
    questions.begin();
    const file = await (await graph.get(url)).text();
    expect(file).toContain('</gexf>');
    expect(behind).toHaveBeenCalled();
    expect(before).not.toHaveBeenCalled();
  });
});
