// Starts a Neo4j in the folder named, sends its process id to the parent, and waits to be killed.
import { startLocalNeo4j } from '../../src/neo4j-local.ts';

const { pid } = await startLocalNeo4j({ folder: process.argv[2]! });
process.send?.(pid);
