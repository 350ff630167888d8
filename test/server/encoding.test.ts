import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { world } from './world.ts';

/** Ways to write "Pôle é" that are not UTF-8: ISO 8859-1, cut off, overlong, half a surrogate pair, UTF-16. */
const OTHERWISE: Readonly<Record<string, Uint8Array>> = {
  'ISO 8859-1': Buffer.from('{"query": "{ word } # Pôle"}', 'latin1'),
  'UTF-8 that is cut off': Buffer.concat([
    Buffer.from('{"query": "{ word } # P'),
    Uint8Array.of(0xc3),
    Buffer.from('"}'),
  ]),
  'an overlong form': Buffer.concat([
    Buffer.from('{"query": "{ word } # '),
    Uint8Array.of(0xc0, 0xaf),
    Buffer.from('"}'),
  ]),
  'half a surrogate pair': Buffer.concat([
    Buffer.from('{"query": "{ word } # '),
    Uint8Array.of(0xed, 0xa0, 0x80),
    Buffer.from('"}'),
  ]),
  'UTF-16': Buffer.from('\ufeff{"query": "{ word }"}', 'utf16le'),
  'a compressed body': Uint8Array.of(0x1f, 0x8b, 0x08, 0x00),
};

async function post(body: Uint8Array | ReadableStream, type = 'application/json'): Promise<unknown[]> {
  const response = await world().application.fetch('http://grappe.test/graphql', {
    method: 'POST',
    headers: { 'content-type': type, ...(body instanceof Uint8Array ? { 'content-length': `${body.length}` } : {}) },
    body,
    duplex: 'half',
  } as RequestInit);
  const { data, errors } = (await response.json()) as {
    data?: object;
    errors?: { message: string; extensions: object }[];
  };
  return [response.status, data ?? errors![0]!.extensions, errors?.[0]?.message ?? null];
}

describe('a body', () => {
  it.each(Object.keys(OTHERWISE))('in %s is rejected, and nothing is read of it', async (name) => {
    const rejected = [400, { code: 'BAD_REQUEST' }, expect.stringContaining('not UTF-8')];
    const body = OTHERWISE[name]!;
    for (const type of ['application/json', 'application/graphql', 'application/json; charset=utf-8']) {
      expect(await post(body, type)).toEqual(rejected);
    }
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(body);
        controller.close();
      },
    });
    expect(await post(stream)).toEqual(rejected);
  });

  it('in UTF-8 is read as it is written, with every sign that there is', async () => {
    const body = Buffer.from(JSON.stringify({ query: '{ word } # Pôle é \u{1f347} \ufffd' }));
    expect(await post(body)).toEqual([200, { word: 'word' }, null]);
  });

  it('may begin with a byte order mark, as some programs write it', async () => {
    const written: Readonly<Record<string, string>> = {
      'application/json': '{"query": "{ word }"}',
      'application/graphql+json': '{"query": "{ word }"}',
      'application/graphql': '{ word }',
    };
    for (const [type, text] of Object.entries(written)) {
      const body = Buffer.from(`\uFEFF${text}`);
      expect(await post(body, type), type).toEqual([200, { word: 'word' }, null]);
      const stream = new Blob([body.subarray(0, 2), body.subarray(2)]).stream();
      expect(await post(stream, type), type).toEqual([200, { word: 'word' }, null]);
    }
    const [status, code] = await post(Buffer.from('\uFEFF\uFEFF{"query": "{ word }"}'));
    expect([status, code]).toEqual([400, { code: 'BAD_REQUEST' }]);
  });

  it('that is said to be in another charset is rejected', async () => {
    const body = Buffer.from('{"query": "{ word }"}');
    for (const charset of ['iso-8859-1', '"UTF-16"', 'x']) {
      expect(await post(body, `application/json; charset=${charset}`)).toEqual([
        415,
        { code: 'UNSUPPORTED_MEDIA_TYPE' },
        expect.stringContaining('UTF-8'),
      ]);
    }
    for (const charset of ['utf-8', '"UTF-8"', 'utf8', 'us-ascii']) {
      expect(await post(body, `application/json; charset=${charset}`)).toEqual([200, { word: 'word' }, null]);
    }
  });
});

describe('a body that is compressed', () => {
  it('is rejected, and the answer says what to send', async () => {
    const body = gzipSync('{"query": "{ word }"}');
    for (const [encoding, sent] of [
      ['gzip', body],
      ['br', body],
      ['gzip', Buffer.from('{"query": "{ word }"}')],
    ] as const) {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      const response = await world().application.fetch('http://grappe.test/graphql', {
        method: 'POST',
        headers,
        body: sent,
      });
      const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
      expect([response.status, errors[0]!.extensions]).toEqual([415, { code: 'UNSUPPORTED_MEDIA_TYPE' }]);
      expect(errors[0]!.message).toBe(
        `The body's content encoding is "${encoding}": send it as it is, without compression.`,
      );
      expect(response.headers.get('accept-encoding')).toBe('identity');
    }
  });
});

describe('an address', () => {
  const ask = async (search: string): Promise<unknown[]> => {
    const response = await world().application.fetch(`http://grappe.test/graphql?${search}`);
    const { data, errors } = (await response.json()) as { data?: object; errors?: { extensions: object }[] };
    return [response.status, data ?? errors![0]!.extensions];
  };

  it('with a parameter twice is rejected: caches and proxies may take one, and we the other', async () => {
    for (const search of ['query={word}&query={other}', 'query={word}&variables={}&variables={}']) {
      expect(await ask(search)).toEqual([400, { code: 'BAD_REQUEST' }]);
    }
    expect(await ask('query={word}&utm=1&utm=2')).toEqual([200, { word: 'word' }]);
  });

  it('whose parameters are not UTF-8 is rejected', async () => {
    for (const bytes of ['P%F4le', '%C3', '%ED%A0%80', '%c0%af']) {
      expect(await ask(`query={word}%20%23${bytes}`)).toEqual([400, { code: 'BAD_REQUEST' }]);
    }
    for (const fine of ['P%C3%B4le', '%F0%9F%8D%87', '100%', '%zz']) {
      expect(await ask(`query={word}%20%23${fine}`)).toEqual([200, { word: 'word' }]);
    }
  });
});
