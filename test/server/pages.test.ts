import { Kind, parse, validate, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { examples } from '../../src/server/http/examples.ts';
import { withWrappedComments } from '../../src/server/http/graphiql.ts';
import { world } from './world.ts';

const page = (path: string, change = {}): Promise<Response> =>
  Promise.resolve(world(change).application.fetch(`http://grappe.test${path}`, { headers: { accept: 'text/html' } }));

describe('the page at /', () => {
  it('has the counts that the schema gives, and the ways on', async () => {
    const html = await (await page('/')).text();
    for (const list of ['poles', 'clusters', 'organisations', 'projects']) {
      expect(html).toContain(`<div><dt>${list}</dt><dd>95</dd></div>`);
    }
    for (const way of ['/graphql', '/livez', '/readyz']) expect(html).toContain(`href="${way}"`);
  });

  it('lets nothing run or load in it but its own style', async () => {
    const response = await page('/');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/<script|style=|https?:/);
  });

  it('does without its counts when the graph does not answer', async () => {
    const { schema, application } = world();
    schema.getQueryType()!.getFields().poles!.resolve = () => {
      throw new Error('away');
    };
    const html = await (await application.fetch('http://grappe.test/')).text();
    expect(html).toContain('its figures will be here when it does');
  });
});

describe('/livez', () => {
  const ask = async (path: string, method: string): Promise<Response> =>
    world().application.fetch(`http://grappe.test${path}`, { method });

  it.each(['GET', 'HEAD'])('answers %s', async (method) => {
    const answer = await ask('/livez', method);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('rejects %s', async (method) => {
    const answer = await ask('/livez', method);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['/nowhere/livez', '/nowhere?to=/livez'])('is not at %s', async (path) => {
    expect((await ask(path, 'GET')).status).toBe(404);
  });
});

describe('GraphiQL', () => {
  it('is served whole, and may speak to nobody else', async () => {
    const response = await page('/graphql');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*connect-src 'self'/);
    const html = await response.text();
    expect(html).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="?(?:https?:)?\/\//);
    for (const { query } of examples('reading')) {
      const shown = withWrappedComments(query);
      expect(html).toContain(JSON.stringify(shown).slice(1, 60));
      const comments = shown.split('\n').filter((line) => line.startsWith('#'));
      expect(comments.filter((line) => line.length > 50)).toEqual([]);
      expect(comments.map((line) => line.slice(2)).join(' ')).toBe(
        query
          .split('\n')
          .filter((line) => line.startsWith('#'))
          .map((line) => line.slice(2))
          .join(' '),
      );
    }
  });

  it('is not in the way of programs', async () => {
    const response = await world().application.fetch('http://grappe.test/graphql?query={word}');
    expect(await response.json()).toMatchObject({ data: { word: 'word' } });
  });
});

describe('the examples of GraphiQL', () => {
  it.each(examples('reading').map((tab) => [tab.title, tab] as const))(
    '%s: says what it shows and what the data lack, and is named',
    (_, { query, variables = {} }) => {
      const [shows, gap] = query.split('\n');
      expect(shows).toMatch(/^# .+\.$/);
      expect(gap).toMatch(/^# Gap: .+\.$/);
      const names: (string | undefined)[] = [];
      const used = new Set<string>();
      visit(parse(query), {
        OperationDefinition: ({ name }) => void names.push(name?.value),
        VariableDefinition: ({ variable }) => void used.add(variable.name.value),
      });
      expect(names).toEqual([expect.stringMatching(/^[A-Z]/)]);
      expect([...used].sort()).toEqual(Object.keys(variables).sort());
    },
  );

  it('show every mutation, each as the schema has it', () => {
    const shown = new Set<string>();
    for (const { title, query } of examples('editing')) {
      const document = parse(query);
      expect({ title, errors: validate(schema, document) }).toEqual({ title, errors: [] });
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        for (const field of definition.selectionSet.selections)
          if (field.kind === Kind.FIELD) shown.add(field.name.value);
      }
    }
    expect([...shown].sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
  });

  it('end, remove, merge and delete nothing that is there before they are run', () => {
    const takesAway = /End$|Remove$|Merge$|Delete$|Succeed$/;
    const named: string[] = [];
    for (const { query, variables = {} } of examples('editing')) {
      const all = Object.values(variables).flat().map(String);
      for (const definition of parse(query).definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const [field] = definition.selectionSet.selections;
        if (field?.kind !== Kind.FIELD || !takesAway.test(field.name.value)) continue;
        named.push(...all);
        visit(field, {
          ObjectField: ({ name, value }) => {
            if (name.value === 'from' && value.kind === Kind.STRING) named.push(value.value);
          },
        });
      }
    }
    expect(named.length).toBeGreaterThan(5);
    const ofExamples = /^\d+$|\/its-id$|\/another-record-of-it$|\/ailes-cie$/;
    expect(named.filter((id) => !ofExamples.test(id))).toEqual([]);
  });

  it('have names of their own', () => {
    expect(new Set(examples('reading').map(({ title }) => title)).size).toBe(examples('reading').length);
    expect(examples('reading').length).toBeGreaterThanOrEqual(6);
  });
});
