// Hand-written Cypher over node:http, as the driver's manual writes it: one statement per question.
//   node bench/servers/hand-written.ts executeQuery|autoCommit
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import neo4j from 'neo4j-driver';
import { namespacedText } from '../../src/graph/neo4j/namespace.ts';
import { WORKLOADS } from '../workloads/all.ts';
import { endWithParent, fromEnvironment } from './child.ts';

type Rows = Record<string, unknown>[];
type Ask = (text: string, values: Record<string, unknown>, writes: boolean) => Promise<Rows>;

const { uri, user, password, database } = fromEnvironment();
const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });

const executeQuery: Ask = async (text, values, writes) => {
  const routing = writes ? neo4j.routing.WRITE : neo4j.routing.READ;
  const { records } = await driver.executeQuery(text, values, { database, routing });
  return records.map((record) => record.toObject());
};

const autoCommit: Ask = async (text, values, writes) => {
  const session = driver.session({ database, defaultAccessMode: writes ? neo4j.session.WRITE : neo4j.session.READ });
  try {
    const { records } = await session.run(text, values);
    return records.map((record) => record.toObject());
  } finally {
    await session.close();
  }
};

const ask = process.argv[2] === 'autoCommit' ? autoCommit : executeQuery;
const questions = new Map(
  WORKLOADS.flatMap(({ id, cypher, writes }) =>
    cypher ? [[`/${id}`, { text: namespacedText(cypher.text), writes }]] : [],
  ),
);

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const server = createServer(async (request, response) => {
  const question = questions.get(request.url ?? '');
  if (!question) {
    response.writeHead(404).end();
    return;
  }
  try {
    const rows = await ask(question.text, await bodyOf(request), question.writes === true);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(rows));
  } catch (error) {
    response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
  }
});

await driver.verifyConnectivity({ database });
// Connections stay open while others have their turns.
server.keepAliveTimeout = 300_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
