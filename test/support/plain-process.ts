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
 * has read, and nothing that the process has in memory of the graph, is there for the next. It learns where the graph is by its
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
  const contextValue = createContext(createGraph(engine), new AbortController().signal);
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
