// Opens the embedded store in the folder named, reports to the parent when it is open, and waits to be killed.
import { openEngine } from '../../src/graph/open.ts';

await openEngine({ engine: 'grafeo', folder: process.argv[2]! });
process.send?.('open');
