import { createSchema, createYoga, type Plugin } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import { joinedPlugins } from '../../src/server/http/joined-plugins.ts';

const schema = createSchema({
  typeDefs: 'type Query { word(of: String = "nobody"): String fails: String }',
  resolvers: {
    Query: {
      word: (_: unknown, { of }: { of: string }) => `a word of ${of}`,
      fails: () => {
        throw new Error('as it was asked to');
      },
    },
  },
});

/** Notes what happens, in its order. */
type Note = (line: string) => void;

/** Plugins that use all that a hook may do, at once or later; the same ones for each application. */
const pluginsOf = (note: Note): Plugin[] => [
  {
    onRequest({ url, endResponse, fetchAPI }) {
      note(`request ${url.pathname}`);
      if (url.pathname === '/ended') endResponse(new fetchAPI.Response('ended at once', { status: 201 }));
      if (url.pathname === '/thrown') throw new Error('in a hook of the request');
    },
    onRequestParse({ setRequestParser }) {
      note('parse');
      setRequestParser(async (request) => ({ query: await request.text() }));
      return { onRequestParseDone: ({ requestParserResult }) => note(`parsed ${JSON.stringify(requestParserResult)}`) };
    },
    onParams({ params, setParams }) {
      note(`params ${params.query}`);
      if (params.query?.includes('other')) setParams({ ...params, query: '{ word(of: "another") }' });
    },
    onExecute({ setExecuteFn, executeFn }) {
      note('execute');
      setExecuteFn(async (args) => {
        note('executing, outer');
        return executeFn(args);
      });
      return { onExecuteDone: ({ result }) => note(`executed ${JSON.stringify(result)}`) };
    },
    onResultProcess: ({ result }) => note(`result ${JSON.stringify(result)}`),
    onResponse: ({ response }) => note(`response ${response.status} ${response.headers.get('x-by')}`),
  },
  {
    async onRequest({ url, endResponse, fetchAPI, setRequestHandler, requestHandler }) {
      await null;
      note('request, later');
      if (url.pathname === '/later') endResponse(new fetchAPI.Response('ended later', { status: 202 }));
      setRequestHandler((...given) => {
        note('handler');
        return requestHandler(...given);
      });
    },
    async onRequestParse() {
      await null;
      return {
        onRequestParseDone({ requestParserResult, setRequestParserResult }) {
          if (Array.isArray(requestParserResult)) return;
          setRequestParserResult({ ...requestParserResult, operationName: 'Asked' });
        },
      };
    },
    async onParams({ params, setParamsHandler, paramsHandler }) {
      await null;
      note(`params, later ${params.query} ${params.operationName}`);
      setParamsHandler(async (payload) => {
        note('handler of params');
        return paramsHandler(payload);
      });
    },
    async onExecute({ args, executeFn, setExecuteFn, setResultAndStopExecution }) {
      await null;
      note('execute, later');
      const [definition] = args.document.definitions;
      const text = definition?.loc?.source.body ?? '';
      if (text.includes('stop')) return setResultAndStopExecution({ data: { stopped: true } });
      setExecuteFn((given) => {
        note('executing, inner');
        return executeFn(given);
      });
      return {
        onExecuteDone({ result, setResult }) {
          note('executed, later');
          if ('data' in result) setResult({ ...result, extensions: { isChanged: true } });
        },
      };
    },
    async onResultProcess({ result, setResult }) {
      await null;
      if (!Array.isArray(result) && 'data' in result) setResult({ ...result, extensions: { isProcessed: true } });
    },
    async onResponse({ response, setResponse, fetchAPI }) {
      const text = await response.text();
      const headers = { ...Object.fromEntries(response.headers), 'x-by': 'the second' };
      setResponse(new fetchAPI.Response(`${text} `, { status: response.status, headers }));
    },
  },
  {
    onRequest: () => note('request, last'),
    onRequestParse: () => ({ onRequestParseDone: () => note('parsed, last') }),
    onParams: ({ params }) => note(`params, last ${params.query} ${params.operationName}`),
    onExecute: () => note('execute, last'),
    onResultProcess: ({ result }) => note(`result, last ${JSON.stringify(result)}`),
    onResponse: ({ response }) => note(`response, last ${response.status} ${response.headers.get('x-by')}`),
  },
];

const REQUESTS = {
  'is answered': ['/graphql', '{ word(of: "a poet") }'],
  'fails in a resolver': ['/graphql', '{ fails word }'],
  'is not valid': ['/graphql', '{ words }'],
  'cannot be parsed': ['/graphql', '{'],
  'has its parameters replaced': ['/graphql', 'query Asked { other: word }'],
  'is stopped before it is executed': ['/graphql', 'query Asked { stop: word }'],
  'names its operation': ['/graphql', 'query Asked { word } query Other { word }'],
  'is ended at once': ['/ended', '{ word }'],
  'is ended later': ['/later', '{ word }'],
  'meets an error in a hook': ['/thrown', '{ word }'],
} as const;

async function answered(
  join: (plugins: Plugin[]) => Plugin[],
  [path, body]: readonly [string, string],
): Promise<string[]> {
  const lines: string[] = [];
  const plugins = join(pluginsOf((line) => void lines.push(line)));
  const yoga = createYoga({ schema, plugins, logging: false, graphqlEndpoint: '*' });
  try {
    const response = await yoga.fetch(`http://localhost${path}`, { method: 'POST', body });
    lines.push(`${response.status} ${response.headers.get('x-by')} ${await response.text()}`);
  } catch (error) {
    lines.push(String(error));
  }
  return lines;
}

describe('joined plugins', () => {
  it.each(Object.entries(REQUESTS))('do for a request that %s what they do one by one', async (_, request) => {
    const expected = await answered((plugins) => plugins, request);
    expect(expected.length).toBeGreaterThan(1);
    expect(await answered(joinedPlugins, request)).toEqual(expected);
  });
});
