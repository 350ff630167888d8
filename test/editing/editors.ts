import type { Author } from '../../src/domain/role.ts';
import { createEditor, type EditAction, type EditArguments } from '../../src/editing/editor.ts';
import type { Outcome } from '../../src/editing/outcome.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import type { Answer, TestGraph } from '../support/graph.ts';
import { FIXTURE_SOURCE } from '../support/world.ts';

export const EDITOR: Author = { name: 'Édith', role: 'EDITOR' };
export const ADMIN: Author = { name: 'Adèle', role: 'ADMIN' };
export const SOURCES = [FIXTURE_SOURCE];

/** Runs a mutation below the API, in the name of an administrator. */
export async function edit(
  graph: { readonly engine: GraphEngine },
  action: EditAction,
  args: EditArguments,
): Promise<Pick<Outcome, 'id' | 'problems'>> {
  const { id, problems } = await createEditor(graph.engine, ADMIN.name)(action, args);
  return { id, problems };
}

/** Runs a mutation that must succeed, and returns the identifier of its record. */
export async function done(
  graph: { readonly engine: GraphEngine },
  action: EditAction,
  args: EditArguments,
): Promise<string> {
  const { id, problems } = await edit(graph, action, args);
  if (problems.length > 0 || id === null) throw new Error(`${action}: ${JSON.stringify(problems, null, 2)}`);
  return id;
}

/** The problems of a mutation that must not succeed, as `CODE path: message`. */
export async function rejected(
  graph: { readonly engine: GraphEngine },
  action: EditAction,
  args: EditArguments,
): Promise<string[]> {
  const { problems } = await edit(graph, action, args);
  return problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
}

/** Executes a document as one request of an author. */
export const requested = (
  graph: TestGraph,
  author: Author | null,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> => graph.answer(source, variables, author);

/** Runs a document of mutations through the API; none may fail. */
export async function mutated(graph: TestGraph, source: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await requested(graph, ADMIN, source, variables);
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  return data;
}
