import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphql } from 'graphql';
import { createContext } from '../schema/context.ts';
import { createGraph, type Graph } from '../schema/graph.ts';
import { schema } from '../schema/schema.ts';
import { openEngine } from '../src/graph/open.ts';
import { SCHEMA_RULES } from '../src/store/rules.ts';
import { seedWhenEmpty } from '../src/transfer/seed.ts';

/** The pages whose questions are answered: one by the full seed, the other by its curated part. */
export const ANALYSTS_PAGE = new URL('../docs/analysts.md', import.meta.url);
export const ORIGIN_PAGE = new URL('../docs/origin.md', import.meta.url);

/** A question of a page: its query, the answer that stands below it, and where both are. */
export interface Example {
  readonly title: string;
  readonly query: string;
  readonly answer: string | null;
}

const EXAMPLE =
  /^## (?<title>.+)\n(?<text>[^#]*?)```graphql\n(?<query>[\s\S]*?)```\n(?:\n```json\n(?<answer>[\s\S]*?)```\n)?/gm;

/** The worked examples of a page: each heading with a query, and its answer where there is one. */
export function examplesIn(page: string): Example[] {
  return [...page.matchAll(EXAMPLE)].map(({ groups }) => ({
    title: groups!.title!,
    query: groups!.query!,
    answer: groups!.answer ?? null,
  }));
}

/** An answer as pages show it: what is short stays on one line. */
export function shownAnswer(data: unknown, indent = ''): string {
  const flat = JSON.stringify(data, null, 1).replace(/\n\s*/g, ' ');
  if (flat.length + indent.length <= 110 || typeof data !== 'object' || data === null) return flat;
  const inner = `${indent}  `;
  const entries = Array.isArray(data)
    ? data.map((item) => inner + shownAnswer(item, inner))
    : Object.entries(data).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${shownAnswer(item, inner)}`);
  const [open, close] = Array.isArray(data) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

/** Answers an example from a graph. Throws if it has errors: a page shows only queries with an answer. */
export async function answerTo(graph: Graph, query: string): Promise<string> {
  const contextValue = createContext(graph, new AbortController().signal);
  const { data, errors } = await graphql({ schema, source: query, contextValue });
  if (errors) throw new AggregateError(errors, `${errors.map(({ message }) => message).join('\n')}\n${query}`);
  return `${shownAnswer(data)}\n`;
}

async function answerPage(url: URL, part: 'full' | 'curated', folder: string): Promise<void> {
  const engine = await openEngine({ engine: 'grafeo', folder });
  await engine.ensureSchema(SCHEMA_RULES);
  await seedWhenEmpty(engine, part);
  const graph = createGraph(engine, { snapshotBytes: 1_000_000_000 });
  await graph.names.prepare();
  await graph.snapshot!.load();
  let page = readFileSync(url, 'utf8');
  for (const { query, answer } of examplesIn(page)) {
    const question = `\`\`\`graphql\n${query}\`\`\`\n`;
    const before = answer === null ? question : `${question}\n\`\`\`json\n${answer}\`\`\`\n`;
    page = page.replace(before, () => `${question}\n\`\`\`json\n__ANSWER__\`\`\`\n`);
    const fresh = await answerTo(graph, query);
    page = page.replace('__ANSWER__', () => fresh);
  }
  writeFileSync(url, page);
  await engine.close();
}

/** `node scripts/answer-docs.ts FOLDER [origin]`: writes answers into the pages, or that one; both stores stay in FOLDER. */
async function main(folder: string, only?: string): Promise<void> {
  await answerPage(ORIGIN_PAGE, 'curated', join(folder, 'curated'));
  if (only !== 'origin') await answerPage(ANALYSTS_PAGE, 'full', join(folder, 'full'));
}

if (import.meta.main) await main(process.argv[2] ?? 'data', process.argv[3]);
