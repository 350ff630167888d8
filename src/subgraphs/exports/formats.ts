import { edgesCsv, nodesCsv, relationshipsCsv, sourcesCsv } from './csv.ts';
import type { ExportDocument, Written } from './document.ts';
import { gexf } from './gexf.ts';
import { graphml } from './graphml.ts';
import { jsonLd } from './json-ld.ts';
import { nodeLinkJson } from './node-link-json.ts';
import { skgIf } from './skg-if.ts';
import { GEPHI_LITE, type Viewer, VOSVIEWER_ONLINE } from './viewers.ts';
import { vosviewer } from './vosviewer.ts';

/** A format in which a graph is written. */
interface Format {
  /** What a client asks for, in a sentence. */
  readonly description: string;
  /** The end of the file's name. */
  readonly ending: string;
  readonly contentType: string;
  /** The web application that opens such a file by its address. */
  readonly viewer: Viewer | null;
  /** Whether nodes have columns: communities, measures, positions. They are not computed for a format without. */
  readonly hasColumns: boolean;
  readonly write: (document: ExportDocument) => Written | Promise<Written>;
}

const PARQUET = 'application/vnd.apache.parquet';
/** Loaded at the first use: a start does without the library. */
const parquet = (): Promise<typeof import('./parquet.ts')> => import('./parquet.ts');
const CSV = 'text/csv; charset=utf-8';

/** Formats by name. */
export const EXPORT_FORMATS = {
  GEXF: {
    description: 'GEXF 1.3, for Gephi and Gephi Lite, with the periods of edges.',
    ending: '.gexf',
    contentType: 'application/gexf+xml; charset=utf-8',
    viewer: GEPHI_LITE,
    hasColumns: true,
    write: gexf,
  },
  GRAPHML: {
    description: 'GraphML, for igraph (R, Python), networkx, Cytoscape.',
    ending: '.graphml',
    contentType: 'application/graphml+xml; charset=utf-8',
    viewer: GEPHI_LITE,
    hasColumns: true,
    write: graphml,
  },
  NODES_CSV: {
    description: 'The nodes as CSV, with the columns Id and Label that Gephi reads.',
    ending: '-nodes.csv',
    contentType: CSV,
    viewer: null,
    hasColumns: true,
    write: nodesCsv,
  },
  EDGES_CSV: {
    description: 'The edges as CSV, with the columns Source, Target, Type, Id, Label, Weight that Gephi reads.',
    ending: '-edges.csv',
    contentType: CSV,
    viewer: null,
    hasColumns: false,
    write: edgesCsv,
  },
  RELATIONSHIPS_CSV: {
    description: 'Each relationship as a row of CSV: several may join the same two nodes.',
    ending: '-relationships.csv',
    contentType: CSV,
    viewer: null,
    hasColumns: false,
    write: relationshipsCsv,
  },
  SOURCES_CSV: {
    description:
      'The sources of the nodes and relationships as CSV, with licences: the other tables have no place for them.',
    ending: '-sources.csv',
    contentType: CSV,
    viewer: null,
    hasColumns: false,
    write: sourcesCsv,
  },
  NODES_PARQUET: {
    description: 'The nodes as Parquet, for R, Python, DuckDB.',
    ending: '-nodes.parquet',
    contentType: PARQUET,
    viewer: null,
    hasColumns: true,
    write: async (document) => (await parquet()).nodesParquet(document),
  },
  EDGES_PARQUET: {
    description: 'The edges as Parquet, for R, Python, DuckDB.',
    ending: '-edges.parquet',
    contentType: PARQUET,
    viewer: null,
    hasColumns: false,
    write: async (document) => (await parquet()).edgesParquet(document),
  },
  VOSVIEWER: {
    description: 'JSON for VOSviewer and VOSviewer Online.',
    ending: '.json',
    contentType: 'application/json; charset=utf-8',
    viewer: VOSVIEWER_ONLINE,
    hasColumns: true,
    write: vosviewer,
  },
  NODE_LINK_JSON: {
    description:
      'JSON of nodes and edges, for web pages and networkx (node_link_graph): with all periods of each edge.',
    ending: '-graph.json',
    contentType: 'application/json; charset=utf-8',
    viewer: null,
    hasColumns: true,
    write: nodeLinkJson,
  },
  JSON_LD: {
    description: 'JSON-LD 1.1 for RDF tools: W3C ORG, schema.org, SKOS.',
    ending: '.jsonld',
    contentType: 'application/ld+json; charset=utf-8',
    viewer: null,
    hasColumns: true,
    write: jsonLd,
  },
  SKG_IF: {
    description:
      'JSON-LD of the Scientific Knowledge Graphs Interoperability Framework (SKG-IF 1.1, RDA): actors as organisations, projects as grants, topics, sources.',
    ending: '-skg-if.jsonld',
    contentType: 'application/ld+json; charset=utf-8',
    viewer: null,
    hasColumns: false,
    write: skgIf,
  },
} as const satisfies Record<string, Format>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
