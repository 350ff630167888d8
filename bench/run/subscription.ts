import type { RunningServer } from './servers.ts';
import { quantile } from './statistics.ts';

/** How long after a change was sent a subscriber heard of it: milliseconds, median and 95th percentile. */
export interface Delay {
  readonly title: string;
  readonly p50: number;
  readonly p95: number;
}

const CHANGES = 40;
/** Longer than anybody should wait for an event. */
const PATIENCE_MS = 10_000;

const SUBSCRIPTION = 'subscription { graphChanged { sequence touched } }';
const CREATE = `mutation ($name: String!) {
  organisationCreate(input: { name: $name, kind: COMPANY, sources: ["source/bench-0"] }) {
    organisation { id } problems { message }
  }
}`;

const HEADERS = { 'content-type': 'application/json' };

/** Identifiers that changes touched, as server-sent events name them. */
async function* touchedIn(events: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of events) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: ?(.+)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      const event = data ? (JSON.parse(data) as { data?: { graphChanged: { touched: string[] } } }) : {};
      if (event.data) yield event.data.graphChanged.touched;
    }
  }
}

/** Changes the graph through one server and listens at another, or the same. */
async function delaysBetween(writer: RunningServer, listener: RunningServer): Promise<number[]> {
  const leaving = new AbortController();
  const { body } = await fetch(`${listener.url}/graphql`, {
    method: 'POST',
    headers: { ...HEADERS, accept: 'text/event-stream' },
    body: JSON.stringify({ query: SUBSCRIPTION }),
    signal: leaving.signal,
  });
  const heard = new Map<string, number>();
  const listening = (async () => {
    for await (const touched of touchedIn(body!)) for (const id of touched) heard.set(id, performance.now());
  })();
  const delays: number[] = [];
  try {
    for (let turn = 0; turn < CHANGES; turn++) {
      const begun = performance.now();
      const answer = await fetch(`${writer.url}/graphql`, {
        method: 'POST',
        headers: { ...HEADERS, accept: 'application/json', authorization: `Bearer ${writer.token}` },
        body: JSON.stringify({ query: CREATE, variables: { name: `Heard of ${writer.kind.id} ${turn} ${begun}` } }),
      });
      const { data } = (await answer.json()) as { data: { organisationCreate: { organisation: { id: string } } } };
      const { id } = data.organisationCreate.organisation;
      while (!heard.has(id)) {
        if (performance.now() - begun > PATIENCE_MS)
          throw new Error(`${id} came in no event within ${PATIENCE_MS} ms.`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      delays.push(heard.get(id)! - begun);
    }
    return delays;
  } finally {
    leaving.abort();
    await listening.catch(() => {});
  }
}

/** The delay of a subscription on each of Grappe's engines, and through two servers on one Neo4j where there are two. */
export async function subscriptionDelays(servers: readonly RunningServer[]): Promise<Delay[]> {
  const grappes = servers.filter(({ kind }) => kind.tongue === 'grappe');
  const onNeo4j = grappes.filter(({ kind }) => kind.engine === 'neo4j');
  const embedded = grappes.find(({ kind }) => kind.engine === 'embedded');
  const [one, other] = onNeo4j;
  const pairs: [title: string, writer: RunningServer | undefined, listener: RunningServer | undefined][] = [
    ['Neo4j, changed through the same server', one, one],
    ['Neo4j, changed through another server', one, other],
    ['embedded', embedded, embedded],
  ];
  const delays: Delay[] = [];
  for (const [title, writer, listener] of pairs) {
    if (!writer || !listener) continue;
    const taken = await delaysBetween(writer, listener);
    delays.push({ title, p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) });
  }
  return delays;
}
