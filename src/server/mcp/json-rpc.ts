/** The codes of JSON-RPC 2.0 for what is wrong with a message. */
export const RPC = { parse: -32_700, request: -32_600, method: -32_601, params: -32_602, internal: -32_603 } as const;

type Id = string | number;

/** A call that waits for an answer. */
export interface Call {
  readonly id: Id;
  readonly method: string;
  /** As they were sent: an object, if the call is right. */
  readonly params: unknown;
}

/** An error of the protocol, rather than of a tool. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of JSON, or an empty one where there is none. Throws an RpcError at anything else. */
export function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new RpcError(RPC.params, `${name} is not a JSON object.`);
  return value;
}

/** The call in a message; null for a notification or an answer, which wait for nothing. Throws an RpcError. */
export function readCall(text: string): Call | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new RpcError(RPC.parse, 'The body is not JSON.');
  }
  if (Array.isArray(message)) {
    throw new RpcError(RPC.request, 'Several messages in one request were dropped by MCP in 2025: send one at a time.');
  }
  if (!isObject(message) || message.jsonrpc !== '2.0') {
    throw new RpcError(RPC.request, 'The body is not a message of JSON-RPC 2.0.');
  }
  const { id, method, params } = message;
  if (method === undefined && ('result' in message || 'error' in message)) return null;
  if (typeof method !== 'string') throw new RpcError(RPC.request, 'The message has no method.');
  if (id === undefined) return null;
  if (typeof id !== 'string' && typeof id !== 'number') throw new RpcError(RPC.request, 'The id is no text or number.');
  return { id, method, params };
}

/** The answer to a call. */
export const resultMessage = (id: Id, result: object): object => ({ jsonrpc: '2.0', id, result });

/** The answer to a call that the protocol does not allow. */
export const errorMessage = (id: Id | null, { code, message }: RpcError): object => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});
