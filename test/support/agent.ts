import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Application } from '../../src/server/http/application.ts';

/** What a tool returned, as the official client reads it. */
export interface CalledTool {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields that it expects
  readonly structured: any;
}

/** An agent: the client of the official SDK, connected by Streamable HTTP. */
export interface Agent {
  readonly client: Client;
  call(name: string, given?: Record<string, unknown>): Promise<CalledTool>;
}

/** Connects the client of the official SDK with an application, without a socket. */
export async function connectAgent(application: Application, headers: Record<string, string> = {}): Promise<Agent> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const fetch = (url: string | URL, init: RequestInit = {}): Promise<Response> =>
    Promise.resolve(
      application.fetch(String(url), { ...init, headers: Object.fromEntries(new Headers(init.headers)) }),
    );
  const transport = new StreamableHTTPClientTransport(new URL('http://grappe.test/mcp'), {
    fetch,
    requestInit: { headers },
  });
  // The SDK's own types do not agree under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return {
    client,
    async call(name, given = {}) {
      const { isError = false, content, structuredContent } = await client.callTool({ name, arguments: given });
      const [{ text }] = content as [{ text: string }];
      return { isError: isError === true, text, structured: structuredContent };
    },
  };
}
