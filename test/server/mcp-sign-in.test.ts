import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OAuthClientProvider, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import type { JwtSettings } from '../../src/config/jwt.ts';
import { jwtTokens } from '../../src/server/auth/jwt.ts';
import { type World, world } from './world.ts';

/** Where Grappe is, for its clients. */
const PUBLIC_URL = 'http://grappe.test';
const RESOURCE = `${PUBLIC_URL}/mcp`;
const REDIRECT = 'http://127.0.0.1:9/signed-in';

/** An identity provider that signs everybody in: discovery, registration, a code, a token, its keys. */
class Provider {
  readonly #server: Server;
  readonly #key = generateKeyPair('ES256');
  /** The resource that the token was asked for. */
  resource: string | null = null;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    let body = '';
    for await (const part of request) body += part;
    const json = (value: unknown): void =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const { privateKey, publicKey } = await this.#key;
    if (url.pathname === '/keys')
      return json({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] });
    if (url.pathname === '/.well-known/oauth-authorization-server') {
      return json({
        issuer: this.url,
        authorization_endpoint: `${this.url}/authorize`,
        token_endpoint: `${this.url}/token`,
        registration_endpoint: `${this.url}/register`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
      });
    }
    if (url.pathname === '/register') {
      response.statusCode = 201;
      return json({ ...JSON.parse(body), client_id: 'agent' });
    }
    if (url.pathname === '/authorize') {
      response.writeHead(302, { location: `${REDIRECT}?code=${url.searchParams.get('scope')}` }).end();
      return;
    }
    if (url.pathname === '/token') {
      const given = new URLSearchParams(body);
      this.resource = given.get('resource');
      const token = await new SignJWT({ scope: given.get('code')! })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(this.url)
        .setAudience(this.resource!)
        .setSubject('agent of Édith')
        .setExpirationTime('5m')
        .sign(privateKey);
      return json({ access_token: token, token_type: 'Bearer', expires_in: 300 });
    }
    response.writeHead(404).end();
  }
}

/** What an application with agents remembers of the sign-in of its user. */
class Memory implements OAuthClientProvider {
  readonly redirectUrl = REDIRECT;
  readonly clientMetadata = { client_name: 'test', redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' };
  opened: URL | null = null;
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = '';

  clientInformation = (): OAuthClientInformationMixed | undefined => this.#client;
  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.#client = client;
  }
  tokens = (): OAuthTokens | undefined => this.#tokens;
  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
  }
  redirectToAuthorization(url: URL): void {
    this.opened = url;
  }
  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }
  codeVerifier = (): string => this.#verifier;
}

let provider: Provider;
let graph: World;
beforeEach(async () => {
  provider = new Provider();
  await provider.listen();
  const jwt: JwtSettings = {
    ...{ jwksUrl: `${provider.url}/keys`, issuer: provider.url, audiences: [RESOURCE], algorithms: ['ES256'] },
    ...{ clockSkewS: 30, nameClaim: 'sub', rolesClaim: 'scope' },
    roles: { READER: 'graph.read', EDITOR: 'graph.edit', ADMIN: 'graph.admin' },
  };
  const tokens = jwtTokens(jwt, { logger: pino({ level: 'silent' }), otherwise: null });
  graph = world({ schema, jwt, tokens, publicRead: false, publicUrl: PUBLIC_URL });
});
afterEach(() => provider.close());

const answered = (path: string, init: RequestInit = {}): Promise<Response> =>
  Promise.resolve(graph.application.fetch(`${PUBLIC_URL}${path}`, init as never));

/** What the client of the SDK asks: Grappe without a socket, the provider by its own. */
const fetchBoth = (url: string | URL, init: RequestInit = {}): Promise<Response> => {
  if (!String(url).startsWith(`${PUBLIC_URL}/`)) return fetch(url, init);
  const headers = Object.fromEntries(new Headers(init.headers));
  return answered(new URL(url).pathname, { ...init, headers });
};

const newTransport = (authProvider: OAuthClientProvider): StreamableHTTPClientTransport =>
  new StreamableHTTPClientTransport(new URL(RESOURCE), { fetch: fetchBoth, authProvider });
const connected = async (transport: StreamableHTTPClientTransport): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1.0.0' });
  // The SDK's own types do not agree under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
};

describe('an agent without a token', () => {
  it('reads who gives one where the answer 401 says (RFC 9728)', async () => {
    const rejected = await answered('/mcp', { method: 'POST', headers: { 'content-type': 'application/json' } });
    const metadata = `${PUBLIC_URL}/.well-known/oauth-protected-resource/mcp`;
    expect([rejected.status, rejected.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer resource_metadata="${metadata}"`,
    ]);
    const said = await answered(new URL(metadata).pathname);
    expect([said.status, said.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await said.json()).toEqual({
      resource: RESOURCE,
      resource_name: 'Grappe',
      authorization_servers: [provider.url],
      bearer_methods_supported: ['header'],
      scopes_supported: ['graph.read'],
    });
  });

  it('is signed in by the client of the SDK, and asks with a token for this resource and the right to read', async () => {
    const memory = new Memory();
    const transport = newTransport(memory);
    await expect(connected(transport)).rejects.toThrow(UnauthorizedError);
    // The user agrees, in a browser.
    const { headers } = await fetch(memory.opened!, { redirect: 'manual' });
    await transport.finishAuth(new URL(headers.get('location')!).searchParams.get('code')!);
    expect(provider.resource).toBe(RESOURCE);
    const client = await connected(newTransport(memory));
    const { structuredContent } = await client.callTool({
      name: 'graphql',
      arguments: { query: '{ viewer { name role } }' },
    });
    expect(structuredContent).toMatchObject({ data: { viewer: { name: 'agent of Édith', role: 'READER' } } });
  });

  it('is described at the path of the public address, too, which a proxy may pass on', async () => {
    graph = world({ schema, jwt: graph.config.jwt!, publicRead: false, publicUrl: 'https://x.example/grappe' });
    for (const path of ['/mcp', '/grappe/mcp']) {
      const said = await answered(`/.well-known/oauth-protected-resource${path}`);
      expect(await said.json(), path).toMatchObject({ resource: 'https://x.example/grappe/mcp' });
    }
    const { headers } = await answered('/mcp', { method: 'POST' });
    expect(headers.get('www-authenticate')).toBe(
      'Bearer resource_metadata="https://x.example/.well-known/oauth-protected-resource/grappe/mcp"',
    );
  });

  it('hears nothing of a provider where there is none', async () => {
    graph = world({ schema, publicRead: false });
    expect((await answered('/.well-known/oauth-protected-resource/mcp')).status).toBe(404);
    const { headers } = await answered('/mcp', { method: 'POST' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });
});
