import type { Plugin } from 'graphql-yoga';

/** What a hook is called with: parts of the request and its answer, and functions that change them. */
type Payload = Readonly<Record<string, unknown>>;
type Hook = (payload: Payload) => unknown;
type Setter = (...values: readonly unknown[]) => void;

/** One round of hooks, and whether one of them has ended it. */
interface Turn {
  payload: Payload;
  isEnded: boolean;
}

/** How the hooks of one kind follow one another. */
interface Rules {
  /**
   * The payload with functions that also tell the turn. It is written as a literal: functions that are assigned to an object
   * later keep requests in memory until the next full garbage collection (measured in Node 24).
   */
  readonly own: (given: Payload, turn: Turn) => Payload;
  /** The hook that each may return, to be called later, and its rules. */
  readonly later?: { readonly name: string; readonly rules: Rules };
}

/** A function that replaces a part of the payload for the hooks that follow. */
const replacing =
  (given: Payload, turn: Turn, setter: string, part: string): Setter =>
  (...values) => {
    turn.payload = { ...turn.payload, [part]: values[0] };
    (given[setter] as Setter)(...values);
  };

/** A function after which no further hook is called. */
const ending =
  (given: Payload, turn: Turn, name: string): Setter =>
  (value) => {
    turn.isEnded = true;
    (given[name] as Setter)(value);
  };

/** The hooks that are called for each request, as Yoga calls them. */
const HOOKS: Readonly<Record<string, Rules>> = {
  onRequest: {
    own: (given, turn) => ({
      ...given,
      setRequest: replacing(given, turn, 'setRequest', 'request'),
      setRequestHandler: replacing(given, turn, 'setRequestHandler', 'requestHandler'),
      endResponse: ending(given, turn, 'endResponse'),
    }),
  },
  onRequestParse: {
    own: (given, turn) => ({
      ...given,
      setRequestParser: replacing(given, turn, 'setRequestParser', 'requestParser'),
      endResponse: ending(given, turn, 'endResponse'),
    }),
    later: {
      name: 'onRequestParseDone',
      rules: {
        own: (given, turn) => ({
          ...given,
          setRequestParserResult: replacing(given, turn, 'setRequestParserResult', 'requestParserResult'),
        }),
      },
    },
  },
  onParams: {
    own: (given, turn) => ({
      ...given,
      setParams: replacing(given, turn, 'setParams', 'params'),
      setParamsHandler: replacing(given, turn, 'setParamsHandler', 'paramsHandler'),
    }),
  },
  onExecute: {
    own: (given, turn) => ({
      ...given,
      setExecuteFn: replacing(given, turn, 'setExecuteFn', 'executeFn'),
      setResultAndStopExecution: ending(given, turn, 'setResultAndStopExecution'),
    }),
    later: {
      name: 'onExecuteDone',
      rules: { own: (given, turn) => ({ ...given, setResult: replacing(given, turn, 'setResult', 'result') }) },
    },
  },
  onResultProcess: {
    own: (given, turn) => ({
      ...given,
      setResult: replacing(given, turn, 'setResult', 'result'),
      setResultProcessor: replacing(given, turn, 'setResultProcessor', 'resultProcessor'),
    }),
  },
  onResponse: {
    own: (given, turn) => ({ ...given, setResponse: replacing(given, turn, 'setResponse', 'response') }),
  },
};

/** One hook that calls others in turn, and waits only for those that return a promise. */
function inTurn(hooks: readonly Hook[], { own, later }: Rules): Hook {
  return (given) => {
    const turn: Turn = { payload: given, isEnded: false };
    turn.payload = own(given, turn);
    const followUps: Hook[] = [];
    const add = (returned: unknown): void => {
      const followUp = later && (returned as Readonly<Record<string, Hook>> | undefined)?.[later.name];
      if (followUp) followUps.push(followUp);
    };
    const from = (first: number): unknown => {
      for (let at = first; at < hooks.length && !turn.isEnded; at++) {
        const returned = hooks[at]!(turn.payload);
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
