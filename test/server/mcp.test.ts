import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { PersistedStore } from '../../src/server/documents/persisted-store.ts';
import { type Agent, connectAgent } from '../support/agent.ts';
import { type World, world } from './world.ts';

const TOKEN = 'grappe_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG';
const tokens = {
  authorOf: async (token: string) => (token === TOKEN ? { name: 'Édith', role: 'ADMIN' as const } : null),
};

const graph = (change: Parameters<typeof world>[0] = {}): World => world({ schema, ...change });

function send(to: World, body: unknown, headers: Record<string, string> = {}, method = 'POST'): Promise<Response> {
  return Promise.resolve(
    to.application.fetch('http://grappe.test/mcp', {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    }),
  );
}

const call = (method: string, params: object = {}): object => ({ jsonrpc: '2.0', id: 1, method, params });

/** Asks by a tool who one is: the one field that needs no database. */
const whoAmI = (agent: Agent) => agent.call('graphql', { query: '{ viewer { name role } }' });

describe('the tools at /mcp', () => {
  it('are ten, described in at most 2,000 tokens', async () => {
    const { client } = await connectAgent(graph().application);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      ...['find', 'describe', 'members', 'partners', 'path', 'compare', 'changes', 'communities', 'export', 'graphql'],
    ]);
    // Four bytes to a token: tokenizers count fewer (of 7,175 bytes o200k_base 1,740, cl100k_base 1,711).
    expect(Buffer.byteLength(JSON.stringify(tools)) / 4).toBeLessThan(2_000);
    for (const { annotations, description } of tools) {
      expect(annotations).toEqual({ readOnlyHint: true });
      expect(description).not.toBe('');
    }
  });

  it('say of arguments within too many others that they are, before they are read', async () => {
    for (const text of ['['.repeat(100_000) + ']'.repeat(100_000), `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`]) {
      for (const [name, given] of [
        ['find', `{"text":${text}}`],
        ['graphql', `{"query":"{__typename}","variables":{"a":${text}}}`],
        ['graphql', `{"query":${text}}`],
      ]) {
        const params = `{"name":"${name}","arguments":${given}}`;
        const answer = await send(graph(), `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`);
        const { result } = (await answer.json()) as { result: { isError: boolean; content: [{ text: string }] } };
        expect([answer.status, result.isError]).toEqual([200, true]);
        expect(result.content[0].text).toMatch(/^TOO_DEEP: /);
      }
    }
  });

  it('have the variables of their operations as typed arguments', async () => {
    const { client } = await connectAgent(graph().application);
    const { tools } = await client.listTools();
    const { inputSchema } = tools.find(({ name }) => name === 'members')!;
    expect(inputSchema).toMatchObject({
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: {
        id: { type: 'string' },
        role: { type: 'array', items: { type: 'string', enum: expect.arrayContaining(['FOUNDER', 'BOARD']) } },
        first: { type: 'integer', default: 20 },
      },
    });
  });

  it('are asked through /graphql: with its log, under the id of the request', async () => {
    const here = graph();
    const query = 'query me { viewer { name } }';
    await send(here, call('tools/call', { name: 'graphql', arguments: { query } }), { 'x-request-id': 'agent-1' });
    expect(here.log).toEqual([expect.objectContaining({ msg: 'graphql', requestId: 'agent-1', operation: 'me' })]);
  });

  it('stay within the limits of /graphql', async () => {
    const agent = await connectAgent(graph({ limits: { cost: 100 } }).application);
    const { isError, structured, text } = await agent.call('graphql', {
      query: '{ poles(first: 200) { nodes { name } } }',
    });
    expect(isError).toBe(true);
    expect(structured.errors).toEqual([expect.objectContaining({ code: 'TOO_COSTLY', maximum: 100 })]);
    expect(text).toMatch(/^TOO_COSTLY: .*ask for smaller pages/);
  });

  it('are answered where only trusted documents are, but for documents of the caller', async () => {
    const trusted = graph({ documents: new PersistedStore([], { trustedOnly: true }) });
    const agent = await connectAgent(trusted.application);
    expect((await whoAmI(agent)).text).toMatch(/^DOCUMENT_NOT_TRUSTED: /);
    const { text } = await agent.call('members', { id: 'pole/x' });
    expect(text).not.toMatch(/TRUSTED/);
  });

  it('only read, whatever the token allows', async () => {
    const agent = await connectAgent(graph({ tokens }).application, { authorization: `Bearer ${TOKEN}` });
    expect((await whoAmI(agent)).structured.data).toEqual({ viewer: { name: 'Édith', role: 'ADMIN' } });
    for (const query of [
      'mutation { nodeDelete(id: "pole/x") { problems { message } } }',
      'subscription { graphChanged { sequence } }',
      'query a { viewer { name } } mutation b { nodeDelete(id: "pole/x") { problems { message } } }',
    ]) {
      const { isError, structured } = await agent.call('graphql', { query });
      expect([isError, structured.data], query).toEqual([true, undefined]);
    }
    const { text } = await agent.call('graphql', { query: 'subscription { graphChanged { sequence } }' });
    expect(text).toBe('FORBIDDEN: Agents only read: send a query. A subscription is sent to /graphql.');
  });

  it('name what is wrong with their arguments', async () => {
    const agent = await connectAgent(graph().application);
    const unknown = await agent.call('members', { id: 'pole/x', limit: 3 });
    expect(unknown).toMatchObject({ isError: true, structured: { errors: [{ code: 'BAD_USER_INPUT' }] } });
    expect(unknown.text).toBe('BAD_USER_INPUT: members has no argument "limit": it has id, asOf, role, first, after.');
    expect((await agent.call('members', {})).text).toBe('BAD_USER_INPUT: members needs id.');
    expect((await agent.call('members', { id: 'pole/x', role: ['KING'] })).text).toMatch(/"KING" does not exist in/);
    await expect(agent.call('lookup')).rejects.toThrow(/There is no such tool. There are: find, /);
  });
});

