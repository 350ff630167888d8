import { graphql } from '../api/graphql.ts';

/** What networks share, two by two and all together. */
export const COMPARISON = graphql(`
  query Comparison($ids: [ID!]!, $asOf: PartialDate) {
    compareNetworks(ids: $ids, asOf: $asOf) {
      memberOfAllCount
      networks {
        network {
          id
          name
        }
        memberCount
        onlyHereCount
      }
      pairs {
        a {
          id
          name
        }
        b {
          id
          name
        }
        commonCount
        jaccard
        bridgeCount
        common(first: 200) {
          id
          name
        }
        sharedTopics {
          id
          name
        }
        sharedTerritories {
          id
          name
        }
      }
    }
  }
`);

/** The partnerships between the members of two networks. */
export const BRIDGES = graphql(`
  query Bridges($ids: [ID!]!, $asOf: PartialDate) {
    compareNetworks(ids: $ids, asOf: $asOf) {
      pairs {
        bridges(first: 100) {
          id
          from {
            id
            name
          }
          to {
            id
            name
          }
          strength
          projectCount
          since
          until
        }
      }
    }
  }
`);

/** How large networks were at a date, and what they shared. */
export const COMPARISON_AT = graphql(`
  query ComparisonAt($ids: [ID!]!, $asOf: PartialDate!) {
    compareNetworks(ids: $ids, asOf: $asOf) {
      networks {
        memberCount
      }
      pairs {
        commonCount
      }
    }
  }
`);
