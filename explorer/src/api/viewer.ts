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

/** Asks who this browser is: after a token was entered, and when the page is returned to from signing in. */
export async function askViewer(): Promise<void> {
  const answer = await ask(VIEWER, {}).catch(() => null);
  viewer.set(answer?.failure || !answer ? null : answer.data.viewer);
}

/** Whether somebody may record and correct. */
export const mayEdit = (who: Viewer | null): boolean => who?.role === 'EDITOR' || who?.role === 'ADMIN';
