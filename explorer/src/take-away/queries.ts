import { graphql } from '../api/graphql.ts';

/** What the graph stands on, those of most facts first. */
export const SOURCES = graphql(`
  query TakenSources {
    statistics {
      sources {
        label
        node {
          __typename
          ... on Source {
            licence
          }
        }
      }
    }
  }
`);

/** A link to a file of a part of the graph. */
export const EXPORT = graphql(`
  query TakenFile($select: GraphSelection!, $format: ExportFormat!, $title: String) {
    subgraph(select: $select) {
      export(format: $format, title: $title, rankings: [PAGE_RANK, DEGREE], positions: true) {
        url
        viewerUrl
      }
    }
  }
`);
