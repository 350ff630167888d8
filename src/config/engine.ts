import type { EngineSettings } from '../graph/open.ts';
import type { Reader } from './reader.ts';

const NEO4J_URI = /^(?:neo4j|bolt)(?:\+s|\+ssc)?:\/\/[^/\s]+/;

/** The embedded store of GRAPPE_DATA, or the Neo4j of NEO4J_URI. */
export function engineSettings(reader: Reader): EngineSettings {
  const folder = reader.text('GRAPPE_DATA') ?? './data';
  const uri = reader.text('NEO4J_URI');
  const user = reader.text('NEO4J_USER') ?? 'neo4j';
  const database = reader.text('NEO4J_DATABASE') ?? 'neo4j';
  const password = reader.secret('NEO4J_PASSWORD') ?? '';
  const shared = reader.flag('NEO4J_SHARED', false);
  if (uri === null) return { engine: 'grafeo', folder };
  if (!NEO4J_URI.test(uri)) {
    reader.addProblem(
      'NEO4J_URI',
      uri,
      'an address such as bolt://localhost:7687 or neo4j+s://graph.example.org is needed.',
    );
  }
  if (password === '' && reader.text('NEO4J_PASSWORD_FILE') === null) {
    const expected = 'the password of NEO4J_USER is needed, here or in a file that NEO4J_PASSWORD_FILE names.';
    reader.addProblem('NEO4J_PASSWORD', null, `${expected} A Neo4j without authentication takes any, such as "none".`);
  }
  return { engine: 'neo4j', uri, user, password, database, shared };
}
