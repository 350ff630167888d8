import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { removeMark } from '../../src/store/backup.ts';
import { writeMark } from '../../src/store/marks.ts';
import { DOCUMENT_MARK, RegisteredDocuments } from '../../src/store/registered-documents.ts';
import { emptyGraph } from '../support/graph.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

it('a document that was registered at one server is known to another, and the oldest go first', async () => {
  await using graph = await emptyGraph();
  const { engine } = graph;
  const [document, old] = ['{ poles { totalCount } }', '{ clusters { totalCount } }'];
  // As many as there may be, the first of which is the oldest.
  const marks = Array.from({ length: 500 }, (_, n) => `${DOCUMENT_MARK}${1_000 + n} ${hashOf(n === 0 ? old : `${n}`)}`);
  await engine.write(async (transaction) => {
    for (const id of marks) await transaction.run(writeMark, { id, value: old });
  });
  const [one, other] = [new RegisteredDocuments(engine), new RegisteredDocuments(engine)];
  expect(await other.find(hashOf(old))).toBe(old);
  expect(await other.find(hashOf(document))).toBeNull();
  one.add(hashOf(document), document);
  await expect.poll(() => other.find(hashOf(document))).toBe(document);
  expect(await other.find(hashOf(old))).toBeNull();
  expect(await other.find(hashOf('2'))).toBe(old);
  await engine.write(async (transaction) => {
    for (const id of marks) await transaction.run(removeMark, { id });
  });
});