it('is connected as docs/agents.md says: its files are JSON, and declare the inputs that they use', () => {
  const page = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');
  const files = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text!);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const file of files) {
    const { inputs = [] } = JSON.parse(file) as { inputs?: { id: string }[] };
    const used = [...file.matchAll(/\$\{input:([\w-]+)\}/g)].map(([, id]) => id);
    expect(inputs.map(({ id }) => id)).toEqual(used);
  }
});

describe('the protocol at /mcp', () => {
  it('needs a token where reading does', async () => {
    const here = graph({ tokens, publicRead: false });
    const answer = await send(here, call('tools/list'));
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const agent = await connectAgent(here.application, { authorization: `Bearer ${TOKEN}` });
    expect((await whoAmI(agent)).structured.data.viewer.name).toBe('Édith');
  });

  it('rejects pages of other sites, unless their origin is allowed', async () => {
    const here = graph({ corsOrigins: ['https://inspector.example'] });
    const list = call('tools/list');
    for (const origin of ['https://evil.example', 'null']) {
      expect((await send(here, list, { origin, host: 'grappe.test' })).status, origin).toBe(403);
    }
    const allowed = { origin: 'https://inspector.example', host: 'grappe.test' };
    expect((await send(here, list, allowed)).status).toBe(200);
    const asked = await send(here, call('tools/call', { name: 'graphql', arguments: { query: '{ __typename }' } }), {
      ...allowed,
    });
    expect(await asked.json()).toMatchObject({ result: { structuredContent: { data: { __typename: 'Query' } } } });
    const preflight = await send(here, '', { ...allowed, 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/mcp-protocol-version/i);
  });

  it('reads a message behind a byte order mark', async () => {
    const answer = await send(graph(), `\uFEFF${JSON.stringify(call('ping'))}`);
    expect(await answer.json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });

  it('speaks the version that is asked for, or names its newest', async () => {
    const here = graph();
    const version = async (protocolVersion: string): Promise<string> => {
      const answer = await send(here, call('initialize', { protocolVersion, capabilities: {}, clientInfo: {} }));
      return ((await answer.json()) as { result: { protocolVersion: string } }).result.protocolVersion;
    };
    expect(await version('2025-06-18')).toBe('2025-06-18');
    expect(await version('2025-11-25')).toBe('2025-11-25');
    expect(await version('2024-11-05')).toBe('2025-11-25');
    expect((await send(here, call('ping'), { 'mcp-protocol-version': '2025-06-18' })).status).toBe(200);
    expect((await send(here, call('ping'), { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
  });

  it('takes notifications, and has neither stream nor session', async () => {
    const here = graph();
    const notified = await send(here, { jsonrpc: '2.0', method: 'notifications/initialized' });
    expect([notified.status, await notified.text()]).toEqual([202, '']);
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const answer = await send(here, '', {}, method);
      expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'POST']);
    }
  });

  it.each([
    ['{', 400, -32_700],
    ['[]', 400, -32_600],
    ['"text"', 400, -32_600],
    [{ id: 1, method: 'ping' }, 400, -32_600],
    [{ jsonrpc: '2.0', id: {}, method: 'ping' }, 400, -32_600],
    [call('resources/list'), 200, -32_601],
    [call('initialize'), 200, -32_602],
    [{ ...call('tools/call'), params: [] }, 200, -32_602],
    [call('tools/call', { name: 'find', arguments: 'text' }), 200, -32_602],
  ])('answers what is no call with a code: %j', async (body, status, code) => {
    const answer = await send(graph(), body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      jsonrpc: '2.0',
      error: { code, message: expect.stringMatching(/\w/) },
    });
  });

  it('rejects bodies that are too long, no UTF-8, or not JSON', async () => {
    const here = graph({ limits: { bodyBytes: 1_000 } });
    expect((await send(here, call('ping', { text: 'x'.repeat(1_000) }))).status).toBe(413);
    expect((await send(here, call('ping'), { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(here, call('ping'), { accept: 'text/html' })).status).toBe(406);
  });
});
