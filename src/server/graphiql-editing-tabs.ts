import type { GraphiqlTab } from './graphiql-tabs.ts';

/**
 * A worked example of every mutation, those of one task in one tab: GraphiQL asks which of them to run. They need a
 * token with the right to write, and do write; what they write about is in the seed.
 */
export const GRAPHIQL_EDITING_TABS: readonly GraphiqlTab[] = [
  {
    title: 'Who joined, who left',
    query: `# Writes: where it is written first, then who joined, what was wrong about it, and who left.
# The identifier of a membership is its id under the edge of the member. More in docs/editing.md.
mutation RecordASource {
  sourceCreate(input: { title: "Annuaire des membres 2026", publisher: "Aerospace Valley", publishedOn: "2026" }) {
    source {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectASource($id: ID!) {
  sourceUpdate(id: $id, input: { publishedOn: "2026-03" }) {
    source {
      publishedOn
    }
    problems {
      message
    }
  }
}

mutation SomebodyJoined {
  membershipStart(
    input: { member: "organisation/edf", network: "pole/aerospace-valley", since: "2024", sources: ["source/grappe-editorial"] }
  ) {
    membership {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectAMembership($id: ID!) {
  membershipUpdate(id: $id, input: { role: BOARD, roleLabel: "administrateur" }) {
    membership {
      role
    }
    problems {
      message
    }
  }
}

mutation SomebodyLeft($id: ID!) {
  membershipEnd(id: $id, on: "2025-06", sources: ["source/grappe-editorial"]) {
    membership {
      until
    }
    problems {
      message
    }
  }
}
`,
    variables: { id: 'membership/its-id' },
  },
  {
    title: 'Organisations, and merging them',
    query: `# Writes: a new organisation with the networks that it belongs to and its partners, a correction that notices when somebody was faster, two records that mean the same.
# Merging takes an ADMIN; the old identifier goes on finding the survivor.
mutation NewOrganisation {
  organisationCreate(
    input: {
      name: "Ailes & Cie"
      kind: COMPANY
      territory: "territory/commune-31555"
      memberships: [{ network: "pole/aerospace-valley", since: "2024" }]
      partnerships: [{ to: "organisation/edf", kind: SUPPLY, since: "2025" }]
      sources: ["source/grappe-editorial"]
    }
  ) {
    organisation {
      id
      version
    }
    memberships {
      id
    }
    partnerships {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectAnOrganisation($id: ID!, $version: Int) {
  organisationUpdate(id: $id, input: { acronym: "AC", expectedVersion: $version }) {
    organisation {
      acronym
      version
    }
    problems {
      code
      message
    }
  }
}

mutation MergeOrganisations($id: ID!, $others: [ID!]!) {
  organisationMerge(id: $id, others: $others) {
    organisation {
      aliases
      mergedFrom {
        id
        name
      }
    }
    problems {
      message
    }
  }
}
`,
    variables: { id: 'organisation/ailes-cie', version: 1, others: ['organisation/another-record-of-it'] },
  },
  {
    title: 'Networks and what they become',
    query: `# Writes: a new network, a correction, and a network that came out of another.
# A succession ends the former network and begins the new one, unless their dates are known already.
mutation NewNetwork {
  networkCreate(
    input: { type: CLUSTER, name: "Grappe d'exemple", since: "2026", covers: ["territory/region-occitanie"], sources: ["source/grappe-editorial"] }
  ) {
    network {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectANetwork {
  networkUpdate(id: "cluster/grappe-exemple", input: { description: "Un exemple." }) {
    network {
      description
    }
    problems {
      message
    }
  }
}

mutation OneCameOutOfAnother {
  networkSucceed(
    input: { from: "cluster/digital-113", to: "cluster/grappe-exemple", kind: RENAME, since: "2026", sources: ["source/grappe-editorial"] }
  ) {
    network {
      since
    }
    problems {
      message
    }
  }
}
`,
  },
  {
    title: 'Labels',
    query: `# Writes: a network receives a label for a term, what was wrong about it, and when it lost it.
# The identifier of a label is its id, as labels of a network show it.
mutation ReceivedALabel {
  labelStart(
    input: {
      network: "cluster/digital-113"
      label: "topic/label-grappe-d-entreprises"
      since: "2025"
      term: "2025-2028"
      sources: ["source/grappe-editorial"]
    }
  ) {
    label {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectALabel($id: ID!) {
  labelUpdate(id: $id, input: { conditions: "For two years." }) {
    label {
      conditions
    }
    problems {
      message
    }
  }
}

mutation LostALabel($id: ID!) {
  labelEnd(id: $id, on: "2026-12-31", sources: ["source/grappe-editorial"]) {
    label {
      until
    }
    problems {
      message
    }
  }
}
`,
    variables: { id: 'holdslabel/its-id' },
  },
  {
    title: 'Partnerships',
    query: `# Writes: two actors begin to work together, how, and until when.
# PROJECT partnerships cannot be written: they follow from who takes part in what.
mutation APartnershipBegan {
  partnershipStart(
    input: { from: "organisation/airbus", to: "organisation/edf", kind: SUPPLY, since: "2025", sources: ["source/grappe-editorial"] }
  ) {
    partnership {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectAPartnership($id: ID!) {
  partnershipUpdate(id: $id, input: { label: "Accord-cadre" }) {
    partnership {
      label
    }
    problems {
      message
    }
  }
}

mutation APartnershipEnded($id: ID!) {
  partnershipEnd(id: $id, on: "2026", sources: ["source/grappe-editorial"]) {
    partnership {
      until
    }
    problems {
      message
    }
  }
}
`,
    variables: { id: 'partnership/its-id' },
  },
  {
    title: 'Projects and who takes part',
    query: `# Writes: a project, its period, who takes part in it; the partnerships that follow change at once.
mutation NewProject {
  projectCreate(
    input: { name: "Projet d'exemple", start: "2025", labelledBy: ["pole/aerospace-valley"], sources: ["source/grappe-editorial"] }
  ) {
    project {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation CorrectAProject {
  projectUpdate(id: "project/projet-exemple", input: { end: "2028" }) {
    project {
      end
    }
    problems {
      message
    }
  }
}

mutation SomebodyTakesPart {
  participationAdd(
    input: { project: "project/projet-exemple", participant: "organisation/airbus", role: COORDINATOR, sources: ["source/grappe-editorial"] }
  ) {
    participation {
      id
    }
    problems {
      message
    }
  }
}

mutation SomebodyNeverTookPart($id: ID!) {
  participationRemove(id: $id) {
    deleted
    problems {
      message
    }
  }
}
`,
    variables: { id: 'participation/its-id' },
  },
  {
    title: 'Patents, production, figures, claims',
    query: `# Writes: what was invented, where it is made, what was counted, and what a source says of a field.
mutation NewPatent {
  patentCreate(
    input: { number: "FR0000000", filedOn: "2026-01", applicants: ["organisation/airbus"], sources: ["source/grappe-editorial"] }
  ) {
    patent {
      id
    }
    problems {
      code
      message
      path
    }
  }
}

mutation WhereItIsMade {
  productionRecord(
    input: { patent: "patent/fr0000000", territory: "territory/commune-31555", by: "organisation/airbus", sources: ["source/grappe-editorial"] }
  ) {
    patent {
      production {
        territory {
          name
        }
      }
    }
    problems {
      message
    }
  }
}

mutation AFigure {
  indicatorRecord(
    input: { about: "cluster/mecanic-vallee", measure: "companies", value: 200, from: "2026", sources: ["source/grappe-editorial"] }
  ) {
    indicator {
      value
      from
    }
    problems {
      message
    }
  }
}

mutation AClaim {
  claimRecord(
    input: { about: "cluster/mecanic-vallee", field: "since", value: "1998", note: "Année du SPL.", sources: ["source/grappe-editorial"] }
  ) {
    actor {
      claims {
        field
        value
      }
    }
    problems {
      message
    }
  }
}
`,
  },
  {
    title: 'Deleting a record',
    query: `# Writes: deletes what was recorded in error; rejected while anything refers to it, unless cascade is true. ADMIN only.
mutation Delete($id: ID!) {
  nodeDelete(id: $id, cascade: false) {
    deleted
    problems {
      code
      message
    }
  }
}
`,
    variables: { id: 'organisation/ailes-cie' },
  },
];
