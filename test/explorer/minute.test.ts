import { describe } from 'vitest';
import { engineUnderTest } from '../support/graph.ts';
import { changeTests } from './edit.ts';
import { chromium, startExplorer } from './explorer.ts';
import { testMinute } from './minute.ts';

// What of the explorer runs on both engines.
describe.skipIf(chromium === null)('the first minute in the explorer', () => {
  startExplorer();
  testMinute();
  // On the embedded engine explorer.test.ts has them.
  if (engineUnderTest === 'neo4j') describe('edits', changeTests);
});
