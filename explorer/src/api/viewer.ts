import { Store } from '../app/store.ts';
import { ask } from './ask.ts';
import { graphql, type ResultOf } from './graphql.ts';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      name
      role
    }
  }
`);

/** Who asks, and what they may do. */
export type Viewer = ResultOf<typeof VIEWER>['viewer'];

/** The viewer, as of the last time that the server was asked; null before. */
export const viewer = new Store<Viewer | null>(null);

/**
 * Asks who this browser is: after a token was entered, and when the page is returned to from signing in. False where there is no
 * answer; what was known stays then, so that no form is closed under its author.
 */
export async function askViewer(): Promise<boolean> {
  const answer = await ask(VIEWER, {});
  if (!answer.failure) viewer.set(answer.data.viewer);
  return !answer.failure;
}

/** Whether somebody may record and correct. */
export const mayEdit = (who: Viewer | null): boolean => who?.role === 'EDITOR' || who?.role === 'ADMIN';
