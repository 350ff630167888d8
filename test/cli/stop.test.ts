import { createServer } from 'node:net';
import { describe, expect, it, type TestContext } from 'vitest';
import { BoltStub } from '../support/bolt-stub.ts';
import { grappe, listening } from '../support/process.ts';

/** Milliseconds: the server's grace is ten seconds. */
const GRACE = 15_000;

/** A database of a test, which ends with it. */
async function stubOf({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<BoltStub> {
  const stub = await BoltStub.start();
  onTestFinished(() => stub.stop());
  return stub;
}

const environment = (uri: string) => ({ NEO4J_URI: uri, NEO4J_PASSWORD: 'of the stub', GRAPPE_SEED: 'curated' });
/** An address at which nothing listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `bolt://127.0.0.1:${address.port}`;
}

// All at once, since they wait most of the time.
describe.concurrent('SIGTERM ends a server', { timeout: 60_000 }, () => {
  it.for<[string, (stub: BoltStub) => Promise<string>]>([
    [
      'whose Neo4j accepts connections and does not answer',
      async (stub) => {
        stub.isSwallowing = true;
        return `bolt://${stub.address}`;
      },
    ],
    [
      'whose Neo4j falls silent while its schema is made',
      async (stub) => {
        stub.behave = (says, { fields }) => (says === 'RUN' && fields[0] !== 'RETURN 1' ? 'silent' : 'answer');
        return `neo4j://${stub.address}`;
      },
    ],
    ['whose Neo4j is not there', nowhere],
    [
      'whose password is wrong',
      async (stub) => {
        stub.password = 'another';
        return `bolt://${stub.address}`;
      },
    ],
  ])('%s', async ([, prepare], context) => {
    const { expect } = context;
    const uri = await prepare(await stubOf(context));
    const server = (await listening(grappe(['serve'], environment(uri))))!;
    const asked = Array.from({ length: 20 }, () => fetch(`${server.url}/graphql?query={poles{totalCount}}`));
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    const readyz = await fetch(`${server.url}/readyz`);
    expect(await readyz.json()).toEqual({ status: 'not ready', reason: 'DATABASE_UNAVAILABLE' });
    server.child.kill('SIGTERM');
    const late = setTimeout(() => server.child.kill('SIGKILL'), GRACE);
    expect(await server.ended, server.said()).toBe(0);
    clearTimeout(late);
  });

  it('and says once that the password is wrong, without a stack', async (context) => {
    const { expect } = context;
    const stub = await stubOf(context);
    stub.password = 'another';
    const server = (await listening(grappe(['serve'], environment(`bolt://${stub.address}`))))!;
    await expect.poll(() => server.said(), { timeout: 20_000 }).toContain('NEO4J_PASSWORD');
    // Several of the waits between tries.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    server.child.kill('SIGTERM');
    await server.ended;
    expect(server.said().match(/NEO4J_PASSWORD \(or/g)).toHaveLength(1);
    expect(server.said()).not.toMatch(/\n\s+at /);
    expect(server.said()).not.toContain('of the stub');
    expect(stub.count('LOGON')).toBe(1);
  });
});

describe('a command', () => {
  it('without a password ends at once, and says which setting is missing', async () => {
    const command = grappe(['check'], { NEO4J_URI: 'bolt://127.0.0.1:1' });
    expect(await command.ended).toBe(2);
    expect(command.said()).toContain('NEO4J_PASSWORD: ');
    expect(command.said()).not.toMatch(/\n\s+at /);
  });

  it('with a wrong password ends at once, and says so', async (context) => {
    const stub = await stubOf(context);
    stub.password = 'another';
    const command = grappe(['check'], environment(`bolt://${stub.address}`));
    expect(await command.ended).toBe(1);
    expect(command.said()).toContain('refuses the user "neo4j" or its password');
    expect(command.said()).not.toMatch(/\n\s+at /);
  });
});
