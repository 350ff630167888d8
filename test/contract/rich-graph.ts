import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NodeType, RelationshipType } from '../../src/domain/vocabulary.ts';
import type { GraphTransaction } from '../../src/graph/engine.ts';
import type { Parameters, Statement } from '../../src/graph/statement.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { hearNotifications } from '../support/notifications.ts';
import { Reference } from '../support/reference.ts';
import type { Edge } from '../support/reference-graph.ts';
import { richWorld } from '../support/world-of-plan.ts';

const world = richWorld();

/** What the graph of these suites must answer. */
export const reference = new Reference(world);

/** The identifiers of all nodes of some types. */
export const idsOf = (...types: readonly NodeType[]): string[] => reference.all(...types).map((entry) => entry.node.id);
/** All relationships of a type. */
export const edges = (type: RelationshipType): Edge[] => reference.edges.filter((edge) => edge.type === type);
/** Texts in order, to be compared whatever order they came in. */
export const sorted = (texts: readonly string[]): string[] => [...texts].sort();
/** An identifier that no node has. */
export const STRANGER = 'organisation/nobody';

/** The graph of the engine under test on which a suite runs single statements: it is there during its tests. */
export function openRichGraph() {
  const { noted, heard } = hearNotifications();
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    await graph.import(world);
  });
  afterAll(async () => {
    await graph?.[Symbol.asyncDispose]();
    vi.restoreAllMocks();
  });

  return {
    read: <Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> =>
      graph.engine.read(statement, parameters),

    /** Runs statements in a transaction whose writes are looked at and then taken back. */
    async trying(work: (transaction: GraphTransaction) => Promise<void>): Promise<void> {
      const takenBack = new Error('taken back');
      const written = graph.engine.write(async (transaction) => {
        await work(transaction);
        throw takenBack;
      });
      await expect(written).rejects.toBe(takenBack);
    },

    /**
     * The last tests of a suite: that it has run every statement of some modules of store/, by their names; and that Neo4j
     * had nothing to note of its queries, of which there were more than a number.
     */
    describeCoverage(modules: Readonly<Record<string, object>>, queries: number): void {
      describe('all of them', () => {
        it.each(Object.entries(modules))('have run here: those of store/%s.ts', (_, module) => {
          const untried = new Set(statementsIn({ ...module })).difference(new Set(graph.engine.statements));
          expect([...untried]).toEqual([]);
        });

        it.runIf(engineUnderTest === 'neo4j')('leave no notification in Neo4j', async () => {
          expect(await heard()).toBeGreaterThan(queries);
          expect(noted).toEqual([]);
        });
      });
    },
  };
}

/** The names of the statements that something exports. */
function statementsIn(exported: unknown): string[] {
  if (typeof exported !== 'object' || exported === null) return [];
  // A fragment of a filter is no statement: its parameters are still to be numbered.
  if ('text' in exported && 'name' in exported)
    return String(exported.text).includes('#') ? [] : [String(exported.name)];
  return Object.values(exported).flatMap(statementsIn);
}
