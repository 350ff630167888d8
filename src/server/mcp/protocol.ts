import manifest from '../../../package.json' with { type: 'json' };
import { type Call, objectOf, RPC, RpcError } from './json-rpc.ts';
import { errorResult, type ToolResult } from './tool-result.ts';
import type { Tool } from './tools.ts';

/** The versions of the Model Context Protocol that are spoken, the newest first. */
export const PROTOCOL_VERSIONS: readonly string[] = ['2025-11-25', '2025-06-18'];

const INSTRUCTIONS =
  'Grappe knows French innovation networks: poles (pôles de compétitivité), clusters, organisations, projects, partnerships. Find identifiers with find first. Facts have periods and sources: cite them. What no source ends counts as still valid; what is missing is unknown, not absent.';

/** What answers the calls: the tools, and who runs them. */
export interface Protocol {
  readonly tools: ReadonlyMap<string, Tool>;
  /** Runs a tool, whose arguments have been checked for names. */
  readonly run: (tool: Tool, given: Readonly<Record<string, unknown>>) => Promise<ToolResult>;
}

type Params = Readonly<Record<string, unknown>>;

function initialize({ protocolVersion }: Params): object {
  if (typeof protocolVersion !== 'string') throw new RpcError(RPC.params, 'initialize needs a protocolVersion.');
  return {
    protocolVersion: PROTOCOL_VERSIONS.includes(protocolVersion) ? protocolVersion : PROTOCOL_VERSIONS[0],
    capabilities: { tools: {} },
    serverInfo: { name: 'grappe', title: 'Grappe', version: manifest.version },
    instructions: INSTRUCTIONS,
  };
}

const listed = ({ name, description, inputSchema }: Tool): object => {
  return { name, description, inputSchema, annotations: { readOnlyHint: true } };
};

/** What is wrong with the names of arguments: GraphQL ignores unknown variables. Null where nothing is. */
function argumentProblem({ name, inputSchema }: Tool, given: Readonly<Record<string, unknown>>): string | null {
  const { properties = {}, required = [] } = inputSchema;
  const known = Object.keys(properties).join(', ');
  const unknown = Object.keys(given).find((argument) => !Object.hasOwn(properties, argument));
  if (unknown !== undefined)
    return `${name} has no argument ${JSON.stringify(unknown.slice(0, 100))}: it has ${known}.`;
  const missing = required.find((argument) => given[argument] == null);
  return missing === undefined ? null : `${name} needs ${missing}.`;
}

async function callTool({ tools, run }: Protocol, params: Params): Promise<ToolResult> {
  const { name } = params;
  const tool = typeof name === 'string' ? tools.get(name) : undefined;
  if (!tool) {
    throw new RpcError(RPC.params, `There is no such tool. There are: ${[...tools.keys()].join(', ')}.`);
  }
  const given = objectOf(params.arguments, 'arguments');
  const problem = argumentProblem(tool, given);
  return problem === null ? run(tool, given) : errorResult([{ code: 'BAD_USER_INPUT', message: problem }]);
}

/** The result of a call. Throws an RpcError for what the protocol does not allow. */
export async function answerCall({ method, params: given }: Call, protocol: Protocol): Promise<object> {
  const params = objectOf(given, 'params');
  switch (method) {
    case 'initialize':
      return initialize(params);
    case 'ping':
      return {};
    case 'tools/list':
      return { tools: [...protocol.tools.values()].map(listed) };
    case 'tools/call':
      return callTool(protocol, params);
    default:
      throw new RpcError(RPC.method, `This server has tools, and no method ${method.slice(0, 100)}.`);
  }
}
