import type { TadaDocumentNode } from 'gql.tada';
import { type SelectionValues, selectionOf } from '../selection/selection.ts';
import {
  NETWORKS_BY_TERRITORY,
  NETWORKS_IN,
  ORGANISATIONS_BY_TERRITORY,
  ORGANISATIONS_IN,
  PROJECTS_BY_TERRITORY,
  PROJECTS_IN,
  SELECTION_BY_TERRITORY,
  SELECTION_IN,
} from './queries.ts';

/** What a map may show. */
export const LAYERS = ['poles', 'clusters', 'organisations', 'projects', 'selection'] as const;
export type LayerName = (typeof LAYERS)[number];

/** Levels of territories, as the address names them, with the API's names. */
export const LEVELS = { region: 'REGION', departement: 'DEPARTMENT' } as const;
export type LevelName = keyof typeof LEVELS;

/** What is asked about: a layer, a year, a selection. */
export interface MapQuestion {
  readonly year: number | null;
  readonly selection: SelectionValues;
}

/** Number of entries by territory, and of all. */
export interface Counts {
  readonly total: number;
  readonly byTerritory: ReadonlyMap<string, number>;
}

/** An entry of the list beside the map. */
export interface Listed {
  readonly id: string;
  readonly name: string | null;
  readonly city?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly location?: { readonly latitude: number; readonly longitude: number } | null;
  readonly territory?: { readonly id: string; readonly name: string | null } | null;
}

/** A page of the list. */
export interface ListedPage {
  readonly total: number;
  readonly next: string | null;
  readonly entries: readonly Listed[];
}

/** A question to the API, and how its answer is read. */
export interface Question<Read> {
  // biome-ignore lint/suspicious/noExplicitAny: a document of any of the layers
  readonly document: TadaDocumentNode<any, any>;
  readonly variables: object;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of that document
  read(data: any): Read;
}

/** How the entries of a layer are counted and listed. */
export interface Layer {
  counts(level: LevelName, question: MapQuestion): Question<Counts>;
  list(
    territory: string | null,
    question: MapQuestion,
    page: { first: number; after: string | null },
  ): Question<ListedPage>;
}

interface Facets {
  readonly totalCount: number;
  readonly facets: { readonly territories: readonly { readonly value: string; readonly count: number }[] };
}

const counted = ({ totalCount, facets }: Facets): Counts => ({
  total: totalCount,
  byTerritory: new Map(facets.territories.map(({ value, count }) => [value, count])),
});

interface Connection {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Listed[];
}

const listed = ({ totalCount, pageInfo, nodes }: Connection): ListedPage => ({
  total: totalCount,
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  entries: nodes,
});

const dateOf = ({ year }: MapQuestion): string | null => (year === null ? null : String(year));

function networks(kind: 'POLE' | 'CLUSTER'): Layer {
  const filter = (question: MapQuestion, territory: string | null = null) => ({
    kind: [kind],
    activeAsOf: dateOf(question),
    locatedIn: territory === null ? null : [territory],
  });
  return {
    counts: (level, question) => ({
      document: NETWORKS_BY_TERRITORY,
      variables: { level: LEVELS[level], filter: filter(question), asOf: dateOf(question) },
      read: ({ networks }) => counted(networks),
    }),
    list: (territory, question, page) => ({
      document: NETWORKS_IN,
      variables: { filter: filter(question, territory), asOf: dateOf(question), ...page },
      read: ({ networks }) => listed(networks),
    }),
  };
}

const organisations: Layer = {
  counts: (level, question) => ({
    document: ORGANISATIONS_BY_TERRITORY,
    variables: { level: LEVELS[level], filter: { asOf: dateOf(question) }, asOf: dateOf(question) },
    read: ({ organisations: found }) => counted(found),
  }),
  list: (territory, question, page) => ({
    document: ORGANISATIONS_IN,
    variables: {
      filter: { asOf: dateOf(question), locatedIn: territory === null ? null : [territory] },
      asOf: dateOf(question),
      ...page,
    },
    read: ({ organisations: found }) => listed(found),
  }),
};

/** Projects by the year in which they started: no source says when most of them ended. */
const projects: Layer = {
  counts: (level, question) => ({
    document: PROJECTS_BY_TERRITORY,
    variables: { level: LEVELS[level], filter: startedIn(question), asOf: dateOf(question) },
    read: ({ projects: found }) => counted(found),
  }),
  list: (territory, question, page) => ({
    document: PROJECTS_IN,
    variables: { filter: { ...startedIn(question), locatedIn: territory === null ? null : [territory] }, ...page },
    read: ({ projects: found }) => listed(found),
  }),
};

function startedIn(question: MapQuestion) {
  const year = dateOf(question);
  return { startsIn: year === null ? null : { from: year, to: year } };
}

const selection: Layer = {
  counts: (level, { year, selection: values }) => ({
    document: SELECTION_BY_TERRITORY,
    variables: { level: LEVELS[level], select: selectionOf({ ...values, year }) },
    read: ({ subgraph }) => ({
      total: subgraph.nodeCount,
      byTerritory: new Map(
        subgraph.territories.map(({ value, count }: { value: string; count: number }) => [value, count]),
      ),
    }),
  }),
  list: (territory, question, page) => ({
    document: SELECTION_IN,
    variables: {
      select: selectionOf({ ...question.selection, year: question.year }, territory === null ? [] : [territory]),
      asOf: dateOf(question),
      ...page,
    },
    read: ({ subgraph }) => listed(subgraph.nodes),
  }),
};

/** The layers by name. */
export const LAYER: Readonly<Record<LayerName, Layer>> = {
  poles: networks('POLE'),
  clusters: networks('CLUSTER'),
  organisations,
  projects,
  selection,
};
