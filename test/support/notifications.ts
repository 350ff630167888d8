import neo4j, { type Driver, type Result, type Session } from 'neo4j-driver';
import { vi } from 'vitest';

/** A statement and what Neo4j noted about it: a warning, a hint, a piece of information. */
export interface Noted {
  readonly text: string;
  readonly code: string;
  readonly title: string;
}

/**
 * Listens to what Neo4j notes about every statement of the engines that are opened from now on, as the driver hears it:
 * the engine itself reports them to nobody. Call it before opening one.
 */
export function hearNotifications(): { readonly noted: readonly Noted[]; readonly heard: () => Promise<number> } {
  const noted: Noted[] = [];
  const results: Promise<void>[] = [];
  const listen = (target: { run(text: string, ...rest: never[]): Result }): void => {
    const run = target.run.bind(target);
    target.run = (text, ...rest) => {
      const result = run(text, ...rest);
      const { promise, resolve } = Promise.withResolvers<void>();
      results.push(promise);
      result.then(({ summary }) => {
        for (const { code, title } of summary.notifications) noted.push({ text, code: code ?? '', title: title ?? '' });
        resolve();
      }, resolve);
      return result;
    };
  };
  const open = neo4j.driver;
  vi.spyOn(neo4j, 'driver').mockImplementation((...settings): Driver => {
    const driver = open(...settings);
    const makeSession = driver.session.bind(driver);
    driver.session = (...how): Session => {
      const session = makeSession(...how);
      listen(session as never);
      const begin = session.beginTransaction.bind(session);
      session.beginTransaction = (...config) => {
        const transaction = begin(...config);
        // It can be awaited too: what that resolves to is what runs.
        void transaction.then((opened) => listen(opened as never));
        return transaction;
      };
      return session;
    };
    return driver;
  });
  return {
    noted,
    heard: async () => {
      await Promise.all(results);
      return results.length;
    },
  };
}
