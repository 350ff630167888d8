// Starts a Neo4j in the folder named, with a password and options of Java, says to the parent where it is, and waits to be killed.
import { startLocalNeo4j } from '../../src/neo4j-local.ts';

const [folder, password, ...javaOptions] = process.argv.slice(2);
const { uri, user, pid } = await startLocalNeo4j({ folder: folder!, password: password!, javaOptions });
process.send?.({ uri, user, pid });
