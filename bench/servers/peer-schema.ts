/**
 * What @neo4j/graphql knows of the graph that Grappe's import made: the same labels and relationships. Members and
 * partners are organisations alone, which spares it the unions that Grappe's actors are. What its own language does not
 * say is given to it as Cypher (@cypher), as its manual advises.
 */
export const typeDefs = /* GraphQL */ `
  type Organisation @node(labels: ["GrappeEntity", "GrappeOrganisation"])
    @fulltext(indexes: [{ indexName: "bench_names", queryName: "organisationsByName", fields: ["name", "acronym"] }]) {
    id: ID!
    name: String!
    sortKey: String!
    kind: String!
    acronym: String
    aliases: [String!]
    public: Boolean
    size: String
    website: String
    networks: [Network!]! @relationship(type: "GRAPPE_MEMBER_OF", direction: OUT, properties: "Membership")
    partners: [Organisation!]!
      @relationship(type: "GRAPPE_PARTNERS_WITH", direction: OUT, queryDirection: UNDIRECTED, properties: "Partnership")
    seats: [Territory!]! @relationship(type: "GRAPPE_LOCATED_IN", direction: OUT)
  }

  type Network @node(labels: ["GrappeEntity", "GrappeNetwork"]) {
    id: ID!
    name: String!
    sortKey: String!
  }

  type Pole @node(labels: ["GrappeEntity", "GrappePole"]) {
    id: ID!
    name: String!
    sortKey: String!
    members: [Organisation!]! @relationship(type: "GRAPPE_MEMBER_OF", direction: IN, properties: "Membership")
  }

  type Territory @node(labels: ["GrappeEntity", "GrappeTerritory"]) {
    id: ID!
    name: String!
    partOf: [Territory!]! @relationship(type: "GRAPPE_PART_OF", direction: OUT)
  }

  type Membership @relationshipProperties {
    id: ID!
    role: String!
    since: String
    until: String
    validFrom: String!
    validTo: String!
  }

  type Partnership @relationshipProperties {
    id: ID!
    kind: String!
    since: String
  }

  type Query {
    shortestPath(from: ID!, to: ID!): [Organisation!]!
      @cypher(
        statement: """
        MATCH (a:GrappeEntity {id: $from}) MATCH (b:GrappeEntity {id: $to})
        MATCH path = shortestPath((a)-[:GRAPPE_PARTNERS_WITH*..6]-(b))
        UNWIND nodes(path) AS node
        RETURN node
        """
        columnName: "node"
      )
    neighbourhood(of: ID!): [Organisation!]!
      @cypher(
        statement: """
        MATCH (a:GrappeEntity {id: $of})
        CALL (a) {
          MATCH (a)-[:GRAPPE_PARTNERS_WITH]-(b) WITH DISTINCT b ORDER BY b.id LIMIT 200 RETURN collect(b) AS near
        }
        CALL (a, near) {
          UNWIND near AS b MATCH (b)-[:GRAPPE_PARTNERS_WITH]-(c) WHERE c <> a AND NOT c IN near
          WITH c, count(DISTINCT b) AS common ORDER BY common DESC, c.id LIMIT 200
          RETURN collect(c) AS far
        }
        UNWIND ([a] + near + far)[0..200] AS node
        RETURN node
        """
        columnName: "node"
      )
  }
`;
