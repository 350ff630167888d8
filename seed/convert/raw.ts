import { join } from 'node:path';
import { readTable } from './table.ts';

/** A line of poles.csv or clusters.csv. */
export type RawNetwork = Record<
  | 'slug'
  | 'name'
  | 'former_names'
  | 'kind'
  | 'sector'
  | 'domain'
  | 'class'
  | 'regions'
  | 'departments'
  | 'seat_city'
  | 'label_year'
  | 'end_year'
  | 'website'
  | 'source_url',
  string
>;
/** A line of members.csv. */
export type RawMember = Record<
  'org_name' | 'org_type' | 'city' | 'department_code' | 'pole_or_cluster_slug' | 'role' | 'since' | 'source_url',
  string
>;
/** A line of projects.csv. */
export type RawProject = Record<
  'name' | 'pole_slugs' | 'partners' | 'start_year' | 'end_year' | 'funding' | 'source_url',
  string
>;
/** A line of partnerships.csv. */
export type RawPartnership = Record<'name' | 'slugs' | 'year' | 'type' | 'source_url', string>;
/** A line of successions.csv. */
export type RawSuccession = Record<'from_slug' | 'to_slug' | 'year' | 'type' | 'source_url', string>;
/** A line of poles_h2020_projects.csv. */
export type RawH2020 = Record<
  'slug' | 'project_rcn' | 'role' | 'project_start' | 'project_end' | 'n_participants',
  string
>;

/** The curated raw data, as they were gathered. */
export interface Raw {
  readonly poles: readonly RawNetwork[];
  readonly clusters: readonly RawNetwork[];
  /** The one line of clusters.csv that is no cluster but a research institute. */
  readonly institute: RawNetwork;
  readonly members: readonly RawMember[];
  readonly projects: readonly RawProject[];
  readonly partnerships: readonly RawPartnership[];
  readonly successions: readonly RawSuccession[];
  readonly notes: readonly Record<'slug' | 'note', string>[];
  readonly pics: readonly Record<'slug' | 'cordis_pic', string>[];
  readonly h2020: readonly RawH2020[];
}

export const INSTITUTE = 'irt-saint-exupery';

/** Reads the curated folder of the raw data. */
export async function readRaw(dataDir: string): Promise<Raw> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'curated', file));
  const clusters = await read<keyof RawNetwork>('clusters.csv');
  const institute = clusters.find(({ slug }) => slug === INSTITUTE);
  if (!institute) throw new Error(`clusters.csv has no line "${INSTITUTE}".`);
  return {
    poles: await read<keyof RawNetwork>('poles.csv'),
    clusters: clusters.filter((cluster) => cluster !== institute),
    institute,
    members: await read<keyof RawMember>('members.csv'),
    projects: await read<keyof RawProject>('projects.csv'),
    partnerships: await read<keyof RawPartnership>('partnerships.csv'),
    successions: await read<keyof RawSuccession>('successions.csv'),
    notes: await read<'slug' | 'note'>('poles_notes.csv'),
    pics: await read<'slug' | 'cordis_pic'>('poles_cordis_pic.csv'),
    h2020: await read<keyof RawH2020>('poles_h2020_projects.csv'),
  };
}

/** The entries of a raw list. */
export function listOf(written: string): string[] {
  return written
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
