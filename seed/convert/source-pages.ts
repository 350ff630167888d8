import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { isPartialDate } from '../../src/domain/partial-date.ts';
import { hostOf, isCopy, originalOf } from './addresses.ts';
import type { Raw } from './raw.ts';

/** What a reference names of a page. */
export interface PageFacts {
  readonly title: string;
  readonly publisher: string;
  readonly date: string | undefined;
}

type Line = Record<'url' | 'title' | 'publisher' | 'date', string>;

/** Pages are the same whatever the scheme, www. and a slash at the end. */
export const pageKey = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/$/, '')
    .replace(/^([^/]*)\.\//, '$1/');

const path = join(import.meta.dirname, 'tables', 'source-titles.csv');
const titles = new Map(
  (parse(readFileSync(path), { columns: true, trim: true }) as Line[]).map((line) => [pageKey(line.url), line]),
);

/** Dates that a page does not show and that follow from what it says, each with its reason. */
const inferred = new Map(
  (
    parse(readFileSync(join(import.meta.dirname, 'tables', 'source-dates.csv')), { columns: true }) as Record<
      'url' | 'date' | 'reason',
      string
    >[]
  ).map(({ url, date }) => [pageKey(url), date]),
);

/** The line of the table for a page: by its address, or by what stands before a comma, where newspapers put a number. */
function lineOf(key: string): Line | undefined {
  return titles.get(key) ?? titles.get(key.replace(/,[^,/]*$/, ''));
}

/** The day that an address carries in its path, as newspapers write it there. */
function dayOf(url: string): string | undefined {
  const address = new URL(url).pathname;
  const match = /\/(\d{4})[/-](\d{2})[/-](\d{2})\//.exec(address) ?? /-(20\d{2})(\d{2})(\d{2})-/.exec(address);
  const day = match?.slice(1).join('-') ?? '';
  return isPartialDate(day) ? day : undefined;
}

/** A title as gathered: without what its reader remarked of it, but for what was left out of it. */
function tidyTitle(written: string): string {
  const [, described] = /^\((.*)\)$/.exec(written) ?? [];
  if (described) return `${described[0]!.toUpperCase()}${described.slice(1)} (titre non relevé)`;
  return written.replace(/ \(titre d'après l'adresse\)$/, '');
}

/** A publisher without the state or the copy that carried the document. */
function tidyPublisher(written: string): string {
  return written.replace(
    / \((?:via |sur )?(?:doczz|pressreader|scoop\.it|fdokumen|docplayer|docsbay|yumpu|law insider|canalblog|bordeaux7|miroir)\)/i,
    '',
  );
}

/** Of what several readers noted the commonest, of two as common the longest. */
function commonest(values: readonly string[]): string {
  const counted = [
    ...Map.groupBy(
      values.filter((value) => value !== ''),
      (value) => value,
    ),
  ];
  counted.sort(([a, as], [b, bs]) => bs.length - as.length || b.length - a.length);
  return counted[0]?.[0] ?? '';
}

/** Of several dates the most precise, of two as precise the commonest. */
function dateOf(dates: readonly string[]): string | undefined {
  const known = dates.filter(isPartialDate);
  const precision = Math.max(0, ...known.map((date) => date.length));
  return commonest(known.filter((date) => date.length === precision)) || undefined;
}

/** Title, publisher and date of each page, from the table or from what was gathered with its facts. Throws without a title. */
export function pageFacts({ gathered }: Raw): (url: string) => PageFacts {
  const rows = Object.values(gathered).flat() as Record<string, string>[];
  const seen = Map.groupBy(rows, ({ source_url }) => pageKey(originalOf(source_url!)));
  // One publisher has one name, however its readers wrote it.
  const byHost = new Map(
    [
      ...Map.groupBy(
        rows.filter(({ source_url }) => !isCopy(source_url!)),
        ({ source_url }) => hostOf(originalOf(source_url!)),
      ),
    ].map(
      ([host, ofHost]) =>
        [host, commonest(ofHost.map(({ source_publisher }) => tidyPublisher(source_publisher!)))] as const,
    ),
  );
  return (url) => {
    const key = pageKey(url);
    const line = lineOf(key);
    const noted = seen.get(key) ?? [];
    const title = line?.title ?? commonest(noted.map(({ source_title }) => tidyTitle(source_title!)));
    if (title === '') throw new Error(`No title is known of ${url}: add it to tables/source-titles.csv.`);
    return {
      title,
      publisher:
        byHost.get(hostOf(url)) ??
        line?.publisher ??
        tidyPublisher(commonest(noted.map(({ source_publisher }) => source_publisher!))),
      date: line?.date || dateOf(noted.map(({ source_date }) => source_date!)) || dayOf(url) || inferred.get(key),
    };
  };
}
