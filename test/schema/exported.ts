import { expect } from 'vitest';
import type { TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** Names that every format must escape in its own way, and sources with licences. */
export const exported = (): World =>
  new World()
    .organisation('A & <B> "Söhne"', { id: 'organisation/a' })
    .territory('territory/bretagne', { name: 'Bretagne', level: 'REGION' })
    .organisation('=HYPERLINK("http://example.org")', {
      ...{ id: 'organisation/b', kind: 'RESEARCH', territory: 'territory/bretagne' },
    })
    .organisation('C, d’Été 🚀', { id: 'organisation/c' })
    .organisation('Alone', { id: 'organisation/alone' })
    .partners('organisation/a', 'organisation/b', { kind: 'SUPPLY', since: '2008', until: '2009-05' })
    .partners('organisation/b', 'organisation/a', { kind: 'TRAINING', since: '2012' })
    .partners('organisation/alone', 'organisation/c', { kind: 'OTHER' })
    .source('source/register', {
      ...{ title: 'A register; with "quotes"', publisher: 'A ministry' },
      ...{ url: 'https://example.org/register', licence: 'Licence Ouverte 2.0' },
    })
    .source('source/unused', { title: 'Not of this part' })
    .partners('organisation/b', 'organisation/c', { kind: 'ALLIANCE', parties: 3, sources: 'source/register' });

/** A statement of RDF. */
export interface Quad {
  readonly subject: { readonly value: string };
  readonly predicate: { readonly value: string };
  readonly object: { readonly value: string };
}

/** A link to a file of everything that the graph holds. */
export async function linkOf(graph: TestGraph, format: string, more = ''): Promise<{ url: string; expiresAt: string }> {
  const { subgraph } = await graph.ask(
    `{ subgraph(select: {}) { export(format: ${format}, title: "A & B"${more}) { url expiresAt } } }`,
  );
  return subgraph.export;
}

/** That file. */
export async function fileOf(graph: TestGraph, format: string, more = ''): Promise<string> {
  const response = await graph.get((await linkOf(graph, format, more)).url);
  expect(response.status).toBe(200);
  return response.text();
}
