// @neo4j/graphql on Yoga, over the graph that Grappe's import made.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { createYoga } from 'graphql-yoga';
import neo4j from 'neo4j-driver';
import { endWithParent, fromEnvironment } from './child.ts';
import { typeDefs } from './peer-schema.ts';

const { uri, user, password, database } = fromEnvironment();
const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
const range = { LT: true, GT: true, LTE: true, GTE: true };
// Dates and sort keys are texts here: without these it could not compare them.
const library = new Neo4jGraphQL({ typeDefs, driver, features: { filters: { String: range } } });
const schema = await library.getSchema();
const yoga = createYoga({
  schema,
  context: { sessionConfig: { database } },
  graphiql: false,
  landingPage: false,
  logging: false,
  maskedErrors: false,
});
const server = createServer(yoga);
await driver.verifyConnectivity({ database });
// Connections stay open while others have their turns.
server.keepAliveTimeout = 300_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
