import { once } from 'node:events';
import { BlockList, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createApplication } from '../../src/server/http/application.ts';
import type { ApplicationParts } from '../../src/server/http/application-parts.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { standInParts, standInSchema } from './world.ts';

// What a client can do to a server below GraphQL: not read, not end, say two things at once.

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
const ANSWER_BYTES = 8_000_000;
/** More than the buffers of a connection take of it while its client does not read. */
const LONG = 'x'.repeat(7_000_000);

const sockets: Socket[] = [];
let server: RunningServer | undefined;
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
});

async function listen(more: Partial<ApplicationParts> = {}, stalledMs = 60_000): Promise<string> {
  const schema = standInSchema();
  schema.getQueryType()!.getFields().word!.resolve = () => LONG;
  const parts = standInParts({ schema, limits: { answerBytes: ANSWER_BYTES, bodyBytes: 10_000 } });
  const config = { ...parts.config, trustedProxies: loopback, host: '127.0.0.1', port: 0 };
  server = await startServer({ ...parts, ...more, config }, { grace: { answersMs: 100, idleMs: 0 }, stalledMs });
  return server.url;
}

/** Sends bytes as they are, and reads nothing of the answer. */
async function unread(url: string, text: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  sockets.push(socket);
  socket.on('error', () => {}).pause();
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** Sends bytes as they are, and returns all that is answered until the connection ends. */
async function raw(url: string, text: string): Promise<string> {
  const socket = await unread(url, text);
  let answer = '';
  socket
    .setEncoding('latin1')
    .on('data', (part) => {
      answer += part;
    })
    .resume();
  await once(socket, 'close');
  return answer;
}

const asking = (path: string, client: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${client}\r\n\r\n`;
const QUESTION = '/graphql?query={word}';
const get = (url: string, path: string, client: string): Promise<Response> =>
  fetch(url + path, { headers: { 'x-forwarded-for': client } });

describe('a client that does not read its answers', () => {
  it('has a few large ones in the memory of the server, and leaves room to others', async () => {
    const url = await listen();
    // Half of what all may have, which is ten of the largest answers.
    for (let number = 0; number < 5; number++) await unread(url, asking(QUESTION, '192.0.2.1'));
    const turnedAway = async (): Promise<unknown> => {
      const answer = await get(url, QUESTION, '192.0.2.1');
      const { errors } = (await answer.json()) as { errors?: [{ extensions: object }] };
      return [answer.status, answer.headers.get('retry-after'), errors?.[0].extensions];
    };
    await expect.poll(turnedAway).toEqual([503, '2', { code: 'OVERLOADED', reason: 'SHARE' }]);
    expect((await get(url, '/graphql?query={kind:__typename}', '192.0.2.1')).status).toBe(200);
    const other = await get(url, QUESTION, '192.0.2.2');
    expect([other.status, (await other.text()).length]).toEqual([200, expect.any(Number)]);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await get(url, QUESTION, '192.0.2.1')).status).toBe(200);
  });

  it('is cut off after a while, and one that waits for an answer is not', async () => {
    const url = await listen({}, 200);
    const socket = await unread(url, asking(QUESTION, '192.0.2.1'));
    const left = once(socket, 'close');
    const slow = await get(url, '/graphql?query={slow(ms:1500)}', '192.0.2.1');
    expect(await slow.json()).toMatchObject({ data: { slow: 'done' } });
    // What the connection's buffers had taken comes, and nothing more.
    let bytes = 0;
    socket
      .on('data', (part) => {
        bytes += part.length;
      })
      .resume();
    await left;
    expect(bytes).toBeLessThan(LONG.length);
  });

  it('has two files at the most, and leaves two to others', async () => {
    let open = 0;
    async function* endless(): AsyncGenerator<string> {
      open++;
      try {
        for (;;) yield LONG;
      } finally {
        open--;
      }
    }
    const openExport = async () => ({ name: 'a.csv', contentType: 'text/csv', parts: endless() });
    const url = await listen({ openExport });
    for (let number = 0; number < 2; number++) await unread(url, asking('/exports/t/a.csv', '192.0.2.1'));
    await expect.poll(() => open).toBe(2);
    const third = await get(url, '/exports/t/a.csv', '192.0.2.1');
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '5']);
    const other = await get(url, '/exports/t/a.csv', '192.0.2.2');
    expect(other.status).toBe(200);
    await other.body!.cancel();
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => open).toBe(0);
    const again = await get(url, '/exports/t/a.csv', '192.0.2.1');
    expect(again.status).toBe(200);
    await again.body!.cancel();
  });
});

describe('a request that says two things at once', () => {
  const post = (headers: string, body: string): string =>
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
  const hidden = 'GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const chunked = `0\r\n\r\n${hidden}`;
  it.each([
    ['two lengths', post('Content-Length: 0\r\nContent-Length: 5', hidden)],
    ['a length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked', chunked)],
    ['chunks under another name', post('Transfer-Encoding: xchunked', chunked)],
    ['chunks before something else', post('Transfer-Encoding: chunked, identity', chunked)],
    ['a length that is no number', post('Content-Length: +4', 'test')],
    ['a header name with a space', post('Transfer-Encoding : chunked', chunked)],
    ['a folded header', post('X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 0', hidden)],
    ['lines without CR', 'POST /graphql HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n'],
    ['two hosts', 'GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n'],
    ['no host', 'GET /livez HTTP/1.1\r\n\r\n'],
  ])('is answered once, with an error: %s', async (_, text) => {
    const url = await listen();
    const answers = (await raw(url, text)).match(/^HTTP\/1\.1 \d+/gm) ?? [];
    expect(answers).toEqual(['HTTP/1.1 400']);
  });
});

describe('a request that is too much', () => {
  it.each([
    ['one long header', `GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a long address', `GET /livez?${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    [
      'many headers',
      `GET /livez HTTP/1.1\r\nHost: localhost\r\n${Array.from({ length: 3_000 }, (_, n) => `X${n}: 1`).join('\r\n')}\r\n\r\n`,
      431,
    ],
  ])('is refused before it is read: %s', async (_, text, status) => {
    const url = await listen();
    expect(await raw(url, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('is not unpacked: a small body that would be a large one', async () => {
    const url = await listen();
    const body = gzipSync(JSON.stringify({ query: `{ __typename }${' '.repeat(5_000_000)}` }));
    for (const encoding of ['gzip', 'br', 'deflate', 'identity']) {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      const { errors } = (await answer.json()) as { errors: [{ extensions: { code: string } }] };
      const expected = encoding === 'identity' ? [400, 'BAD_REQUEST'] : [415, 'UNSUPPORTED_MEDIA_TYPE'];
      expect([answer.status, errors[0].extensions.code]).toEqual(expected);
    }
  });

  it('is not taken for a request of its own: methods that nobody uses', async () => {
    const url = await listen();
    for (const method of ['TRACE', 'PROPFIND', 'PATCH']) {
      const answer = await raw(url, `${method} /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(answer, method).toMatch(/^HTTP\/1\.1 405 /);
    }
    expect(await raw(url, 'CONNECT example.org:443 HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('');
  });
});

describe('a path that leads out of its folder', () => {
  it.each([
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..\\..\\package.json',
    '/assets/%5c..%5c..%5cpackage.json',
    '/assets/....//package.json',
    '/assets/%00.js',
    '/assets//etc/passwd',
    '/embed/../package.json',
    '//package.json',
    '/exports/../../package.json',
  ])('leads nowhere: %s', async (path) => {
    const url = await listen({ explorer: new URL('../../explorer/', import.meta.url) });
    const answer = await raw(url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|404|410) /);
    expect(answer).not.toContain('"dependencies"');
  });
});

describe('parameters that are not what they should be', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  it.each([
    ['a query that is an object', '{"query":{"toString":"x"}}'],
    ['a query within lists', `{"query":${nested(4_000)}}`],
    ['a name of an operation that is an object', '{"query":"{__typename}","operationName":{"a":1}}'],
    ['a name within lists', `{"query":"{__typename}","operationName":${nested(4_000)}}`],
    ['variables that are a list', '{"query":"{__typename}","variables":[1]}'],
    ['extensions that are a text', '{"query":"{__typename}","extensions":"x"}'],
    ['an identifier within lists', `{"documentId":${nested(4_000)}}`],
  ])('are said, without a trace of the code: %s', async (_, body) => {
    const url = await listen();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  });
});

it('an error within a plugin is hidden, and in the log', async () => {
  const parts = standInParts();
  let calls = 0;
  const loading = async (): Promise<null> => {
    // The first call is one that nobody waits for.
    if (calls++ > 0) throw new TypeError('a secret of the code');
    return null;
  };
  const answer = await createApplication({ ...parts, loading }).fetch('http://grappe.test/graphql?query={word}');
  expect([answer.status, await answer.json()]).toEqual([
    500,
    {
      errors: [
        { message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) } },
      ],
    },
  ]);
  expect(parts.log).toContainEqual(expect.objectContaining({ msg: 'unexpected error' }));
});
