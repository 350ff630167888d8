import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { RELEASED_SCHEMA_FILE } from '../../schema/print.ts';
import { schema } from '../../schema/schema.ts';

/** The part of a changelog that the next release takes. */
const unreleased = (changelog: string): string =>
  /^## Unreleased\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog)?.[1] ?? '';

/** What a breaking change concerns, as clients write it: `Pole`, `Pole.members`. */
function coordinateIn(description: string): string {
  const text = description.replace(/^(?:Type|A) /, '');
  return (/\b[A-Z]\w*\.\w+/.exec(text) ?? /@\w+|\b[A-Z]\w*/.exec(text))![0];
}

/** The breaking changes of a schema that the changelog does not announce by their coordinates. */
function unannounced(before: GraphQLSchema, now: GraphQLSchema, changelog: string): string[] {
  const announced = unreleased(changelog);
  const changes = findBreakingChanges(before, now).map(({ description }) => description);
  return changes.filter((description) => !announced.includes(`\`${coordinateIn(description)}\``));
}

const CHANGELOG = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

describe('a change of the API that breaks clients', () => {
  it('is announced in CHANGELOG.md by its coordinate, such as `Pole.members`', () => {
    const released = buildSchema(readFileSync(RELEASED_SCHEMA_FILE, 'utf8'));
    expect(unannounced(released, schema, CHANGELOG)).toEqual([]);
  });

  it.each([
    ['type Query { a: String b: Int }', ['Query.c was removed.']],
    ['type Query { a: Int b: Int c: T }', ['Query.a changed type from String to Int.']],
    ['type Query { a(x: Int!): String b: Int c: T }', ['A required arg x on Query.a was added.']],
    ['type Query { a: String c: T }', []],
  ])('is found, unless it is announced: %s', (query, found) => {
    const before = buildSchema('type Query { a: String b: Int c: T } type T { x: Int }');
    const now = buildSchema(`${query} type T { x: Int }`);
    expect(unannounced(before, now, '## Unreleased\n\n- `Query.b` is gone.\n\n## 1.0.0\n')).toEqual(found);
  });

  it('is announced in the part that is not released yet', () => {
    const [before, now] = [buildSchema('type Query { a: Int b: Int }'), buildSchema('type Query { a: Int }')];
    expect(unannounced(before, now, '## Unreleased\n\n## 1.0.0\n\n- `Query.b` is gone.\n')).toHaveLength(1);
    expect(unannounced(before, now, '## Unreleased\n\n- `Query.b` is gone.\n\n## 1.0.0\n')).toEqual([]);
  });
});
