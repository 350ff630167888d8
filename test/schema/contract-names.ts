/**
 * The names that clients rely on, as the design of the API gives them: types with their fields, fields with their
 * arguments, enums with their values. PAGE stands for first, after, last and before. More may be there; none may go.
 */
export const CONTRACT = `
Node: id name
Actor: id name acronym aliases website identifiers territory(asOf) city topics(scheme) memberships(role asOf
  PAGE) partners(kind actorKind asOf orderBy PAGE) projects(asOf orderBy PAGE) suggestedPartners(asOf first)
  indicators(measure from to PAGE) claims(field) sources version history(first after) createdAt updatedAt
ActorKind: ORGANISATION POLE CLUSTER
OrganisationKind: COMPANY RESEARCH TRAINING PUBLIC_BODY ASSOCIATION OTHER UNKNOWN
OrganisationSize: MICRO SMALL MEDIUM LARGE
Organisation: kind public size affiliations(asOf PAGE) affiliated(kind asOf PAGE) patents(orderBy PAGE) mergedFrom
Affiliation: organisation parent version
MergeRecord: id name at by
Network: description(language) since until foundedOn dissolvedOn isActive(asOf) covers(asOf) members(actorKind
  organisationKind role locatedIn asOf orderBy PAGE) labelledProjects(asOf orderBy PAGE) predecessors successors
  labels(asOf) membersKnown(asOf) productionLocality(asOf)
Pole: rank
PoleRank: WORLD WORLD_VOCATION NATIONAL
Project: id name title acronym start end programme funding participantCount participants(role orderBy PAGE)
  labelledBy topics(scheme) patents sources version
Money: amount currency
Patent: id number title filedOn applicants projects production(asOf) sources version
Production: id territory by since until sources
ProductionLocality: patents known local elsewhere abroad localShare
TopicScheme: SECTOR MARKET TECHNOLOGY LABEL CONCEPT
Topic: id name prefLabel(language) altLabels definition(language) scheme broader narrower(PAGE) actors(kind PAGE)
  sources claims(field)
Language: FR EN
MembersKnown: recorded reported reportedOn note sources
TerritoryLevel: COUNTRY REGION DEPARTMENT COMMUNE OTHER
Territory: id name code level since until partOf(asOf) parts(asOf PAGE) actors(kind asOf PAGE) indicators(measure
  from to PAGE)
Source: id title publisher url publishedOn consultedOn cite licence
Identifier: scheme value
IdentifierScheme: SIREN RNSR ROR ISNI WIKIDATA CORDIS_PIC
Indicator: id about measure value unit from to note sources
Claim: field value preferred inferred note sources
Relationship: id type from to since until attestedOn validity(asOf) sources
Membership: role roleLabel writtenAs member network
MembershipRole: MEMBER FOUNDER BOARD PRESIDENCY FUNDER ASSOCIATE
Partnership: kind label projects(asOf first) projectCount strength
PartnershipKind: PROJECT SUPPLY DISTRIBUTION LOGISTICS TRAINING CONVENTION CHARTER ALLIANCE OTHER
Participation: role participant project
ParticipationRole: COORDINATOR PARTNER
Succession: kind
SuccessionKind: MERGE RENAME SPLIT ABSORPTION FEDERATION
Label: topic network term conditions version
Link: id type from to since until attestedOn sources
RelationshipType: MEMBER_OF PARTNERS_WITH PARTICIPATES_IN AFFILIATED_WITH SUCCEEDED_BY HOLDS_LABEL LABELS LOCATED_IN COVERS ABOUT
  FILED RESULTED_IN PRODUCED_AT PART_OF BROADER
PageInfo: hasNextPage hasPreviousPage startCursor endCursor
MembersConnection: edges nodes pageInfo totalCount facets
MembersEdge: cursor node roles since until memberships
MembershipsEdge: cursor node roles since until memberships
AffiliationsEdge: cursor node since until affiliations
AffiliatedEdge: cursor node since until affiliations
PartnersConnection: edges nodes pageInfo totalCount facets
PartnersEdge: cursor node kinds projectCount strength since until partnerships
ParticipantsEdge: cursor node roles since until participations
ActorProjectsEdge: cursor node roles since until participations
SearchEdge: cursor node score matchedFields
ActorFacets: actorKinds organisationKinds topics(scheme first) territories(level first) affiliations(first) sinceYears
Facet: value label node count
Query: node(id) nodes(ids) actor(id by) organisation(id by) pole(id) cluster(id) network(id) project(id) patent(id)
  territory(id) topic(id) source(id) organisations(filter orderBy PAGE) networks(filter orderBy PAGE)
  poles(filter orderBy PAGE) clusters(filter orderBy PAGE) projects(filter orderBy PAGE) topics(scheme PAGE)
  territories(level asOf PAGE) search(text types first after) shortestPath(from to via) paths(from to count via)
  neighbourhood(of depth limit via) compareNetworks(ids asOf) changes(from to networks types PAGE)
  duplicateCandidates(first) statistics changesSince(sequence first) viewer
ActorRef: id siren rnsr ror isni wikidata cordisPic
SearchType: ORGANISATION POLE CLUSTER PROJECT TOPIC TERRITORY
OrganisationFilter: and or not kind public size nameContains nameStartsWith memberOf partnerOf
  includeAffiliated affiliatedWith topic locatedIn near
  partnerCount projectCount hasIdentifier sourcedBy asOf
NetworkFilter: and or not kind nameContains nameStartsWith topic covers locatedIn near rank hasMembers memberCount startsIn endsIn
  label activeAsOf includeUndated sourcedBy
NetworksConnection: edges nodes pageInfo totalCount undatedCount facets
PolesConnection: undatedCount
ClustersConnection: undatedCount
ProjectFilter: and or not nameContains programme participant includeAffiliated labelledBy locatedIn topic startsIn sourcedBy
NearInput: latitude longitude km
IntRange: min max
PeriodInput: from to
SortDirection: ASC DESC
OrganisationOrder: field direction
OrganisationOrderField: NAME DISTANCE PARTNER_COUNT PROJECT_COUNT CREATED_AT
NetworkOrder: field direction
NetworkOrderField: NAME DISTANCE SINCE MEMBER_COUNT
ProjectOrder: field direction
ProjectOrderField: NAME START FUNDING
PartnerOrder: field direction
PartnerOrderField: NAME STRENGTH PROJECT_COUNT SINCE
MemberOrder: field direction
MemberOrderField: NAME SINCE PARTNER_COUNT
ParticipantOrder: field direction
ParticipantOrderField: NAME ROLE
PatentOrder: field direction
PatentOrderField: FILED_ON NUMBER
TraversalInput: relationships partnershipKinds asOf maxLength avoidHubsOver avoid
Path: length nodes relationships
Subgraph: nodeCount relationshipCount truncated nodes(PAGE) relationships(PAGE) density
NetworkComparison: networks pairs memberOfAll memberOfAllCount
ComparedNetwork: network memberCount onlyHereCount
NetworkPair: a b commonCount jaccard common(first) bridges(first) bridgeCount sharedTopics sharedTerritories
WorldChangesConnection: edges nodes pageInfo totalCount
WorldChangesEdge: cursor node
WorldChangeKind: BEGAN ENDED
WorldChange: kind on subject
PartnerSuggestion: actor score commonPartners(first) commonPartnerCount commonProjectNeighbours sharedTopics
  sameTerritory
DuplicateCandidate: a b score reasons
GraphStatistics: version nodes relationships sources from to lastChange loading
Mutation: organisationCreate(input) organisationUpdate(id input) organisationMerge(id others)
  networkCreate(input) networkUpdate(id input) networkSucceed(input) membershipStart(input) membershipUpdate(id
  input) membershipEnd(id on sources) affiliationStart(input) affiliationUpdate(id input) affiliationEnd(id on sources)
  labelStart(input) labelUpdate(id input) labelEnd(id on sources)
  partnershipStart(input) partnershipUpdate(id input) partnershipEnd(id on
  sources) projectCreate(input) projectUpdate(id input) participationAdd(input) participationRemove(id)
  patentCreate(input) productionRecord(input) indicatorRecord(input) claimRecord(input) sourceCreate(input)
  sourceUpdate(id input) nodeDelete(id cascade)
OrganisationCreateInput: name kind acronym aliases website territory city latitude longitude topics siren rnsr ror isni
  wikidata cordisPic public size foundedOn sources idempotencyKey
MembershipStartInput: member network role roleLabel writtenAs since until attestedOn sources idempotencyKey
AffiliationStartInput: organisation parent since until attestedOn sources idempotencyKey
LabelStartInput: network label since until attestedOn term conditions sources idempotencyKey
PartnershipStartInput: from to kind label since until attestedOn sources idempotencyKey
ParticipationAddInput: project participant role sources idempotencyKey
Problem: code message path
ProblemCode: INVALID NOT_FOUND TAKEN IN_USE CONFLICT
ChangeEntry: sequence at by action touched(first after) touchedCount before after
Viewer: name role
Role: READER EDITOR ADMIN
Subscription: graphChanged(touching after)
`;

/** One type of the contract: its fields or values, each with its arguments. */
export interface Promised {
  readonly type: string;
  readonly members: readonly { readonly name: string; readonly args: readonly string[] }[];
}

/** Reads the names above. */
export function promised(): Promised[] {
  return CONTRACT.trim()
    .split(/\n(?! )/)
    .map((line) => {
      const [type, rest] = line.split(/: ?(.*)/s) as [string, string];
      const members = [...rest.matchAll(/(\w+)(?:\(([^)]*)\))?/g)].map(([, name, args = '']) => ({
        name: name!,
        args: args
          .replace('PAGE', 'first after last before')
          .split(/\s+/)
          .filter((arg) => arg !== ''),
      }));
      return { type, members };
    });
}
