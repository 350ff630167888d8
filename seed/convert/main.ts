import { join } from 'node:path';
import { convertAnr } from './anr.ts';
import { convertCurated } from './curated.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) {
  console.error('Which folder holds the raw data? npm run seed:convert -- <folder with curated/ and anr/>');
  process.exit(1);
}

const outDir = join(import.meta.dirname, '..', 'data');
await convertCurated(dataDir, outDir);
await convertAnr(dataDir, outDir);
