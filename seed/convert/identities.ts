import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readableId } from '../../src/domain/global-id.ts';
import { nodeTypeOf } from '../../src/domain/vocabulary.ts';

/** What a name that the raw data write stands for; without a reason it stands for itself. */
interface Identity {
  /** The organisation's name, or the identifier of a network of ours. */
  readonly name: string;
  readonly acronym: string;
  readonly reason: string;
}

type Line = Identity & { readonly written: string };

const path = join(import.meta.dirname, 'tables', 'identities.csv');
const lines = parse(readFileSync(path), { columns: true, trim: true }) as Line[];

/** Written names that are another spelling or an earlier name of an organisation, or hold more than a name. */
const IDENTITIES: ReadonlyMap<string, Identity> = new Map(lines.map(({ written, ...identity }) => [written, identity]));

/** Places that the raw data give are those of an establishment; these have their seat elsewhere. */
export const ESTABLISHMENTS: ReadonlySet<string> = new Set(['BorgWarner', 'CEA', 'ONERA', 'Robert Bosch', 'Sanofi']);

/** What a written name stands for. */
export function identityOf(written: string): Identity {
  return IDENTITIES.get(written) ?? { name: written, acronym: '', reason: '' };
}

/** Whether a written name is that of a network of ours. */
export function isNetwork(written: string): boolean {
  const type = nodeTypeOf(identityOf(written).name);
  return type === 'Pole' || type === 'Cluster';
}

/** The identifier of the actor that a written name means: an organisation, or a network that is a member of another. */
export function actorNamed(written: string): string {
  const { name } = identityOf(written);
  return isNetwork(written) ? name : readableId('organisation', name, []);
}
