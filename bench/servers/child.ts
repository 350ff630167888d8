/** Where the Neo4j is, as the benchmark tells its servers. */
export interface Neo4jAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export function fromEnvironment(): Neo4jAddress {
  const { NEO4J_URI = '', NEO4J_USER = '', NEO4J_PASSWORD = '', NEO4J_DATABASE = 'neo4j' } = process.env;
  return { uri: NEO4J_URI, user: NEO4J_USER, password: NEO4J_PASSWORD, database: NEO4J_DATABASE };
}

/** Ends this process when the benchmark does, however that ends: the pipe to it closes. */
export function endWithParent(): void {
  process.stdin.resume();
  process.stdin.on('close', () => process.exit());
}
