import type { GraphQLSchema } from 'graphql';
import { Dice, fieldsOf, HostileMaker, type Names, type Tree, textOf } from './documents.ts';
import type { Measure, Watch } from './watch.ts';

/** What no document may make a server do. */
export interface Bars {
  /** Processor time between two turns of its event loop. */
  readonly stretchMs: number;
  readonly grownMb: number;
  /** Processor time after the request's time is over. */
  readonly overrunMs: number;
  /** By the clock, where the machine does nothing else: until /livez answers, and until the request is answered. */
  readonly quiet: { readonly silenceMs: number; readonly ms: number };
}

/** A document, and what it did. */
export interface Finding {
  readonly text: string;
  readonly measure: Measure;
}

/** What documents are bred for, each by itself. */
const AIMS: readonly ((measure: Measure) => number)[] = [
  ({ processorMs }) => processorMs,
  ({ stretchMs }) => stretchMs,
  ({ grownMb }) => grownMb,
  ({ ms }) => ms,
];
/** Documents of each aim that others are made from. */
const BEST = 6;
/** Documents that are sent to find the smallest that is beyond a bar. */
const MOST_TRIES = 40;
/** Times that a document which is too costly is made smaller. */
const MOST_SMALLER = 6;

/** Whether a measure is beyond a bar. */
export function isBeyond(measure: Measure, { stretchMs, grownMb, overrunMs, quiet }: Bars): boolean {
  const isBroken = measure.status === 0 || measure.status >= 500 || measure.codes.includes('INTERNAL_SERVER_ERROR');
  if (isBroken || measure.stretchMs > stretchMs || measure.grownMb > grownMb || measure.overrunMs > overrunMs)
    return true;
  return measure.isQuiet && (measure.silenceMs > quiet.silenceMs || measure.ms > quiet.ms);
}

/** A search, as far as it has come. */
export interface Progress {
  readonly asked: number;
  readonly rejected: number;
  readonly worst: readonly Finding[];
  /** What was beyond a bar, and was so again each time. */
  readonly beyond: readonly Finding[];
}

/** How long a search goes on, and what it looks for. */
interface SearchOptions {
  readonly seed: number;
  readonly goesOn: (asked: number) => boolean;
  readonly bars: Bars;
  /** Called with each document beyond a bar when it is found: a search may take hours. */
  readonly onFinding: (finding: Finding) => void;
  /** Called after each document, with how many were asked, and how many of them were rejected. */
  readonly onAsked: (asked: number, rejected: number) => void;
}

/** Documents that were beyond a bar and whose fields are reported, so that others like them are left alone. */
interface Kind {
  readonly fields: ReadonlySet<string>;
  readonly finding: Finding;
}

/**
 * Searches for legal documents that make a server work, be silent, or grow: generated, sent, and bred from the worst. What is
 * beyond a bar is made as small as it can be.
 */
export async function searchHostile(
  schema: GraphQLSchema,
  names: Names,
  watch: Watch,
  { seed, goesOn, bars, onFinding, onAsked }: SearchOptions,
): Promise<Progress> {
  const dice = new Dice(seed);
  const maker = new HostileMaker(schema, names, dice);
  const best = AIMS.map(() => [] as { tree: Tree; finding: Finding; value: number }[]);
  const kinds: Kind[] = [];
  let asked = 0;
  let rejected = 0;
  const isKnown = (tree: Tree): boolean => kinds.some(({ fields }) => fields.isSubsetOf(fieldsOf(tree)));
  while (goesOn(asked)) {
    const pool = dice.of(best);
    let tree =
      pool.length === 0 || dice.maybe(35) ? maker.fresh() : maker.changed(dice.of(pool).tree, dice.of(pool).tree);
    if (isKnown(tree)) continue;
    let measure = await watch.measure(textOf(tree));
    for (let turn = 0; turn < MOST_SMALLER && measure.codes.includes('TOO_COSTLY'); turn++) {
      tree = maker.smaller(tree);
      measure = await watch.measure(textOf(tree));
    }
    asked++;
    if (measure.status !== 0 && !measure.isExecuted) rejected++;
    onAsked(asked, rejected);
    if (measure.status !== 0 && !measure.isExecuted) continue;
    measure = await measuredAgain(measure, textOf(tree));
    if (isBeyond(measure, bars)) {
      const smallest = await minimised(tree, measure);
      kinds.push({ fields: fieldsOf(smallest.tree), finding: smallest.finding });
      onFinding(smallest.finding);
      continue;
    }
    const finding = { text: textOf(tree), measure };
    for (const [place, aim] of AIMS.entries()) {
      const some = best[place]!;
      some.push({ tree, finding, value: aim(measure) });
      some.sort((a, b) => b.value - a.value).splice(BEST);
    }
  }
  return {
    asked,
    rejected,
    worst: best.flatMap((some) => some[0]?.finding ?? []),
    beyond: kinds.map(({ finding }) => finding),
  };

  /** The least of three measures: what happens to come together, as a collection of garbage, is no finding. */
  async function measuredAgain(first: Measure, text: string): Promise<Measure> {
    let measure = first;
    for (let again = 0; again < 2 && isBeyond(measure, bars); again++) {
      measure = leastOf(measure, await watch.measure(text));
    }
    return measure;
  }

  async function minimised(tree: Tree, found: Measure): Promise<{ tree: Tree; finding: Finding }> {
    let smallest = tree;
    let measure = found;
    for (let tries = 0, isSmaller = true; isSmaller && tries < MOST_TRIES; ) {
      isSmaller = false;
      for (const smaller of maker.without(smallest)) {
        // Each try may take as long as a request may: the end of the search does not wait for all of them.
        if (tries++ >= MOST_TRIES || !goesOn(asked - 1)) break;
        const its = await measuredAgain(await watch.measure(textOf(smaller)), textOf(smaller));
        if (!isBeyond(its, bars)) continue;
        smallest = smaller;
        measure = its;
        isSmaller = true;
        break;
      }
    }
    return { tree: smallest, finding: { text: textOf(smallest), measure } };
  }
}

function leastOf(one: Measure, other: Measure): Measure {
  return {
    ...other,
    ms: Math.min(one.ms, other.ms),
    processorMs: Math.min(one.processorMs, other.processorMs),
    overrunMs: Math.min(one.overrunMs, other.overrunMs),
    stretchMs: Math.min(one.stretchMs, other.stretchMs),
    silenceMs: Math.min(one.silenceMs, other.silenceMs),
    grownMb: Math.min(one.grownMb, other.grownMb),
    isQuiet: one.isQuiet && other.isQuiet,
  };
}
