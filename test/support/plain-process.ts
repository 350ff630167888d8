import { graphql } from 'graphql';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import { type EngineSettings, openEngine } from '../../src/graph/open.ts';
import { SCHEMA_RULES } from '../../src/store/rules.ts';
import { importFolder } from '../../src/transfer/import.ts';
import { atOneInstant } from './one-instant.ts';

/**
 * A process that answers questions from a graph without any cache, each as if it had just started: nothing that one question
 * has read, and nothing that the process holds of the graph, is there for the next. It is told where the graph is by its
 * arguments, and the questions by messages.
 */
const { settings, folder } = JSON.parse(process.argv[2]!) as { settings: EngineSettings; folder: string | null };

const engine = await openEngine(settings);
if (folder !== null) {
  await engine.ensureSchema(SCHEMA_RULES);
  await importFolder(engine, folder, {});
  await atOneInstant(engine);
}

interface Asked {
  readonly id: number;
  readonly query: string;
}

async function answer({ query }: Asked): Promise<{ data: unknown; errors: string[] }> {
  // Orders of whole types are remembered by the engine's identity.
  const fresh = {
    description: engine.description,
    readsInOrder: engine.readsInOrder,
    seeksRelationships: engine.seeksRelationships,
    joins: engine.joins,
    isShared: engine.isShared,
    read: engine.read.bind(engine),
    write: engine.write.bind(engine),
    version: engine.version.bind(engine),
    ensureSchema: engine.ensureSchema.bind(engine),
    ping: engine.ping.bind(engine),
    close: engine.close.bind(engine),
  };
  const contextValue = createContext(createGraph(fresh), new AbortController().signal);
  const { data = null, errors = [] } = await graphql({
    schema,
    source: query,
    contextValue,
  });
  return { data, errors: errors.map(({ message }) => message) };
}

process.on('message', async (asked: Asked) => {
  process.send!({ id: asked.id, ...(await answer(asked)) });
});
process.on('disconnect', async () => {
  await engine.close();
  process.exit();
});
process.send!('ready');
