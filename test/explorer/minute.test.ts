import { describe } from 'vitest';
import { chromium, startExplorer } from './explorer.ts';
import { testMinute } from './minute.ts';

describe.skipIf(chromium === null)('the first minute in the explorer', () => {
  startExplorer();
  testMinute();
});
