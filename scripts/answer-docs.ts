import { readFileSync, writeFileSync } from 'node:fs';
import { graphql } from 'graphql';
import { createContext } from '../schema/context.ts';
import { createGraph } from '../schema/graph.ts';
import { schema } from '../schema/schema.ts';
import type { GraphEngine } from '../src/graph/engine.ts';
import { openEngine } from '../src/graph/open.ts';
import { SCHEMA_RULES } from '../src/store/rules.ts';
import { seedWhenEmpty } from '../src/transfer/seed.ts';

/** The page whose questions are answered. */
export const ANALYSTS_PAGE = new URL('../docs/analysts.md', import.meta.url);

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

/** Asks an example of a graph. Throws when it is refused: a page shows questions that have an answer. */
export async function answerTo(engine: GraphEngine, query: string): Promise<string> {
  const contextValue = createContext(createGraph(engine), new AbortController().signal);
  const { data, errors } = await graphql({ schema, source: query, contextValue });
  if (errors) throw new AggregateError(errors, `${errors.map(({ message }) => message).join('\n')}\n${query}`);
  return `${shownAnswer(data)}\n`;
}

/** `node scripts/answer-docs.ts FOLDER`: writes the answers of the full seed, kept in FOLDER, into the page. */
async function main(folder: string): Promise<void> {
  const engine = await openEngine({ engine: 'grafeo', folder });
  await engine.ensureSchema(SCHEMA_RULES);
  await seedWhenEmpty(engine, 'full');
  let page = readFileSync(ANALYSTS_PAGE, 'utf8');
  for (const { query, answer } of examplesIn(page)) {
    const asked = `\`\`\`graphql\n${query}\`\`\`\n`;
    const before = answer === null ? asked : `${asked}\n\`\`\`json\n${answer}\`\`\`\n`;
    page = page.replace(before, () => `${asked}\n\`\`\`json\n__ANSWER__\`\`\`\n`);
    const fresh = await answerTo(engine, query);
    page = page.replace('__ANSWER__', () => fresh);
  }
  writeFileSync(ANALYSTS_PAGE, page);
  await engine.close();
}

if (import.meta.main) await main(process.argv[2] ?? 'data');
