import { join } from 'node:path';
import { convertAnr } from './anr.ts';
import { convertCurated } from './curated.ts';
import { convertDgpie } from './dgpie.ts';
import { joinOrganisations } from './joins.ts';
import { convertNamedAffiliations } from './named-affiliations.ts';
import { convertRor } from './ror.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) {
  console.error(
    'Which folder holds the raw data? npm run seed:convert -- <folder with curated/, facts/, anr/, dgpie/ and ror/>',
  );
  process.exit(1);
}

const outDir = join(import.meta.dirname, '..', 'data');
const curated = await convertCurated(dataDir, outDir);
const anr = await convertAnr(dataDir, outDir, curated);
await convertDgpie(dataDir, outDir, [...curated, ...anr.named]);
await joinOrganisations(dataDir, outDir);
await convertRor(dataDir, outDir);
await convertNamedAffiliations(outDir, anr.mentions);
