/** A worked example: GraphiQL shows it as a tab named after its operation. */
export interface GraphiqlTab {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * What a newcomer finds open: each says what it shows, and what the data do not tell. GraphiQL loses the variables of
 * the first, so that one has none.
 */
export const GRAPHIQL_TABS: readonly GraphiqlTab[] = [
  {
    title: 'Members of a pole',
    query: `# Who is in Aerospace Valley, in which role, since when, and which source says so.
# Gap: most sources name a member without a date: since is then null, and attestedOn has the days on which it was seen.
query MembersOfAPole {
  pole(id: "pole/aerospace-valley") {
    name
    since
    foundedOn
    territory {
      name
    }
    members(first: 20) {
      totalCount
      edges {
        role
        roleLabel
        since
        until
        attestedOn
        node {
          id
          name
        }
        sources {
          title
          url
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`,
  },
  {
    title: 'A cluster and its figures',
    query: `# Mecanic Vallée: what it is for, where it works, and the figures that were published about it.
# Gap: a figure is what its source counted on that date, not the number of members that the graph knows by name.
query AClusterAndItsFigures {
  cluster(id: "cluster/mecanic-vallee") {
    name
    description
    since
    covers {
      name
      level
    }
    indicators {
      measure
      value
      unit
      from
      sources {
        title
        publisher
      }
    }
    members(first: 5) {
      totalCount
      nodes {
        name
      }
    }
  }
}
`,
  },
  {
    title: 'Before and after a merger',
    query: `# Eurobiomed, the poles that it was made from, and which of them was active in which year.
# Gap: a label that ended without an announcement has no end: such a network counts as active, and says so by until: null.
query BeforeAndAfterAMerger {
  pole(id: "pole/eurobiomed") {
    name
    since
    isActive(asOf: "2016")
    predecessors {
      kind
      since
      from {
        ... on Network {
          id
          name
          since
          until
          activeIn2016: isActive(asOf: "2016")
          activeIn2020: isActive(asOf: "2020")
        }
      }
      sources {
        title
      }
    }
  }
}
`,
  },
  {
    title: 'Partners by common projects',
    query: `# With whom the CNRS takes part in projects, strongest ties first.
# Gap: only projects whose participants an open source names are counted; the same body may have several records there.
query PartnersByCommonProjects {
  organisation(by: { id: "organisation/cnrs" }) {
    name
    partners(kind: [PROJECT], orderBy: { field: STRENGTH, direction: DESC }, first: 15) {
      totalCount
      edges {
        projectCount
        strength
        since
        until
        node {
          id
          name
          city
        }
      }
    }
  }
}
`,
  },
  {
    title: 'Poles then and now',
    query: `# Which poles were active in 2007 and which in 2025, each with its sector.
# Gap: the year of about twenty labels was only inferred, and a pole whose end no source tells still counts as active.
query PolesThenAndNow($earlier: PartialDate!, $later: PartialDate!) {
  poles(first: 100) {
    totalCount
    nodes {
      name
      since
      until
      earlier: isActive(asOf: $earlier)
      later: isActive(asOf: $later)
      topics(scheme: SECTOR) {
        name
      }
    }
  }
}
`,
    variables: { earlier: '2007', later: '2025' },
  },
  {
    title: 'Where sources disagree',
    query: `# What each source says of a network where they differ, or where a value was only inferred.
# Gap: the preferred claim is what the field itself shows; where none is preferred the field is empty rather than guessed.
query WhereSourcesDisagree {
  network(id: "pole/eurobiomed") {
    name
    since
    claims {
      field
      value
      preferred
      inferred
      note
      sources {
        title
        publishedOn
      }
    }
  }
}
`,
  },
];
