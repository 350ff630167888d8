import { graphql } from '../api/graphql.ts';

/** How large a part of the graph is. */
export const SIZE = graphql(`
  query MeasuredSize($select: GraphSelection!) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      density
      isolatedCount
      components {
        count
        largestSize
      }
    }
  }
`);

const TELLING = graphql(`
  fragment Telling on TellingValue {
    value
    label
    share
    lift
  }
`);

/** Its communities, with what tells each of them. */
export const COMMUNITIES = graphql(
  `
    query MeasuredCommunities($select: GraphSelection!, $resolution: Float!, $seed: Int!, $first: Int!) {
      subgraph(select: $select) {
        communities(resolution: $resolution, seed: $seed) {
          count
          modularity
          communities(first: $first) {
            nodes {
              number
              name
              size
              topics(first: 4) {
                ...Telling
              }
              territories(first: 3) {
                ...Telling
              }
              kinds(first: 3) {
                ...Telling
              }
              members(first: 5) {
                nodes {
                  id
                  name
                }
              }
            }
          }
        }
      }
    }
  `,
  [TELLING],
);

/** Its nodes by a measure. */
export const RANKING = graphql(`
  query MeasuredRanking($select: GraphSelection!, $measure: RankingMeasure!, $first: Int!, $after: String) {
    subgraph(select: $select) {
      ranking(measure: $measure, first: $first, after: $after) {
        totalCount
        isExact
        sampleSize
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          rank
          value
          error
          node {
            id
            name
          }
        }
      }
    }
  }
`);

/** Its nodes between communities. */
export const BROKERS = graphql(`
  query MeasuredBrokers($select: GraphSelection!, $resolution: Float!, $seed: Int!, $first: Int!) {
    subgraph(select: $select) {
      brokers(first: $first, resolution: $resolution, seed: $seed) {
        totalCount
        isExact
        sampleSize
        edges {
          rank
          value
          error
          constraint
          community
          communityCount
          node {
            id
            name
          }
        }
      }
    }
  }
`);

/** Whether its nodes are joined with their like. */
export const LIKENESS = graphql(`
  query MeasuredLikeness($select: GraphSelection!) {
    subgraph(select: $select) {
      kind: assortativity(by: KIND) {
        coefficient
        knownShare
      }
      region: assortativity(by: REGION) {
        coefficient
        knownShare
      }
      sector: assortativity(by: SECTOR) {
        coefficient
        knownShare
      }
    }
  }
`);

/** The same conditions in one year after the other. */
export const SERIES = graphql(`
  query MeasuredSeries($select: GraphSelection!, $from: Int!, $to: Int!) {
    subgraph(select: $select) {
      series(from: $from, to: $to) {
        from
        subgraph {
          nodeCount
          edgeCount
          isolatedCount
          density
          components {
            count
            largestSize
          }
        }
      }
    }
  }
`);
