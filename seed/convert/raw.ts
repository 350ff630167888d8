import { join } from 'node:path';
import { correctedNetworks, correctedSuccessions } from './corrections.ts';
import { grappeNetworks } from './grappes.ts';
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

/** The page that a fact was read on, as every file of facts/ names it. */
type Cited = 'source_url' | 'source_title' | 'source_publisher' | 'source_date';
/** A line of facts/facts.csv. */
export type RawFact = Record<'network' | 'field' | 'value' | 'from' | 'to' | 'confidence' | Cited, string>;
/** A line of facts/members.csv. */
export type RawAttestation = Record<
  'network' | 'organisation' | 'organisation_kind' | 'role' | 'since' | 'until' | 'attested_on' | 'confidence' | Cited,
  string
>;
/** A line of facts/labelled.csv. */
export type RawLabelled = Record<'network' | 'project' | 'organisations' | 'year' | Cited, string>;
/** A line of facts/descriptions.csv. */
export type RawDescription = Record<'network' | 'description_fr' | 'description_en' | Cited, string>;
/** A line of facts/datar.csv. */
export type RawGrappe = Record<
  'name' | 'year_of_selection' | 'city' | 'region_then' | 'sector' | 'confidence' | Cited,
  string
>;
/** A line of facts/claims.csv. */
export type RawClaim = Record<'about' | 'claim_fr' | 'confidence' | Cited, string>;

/** What was gathered later, fact by fact, each with its page. */
export interface Facts {
  readonly facts: readonly RawFact[];
  readonly members: readonly RawAttestation[];
  readonly labelled: readonly RawLabelled[];
  readonly descriptions: readonly RawDescription[];
  readonly grappes: readonly RawGrappe[];
  readonly claims: readonly RawClaim[];
}

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
  readonly gathered: Facts;
}

export const INSTITUTE = 'irt-saint-exupery';

async function readFacts(dataDir: string): Promise<Facts> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'facts', file));
  const added = await readTable<keyof RawFact>(join(import.meta.dirname, 'tables', 'facts-added.csv'));
  return {
    // Beside those that were gathered, what was found since on pages that they do not cite.
    facts: [...(await read<keyof RawFact>('facts.csv')), ...added],
    members: await read<keyof RawAttestation>('members.csv'),
    labelled: await read<keyof RawLabelled>('labelled.csv'),
    descriptions: await read<keyof RawDescription>('descriptions.csv'),
    grappes: await read<keyof RawGrappe>('datar.csv'),
    claims: await read<keyof RawClaim>('claims.csv'),
  };
}

/** Reads the curated data and the facts of the raw data, the list of networks put right by them. */
export async function readRaw(dataDir: string): Promise<Raw> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'curated', file));
  const inClusters = await read<keyof RawNetwork>('clusters.csv');
  const institute = inClusters.find(({ slug }) => slug === INSTITUTE);
  if (!institute) throw new Error(`clusters.csv has no line "${INSTITUTE}".`);
  const gathered = await readFacts(dataDir);
  const { poles, clusters } = correctedNetworks(
    await read<keyof RawNetwork>('poles.csv'),
    inClusters.filter((cluster) => cluster !== institute),
  );
  return {
    poles,
    clusters: [...clusters, ...grappeNetworks(gathered.grappes)],
    institute,
    members: await read<keyof RawMember>('members.csv'),
    projects: await read<keyof RawProject>('projects.csv'),
    partnerships: await read<keyof RawPartnership>('partnerships.csv'),
    successions: correctedSuccessions(await read<keyof RawSuccession>('successions.csv')),
    notes: await read<'slug' | 'note'>('poles_notes.csv'),
    pics: await read<'slug' | 'cordis_pic'>('poles_cordis_pic.csv'),
    h2020: await read<keyof RawH2020>('poles_h2020_projects.csv'),
    gathered,
  };
}

/** The entries of a raw list. */
export function listOf(written: string): string[] {
  return written
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
