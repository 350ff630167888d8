// Opens the embedded store in the folder named, tells the parent when it holds it, and waits to be killed.
import { openEngine } from '../../src/graph/open.ts';

await openEngine({ engine: 'grafeo', folder: process.argv[2]! });
process.send?.('held');
