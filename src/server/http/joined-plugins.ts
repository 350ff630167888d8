import type { Plugin } from 'graphql-yoga';

/** What a hook is called with: parts of the request and its answer, and functions that change them. */
type Payload = Readonly<Record<string, unknown>>;
type Hook = (payload: Payload) => unknown;
type Setter = (...values: readonly unknown[]) => void;

/** How the hooks of one kind follow one another. */
interface Rules {
  /** The functions of the payload that replace a part of it for the hooks that follow, with the name of the part. */
  readonly replaces: Readonly<Record<string, string>>;
  /** The function of the payload after which no further hook is called. */
  readonly ends?: string;
  /** The hook that each may return, to be called later, and its rules. */
  readonly later?: { readonly name: string; readonly rules: Rules };
}

const AFTER_PARSING: Rules = { replaces: { setRequestParserResult: 'requestParserResult' } };
const AFTER_EXECUTION: Rules = { replaces: { setResult: 'result' } };

/** The hooks that are called for each request, as Yoga calls them. */
const HOOKS: Readonly<Record<string, Rules>> = {
  onRequest: { replaces: { setRequest: 'request', setRequestHandler: 'requestHandler' }, ends: 'endResponse' },
  onRequestParse: {
    replaces: { setRequestParser: 'requestParser' },
    ends: 'endResponse',
    later: { name: 'onRequestParseDone', rules: AFTER_PARSING },
  },
  onParams: { replaces: { setParams: 'params', setParamsHandler: 'paramsHandler' } },
  onExecute: {
    replaces: { setExecuteFn: 'executeFn' },
    ends: 'setResultAndStopExecution',
    later: { name: 'onExecuteDone', rules: AFTER_EXECUTION },
  },
  onResultProcess: { replaces: { setResult: 'result', setResultProcessor: 'resultProcessor' } },
  onResponse: { replaces: { setResponse: 'response' } },
};

/** One hook that calls others in turn, and waits only for those that return a promise. */
function inTurn(hooks: readonly Hook[], { replaces, ends, later }: Rules): Hook {
  const replaced = Object.entries(replaces);
  return (given) => {
    const payload: Record<string, unknown> = { ...given };
    let isEnded = false;
    for (const [setter, part] of replaced) {
      payload[setter] = (...values: readonly unknown[]) => {
        payload[part] = values[0];
        (given[setter] as Setter)(...values);
      };
    }
    if (ends !== undefined) {
      payload[ends] = (value: unknown) => {
        isEnded = true;
        (given[ends] as Setter)(value);
      };
    }
    const followUps: Hook[] = [];
    const add = (returned: unknown): void => {
      const followUp = later && (returned as Readonly<Record<string, Hook>> | undefined)?.[later.name];
      if (followUp) followUps.push(followUp);
    };
    const from = (first: number): unknown => {
      for (let at = first; at < hooks.length && !isEnded; at++) {
        const returned = hooks[at]!(payload);
        if (returned instanceof Promise) {
          return returned.then((value) => {
            add(value);
            return from(at + 1);
          });
        }
        add(returned);
      }
      return later && followUps.length > 0 ? { [later.name]: inTurn(followUps, later.rules) } : undefined;
    };
    return from(0);
  };
}

/**
 * The same plugins, whose hooks of a kind are called as one: Yoga makes several objects like promises for each call of a hook,
 * and a request passes sixty of them.
 *
 * @example createYoga({ schema, plugins: joinedPlugins([useBodyLimit(), useVariables()]) })
 */
export function joinedPlugins(plugins: readonly Plugin[]): Plugin[] {
  const joined: Record<string, Hook> = {};
  const rest: Record<string, unknown>[] = plugins.map((plugin) => ({ ...plugin }));
  for (const [name, rules] of Object.entries(HOOKS)) {
    const hooks = rest.flatMap((plugin) => (plugin[name] ? [plugin[name] as Hook] : []));
    joined[name] = inTurn(hooks, rules);
    for (const plugin of rest) delete plugin[name];
  }
  return [joined as Plugin, ...(rest as Plugin[])];
}
