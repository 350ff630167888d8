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
        roles
        since
        until
        node {
          id
          name
        }
        memberships {
          role
          roleLabel
          since
          until
          attestedOn
          sources {
            title
            url
          }
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
      nodes {
        measure
        value
        unit
        from
        sources {
          title
          publisher
        }
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
    query: `# How many poles were active in 2007 and in 2025, in which sectors.
# Gap: the year of about twenty labels was only inferred, and a pole whose end no source gives still counts as active.
query PolesThenAndNow($earlier: PartialDate!, $later: PartialDate!) {
  earlier: poles(filter: { activeAsOf: $earlier }) {
    ...BySector
  }
  later: poles(filter: { activeAsOf: $later }) {
    ...BySector
  }
}

fragment BySector on PolesConnection {
  totalCount
  facets {
    topics(scheme: SECTOR) {
      label
      count
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
  {
    title: 'Poles by sector and region',
    query: `# Where the poles are and what they are about: counts by sector and by région of the seat.
# Gap: the sectors are our own grouping, and a seat that matches no commune is in no région.
query PolesBySectorAndRegion {
  poles {
    totalCount
    facets {
      topics(scheme: SECTOR) {
        label
        count
      }
      territories(level: REGION) {
        label
        count
      }
      sinceYears {
        value
        count
      }
    }
  }
}
`,
  },
  {
    title: 'Who sits in two networks',
    query: `# Organisations that belong to both of two poles, and in which roles.
# Gap: members are those that a source names; the poles have several hundred each.
query WhoSitsInTwoNetworks($one: ID!, $other: ID!) {
  organisations(filter: { and: [{ memberOf: [$one] }, { memberOf: [$other] }] }) {
    totalCount
    nodes {
      name
      kind
      memberships {
        edges {
          roles
          node {
            name
          }
        }
      }
    }
  }
}
`,
    variables: { one: 'pole/images-et-reseaux', other: 'pole/pole-mer-bretagne-atlantique' },
  },
  {
    title: 'Networks without members known',
    query: `# Networks of which no source here names a member.
# Gap: this is a gap of the data, not of the networks.
query NetworksWithoutMembersKnown {
  networks(filter: { hasMembers: false }, first: 10, orderBy: { field: SINCE, direction: DESC }) {
    totalCount
    facets {
      actorKinds {
        label
        count
      }
    }
    nodes {
      id
      name
      since
    }
  }
}
`,
  },
  {
    title: 'Sources behind a fact',
    query: `# A membership as a fact of its own: its ends, its period, and each source that says so.
# Gap: sources were read as excerpts; the licence of a press article covers the reading of it, not its text.
query SourcesBehindAFact {
  pole(id: "pole/minalogic") {
    members(first: 2, role: [FOUNDER]) {
      edges {
        node {
          name
        }
        memberships {
          id
          role
          since
          sources {
            id
            title
            publisher
            url
            publishedOn
            licence
          }
        }
      }
    }
  }
}
`,
  },
  {
    title: 'A network before and after',
    query: `# Cancer-Bio-Santé as it was in 2016, and what it became: who was in it, where it worked, what succeeded it.
# Gap: most memberships have no dates: they count as holding for as long as the network lived.
query ANetworkBeforeAndAfter {
  before: pole(id: "pole/cancer-bio-sante") {
    since
    until
    isActive(asOf: "2016")
    covers(asOf: "2015") {
      name
    }
    members(asOf: "2016") {
      totalCount
      nodes {
        name
      }
    }
    successors {
      kind
      since
      to {
        ... on Network {
          id
          name
        }
      }
    }
  }
  after: pole(id: "pole/cancer-bio-sante") {
    isActive(asOf: "2020")
    members(asOf: "2020") {
      totalCount
    }
  }
}
`,
  },
  {
    title: 'Projects of a programme',
    query: `# Projects of one call, with who coordinates them.
# Gap: the ANR's file gives the year of the call, not when a project ended; titles are not in it.
query ProjectsOfAProgramme($programme: [String!]) {
  projects(filter: { programme: $programme, startsIn: { from: "2015", to: "2016" } }, first: 5) {
    totalCount
    nodes {
      name
      start
      programme
      participants(role: [COORDINATOR]) {
        nodes {
          name
        }
      }
    }
  }
}
`,
    variables: { programme: ['ANR CE14'] },
  },
  {
    title: 'A territory then and now',
    query: `# Midi-Pyrénées, a région that ended in 2015: its départements, what it is part of now, and who has a seat there.
# Gap: only seats that match exactly one commune are located.
query ATerritoryThenAndNow {
  territory(id: "territory/region-midi-pyrenees") {
    name
    until
    parts {
      nodes {
        name
        partOf(asOf: "2020") {
          name
        }
      }
    }
    actors(kind: [POLE, CLUSTER]) {
      totalCount
      nodes {
        name
      }
    }
    organisations: actors(kind: [ORGANISATION]) {
      totalCount
    }
  }
}
`,
  },
  {
    title: 'What is in the graph',
    query: `# Counts by type, relationship and source, and the period that is covered.
# Gap: what is missing here is not in the graph; loading says whether the first seed is still coming in.
query WhatIsInTheGraph {
  statistics {
    nodes {
      label
      count
    }
    relationships {
      label
      count
    }
    from
    to
    loading
  }
}
`,
  },
  {
    title: 'Search',
    query: `# A name however it is written: without accents, out of order, with a typing error, unfinished.
# Gap: what two words of one name are glued to is not opened: cybersecurity does not find cyber security.
query Search($text: String!) {
  search(text: $text, first: 5) {
    totalCount
    edges {
      score
      matchedFields
      node {
        __typename
        id
        ... on Actor {
          name
          city
        }
      }
    }
  }
}
`,
    variables: { text: 'valley areospace' },
  },
  {
    title: 'Shortest paths',
    query: `# How two organisations are linked, and through whom: each link with its period and its sources.
# Gap: a link that no source names is no link here; a shared network is weaker evidence than a common project.
query ShortestPaths {
  paths(from: "organisation/airbus", to: "organisation/pierre-fabre", count: 2, via: { maxLength: 4 }) {
    length
    nodes {
      id
      ... on Actor {
        name
      }
    }
    relationships {
      type
      since
      until
      sources {
        title
      }
    }
  }
}
`,
  },
  {
    title: 'Neighbourhood',
    query: `# Everything within two steps of a cluster, nearest first.
# Gap: hubs such as national ministries would join everything: avoidHubsOver leaves them out.
query Neighbourhood {
  neighbourhood(of: ["cluster/mecanic-vallee"], depth: 2, limit: 60, via: { avoidHubsOver: 500 }) {
    nodeCount
    relationshipCount
    truncated
    density
    nodes(first: 10) {
      nodes {
        __typename
        id
      }
    }
  }
}
`,
  },
  {
    title: 'Compare networks',
    query: `# Who is in both of two poles, who links them, and what they share.
# Gap: the overlap of the members that are known, which are few.
query CompareNetworks {
  compareNetworks(ids: ["pole/eurobiomed", "pole/lyonbiopole", "pole/cancer-bio-sante"]) {
    networks {
      network {
        name
      }
      memberCount
      onlyHereCount
    }
    pairs {
      a {
        name
      }
      b {
        name
      }
      commonCount
      jaccard
      bridgeCount
      sharedTopics {
        name
      }
    }
    memberOfAllCount
  }
}
`,
  },
  {
    title: 'What changed',
    query: `# What began and what ended among the networks between two dates.
# Gap: a change whose year no source gives is in no interval.
query WhatChanged($from: PartialDate!, $to: PartialDate!) {
  changes(from: $from, to: $to, types: [SUCCEEDED_BY], first: 10) {
    totalCount
    nodes {
      kind
      on
      subject {
        ... on Succession {
          kind
          from {
            id
          }
          to {
            id
          }
        }
      }
    }
  }
}
`,
    variables: { from: '2010', to: '2020' },
  },
  {
    title: 'Who should meet whom',
    query: `# Actors that are not yet partners but that common partners, projects, topics and territory point to.
# Gap: a suggestion is a count of common acquaintances (Adamic and Adar 2003), not a judgement.
query WhoShouldMeetWhom {
  organisation(by: { id: "organisation/irt-saint-exupery" }) {
    suggestedPartners(first: 5) {
      score
      actor {
        name
      }
      commonPartnerCount
      commonPartners {
        name
      }
      sameTerritory
    }
  }
}
`,
  },
  {
    title: 'Invented here, made here',
    query: `# Is what a pole patents produced on its territories? What is known, and what is not.
# Gap: no open source here names a patent: the share is null, which is not nought.
query InventedHereMadeHere {
  pole(id: "pole/aerospace-valley") {
    name
    productionLocality {
      patents
      known
      local
      elsewhere
      abroad
      localShare
    }
  }
  territory(id: "territory/fr") {
    claims(field: "productionLocality") {
      value
      note
      sources {
        title
      }
    }
  }
}
`,
  },
  {
    title: 'Probable duplicates',
    query: `# Pairs of records that probably mean the same organisation, surest first.
# Gap: some are right to be two: a laboratory and the university that bears its name.
query ProbableDuplicates {
  duplicateCandidates(first: 5) {
    score
    reasons
    a {
      id
      name
      city
    }
    b {
      id
      name
      city
    }
  }
}
`,
  },
];
