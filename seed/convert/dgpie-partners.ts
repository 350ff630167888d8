import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { partnerOf } from '../../src/transfer/connectors/anr.ts';
import { PARTNER } from '../../src/transfer/connectors/anr-lists.ts';
import type { Known, KnownOrganisations } from '../../src/transfer/connectors/known-organisations.ts';
import type { Partner } from '../../src/transfer/connectors/partners.ts';
import type { Line, PublishedCsv } from '../../src/transfer/connectors/published-csv.ts';
import { readPlace } from './anr-places.ts';

/** Delegations and centres of one body take part in its name: they are no organisations of their own. */
const BODIES: readonly [RegExp, string][] = [
  [/^CNRS\b/, 'organisation/cnrs'],
  [/^INSERM\b/, 'organisation/inserm'],
  [/^INRAE?\b/, 'organisation/inrae'],
  [/^INRIA(?:\b|_)/, 'organisation/inria'],
  [/^IRD\b/, 'organisation/ird'],
  [/^CIRAD\b/, 'organisation/cirad'],
  [/^CEA\b/, 'organisation/cea'],
  [/^IFSTTAR\b/, 'organisation/inrets'],
  [/^IFREMER\b/, 'organisation/ifremer'],
  [/^IRSTEA\b/, 'organisation/cemagref-irstea'],
];

/** Written names that are known organisations under another spelling, each with its reason; all were read. */
const NAMES = new Map(
  (
    parse(readFileSync(join(import.meta.dirname, 'tables', 'dgpie-names.csv')), { columns: true }) as Record<
      'written' | 'organisation' | 'reason',
      string
    >[]
  ).map(({ written, organisation }) => [written, organisation]),
);

/** The régions as the dump shortens them. */
const REGIONS: Readonly<Record<string, string>> = {
  'Nouvelle Aquitaine': 'Nouvelle-Aquitaine',
  'Hauts de France': 'Hauts-de-France',
};

/** The value that most lines give; of two as frequent the first. */
function most(values: readonly string[]): string {
  const counted = [...Map.groupBy(values, (value) => value)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? '';
}

/**
 * The organisation that a name of the list is, by the table, or by the body that it is a delegation of; null where neither
 * says. Throws where one of them is not known.
 */
export function identityOf(known: KnownOrganisations<Known>): (name: string) => string | null {
  const strange = [...NAMES.values(), ...BODIES.map(([, id]) => id)].filter((id) => !known.has(id));
  if (strange.length > 0) throw new Error(`No such organisation: ${strange.join(', ')}.`);
  return (name) => NAMES.get(name) ?? BODIES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * The partners of the list, each with the place and the category that most of its lines give: an organisation takes part from
 * many sites. Their communes are found by city and région.
 */
export async function readPlaces({ lines }: PublishedCsv): Promise<{
  readonly partnerOf: (line: Line) => Partner;
  readonly territoryOf: (name: string) => string | undefined;
}> {
  const seen: { readonly name: string; readonly region: string; readonly partner: Partner }[] = [];
  for await (const line of lines()) {
    seen.push({ name: line(PARTNER), region: line('Projet.Partenaire.Adresse.Region'), partner: partnerOf(line) });
  }
  const partners = new Map(
    [...Map.groupBy(seen, ({ name }) => name)].map(([name, mentions]) => {
      const region = most(mentions.map((mention) => mention.region));
      const city = most(mentions.map(({ partner }) => partner.city));
      const kinds = mentions.map(({ partner: { kind, more } }) => JSON.stringify({ kind, more }));
      // The dump gives France for the country of all: where the région is abroad, the country is unknown.
      const place = readPlace({ city, region: REGIONS[region] ?? region, country: 'France' });
      const partner: Partner = { name, city: place.city, numbers: {}, ...JSON.parse(most(kinds)) };
      return [name, { partner, territory: place.territory }];
    }),
  );
  return {
    partnerOf: (line) => partners.get(line(PARTNER))!.partner,
    territoryOf: (name) => partners.get(name)?.territory,
  };
}
