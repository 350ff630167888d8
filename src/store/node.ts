import type { IdentifierField } from '../domain/identifier.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { NODE_TYPES, type NodeType, type OrganisationSize, type PoleRank } from '../domain/vocabulary.ts';
import { type Statement, statement } from '../graph/statement.ts';
import type { Card } from './card.ts';

/**
 * A whole node as it is stored, whatever its type: the fields that its type does not have are null, lists are empty.
 * The API's types show the fields that are theirs.
 */
export interface WholeNode extends Card, Readonly<Record<IdentifierField, string | null>> {
  /** Its folded name and its identifier, by which lists are ordered: unique in the graph. */
  readonly sortKey: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly sources: readonly string[];
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly city: string | null;
  readonly description: string | null;
  readonly public: boolean | null;
  readonly size: OrganisationSize | null;
  readonly rank: PoleRank | null;
  readonly foundedOn: PartialDate | null;
  readonly dissolvedOn: PartialDate | null;
  readonly validFrom: string;
  readonly validTo: string;
  readonly partnerCount: number;
  readonly projectCount: number;
  readonly memberCount: number;
  readonly title: string | null;
  readonly programme: string | null;
  readonly funding: number | null;
  readonly currency: string | null;
  readonly participantCount: number | null;
  readonly number: string | null;
  readonly filedOn: PartialDate | null;
  readonly code: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly publishedOn: PartialDate | null;
  readonly licence: string | null;
  readonly measure: string | null;
  readonly value: number | string | null;
  readonly unit: string | null;
  readonly field: string | null;
  readonly preferred: boolean | null;
  readonly inferred: boolean | null;
  readonly note: string | null;
}

/** The properties that a store never leaves out, and what stands for the others. */
const BLANK = {
  acronym: null,
  kind: null,
  since: null,
  until: null,
  siren: null,
  rnsr: null,
  ror: null,
  wikidata: null,
  cordisPic: null,
  sources: [],
  aliases: [],
  website: null,
  city: null,
  description: null,
  public: null,
  size: null,
  rank: null,
  foundedOn: null,
  dissolvedOn: null,
  validFrom: '0000-01-01',
  validTo: '9999-12-31',
  partnerCount: 0,
  projectCount: 0,
  memberCount: 0,
  title: null,
  programme: null,
  funding: null,
  currency: null,
  participantCount: null,
  number: null,
  filedOn: null,
  code: null,
  publisher: null,
  url: null,
  publishedOn: null,
  licence: null,
  measure: null,
  value: null,
  unit: null,
  field: null,
  preferred: null,
  inferred: null,
  note: null,
} as const;

/** Properties as the store keeps them: what is null is absent. */
export type StoredNode = Partial<WholeNode> & Pick<WholeNode, 'id' | 'type'>;

/** A whole node from its stored properties. */
export function wholeNode(stored: StoredNode): WholeNode {
  return { ...BLANK, ...stored } as WholeNode;
}

/** Nodes of any type by identifier; an unknown one gives no row. */
export const nodesById = statement<{ node: StoredNode }>(
  'nodesById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN properties(n) AS node`,
  { tellsRecords: true },
);

/** Where the records that were merged away went: old identifier, identifier of the survivor. */
export const mergedInto = statement<{ id: string; into: string }>(
  'mergedInto',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (m:Merged {id: id})
  RETURN m.id AS id, m.into AS into`,
);

/** Those of some identifiers that a record has, or had before it was merged away. */
export const takenIds = statement<{ id: string }>(
  'takenIds',
  /* cypher */ `
  UNWIND $ids AS id
  CALL (id) {
    MATCH (n:Entity {id: id})
    RETURN n.id AS taken
    UNION
    MATCH (m:Merged {id: id})
    RETURN m.id AS taken
  }
  RETURN taken AS id`,
);

const byIdentifierField = (field: IdentifierField) =>
  statement<{ value: string; id: string }>(
    `nodesBy_${field}`,
    /* cypher */ `
    UNWIND $values AS value
    MATCH (n:Entity {${field}: value})
    RETURN value, n.id AS id`,
  );

/** Identifiers of the nodes that carry a registry's identifier: one constant text per registry. */
export const nodesByIdentifier: Readonly<Record<IdentifierField, ReturnType<typeof byIdentifierField>>> = {
  siren: byIdentifierField('siren'),
  rnsr: byIdentifierField('rnsr'),
  ror: byIdentifierField('ror'),
  wikidata: byIdentifierField('wikidata'),
  cordisPic: byIdentifierField('cordisPic'),
};

/** Every node of exactly this name: an import may refer to the one that has it. */
export const nodesByName = statement<{ name: string; id: string; type: string }>(
  'nodesByName',
  /* cypher */ `
  UNWIND $names AS name
  MATCH (n:Entity {name: name})
  RETURN name, n.id AS id, n.type AS type`,
);

/** The type of each node that exists. */
export const typesById = statement<{ id: string; type: Card['type'] }>(
  'typesById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN id, n.type AS type`,
);

/**
 * The identifiers of all nodes of a type, in no order: an engine without sorted indexes would sort a whole type for each
 * page of a list in order.
 */
export const idsOfType = Object.fromEntries(
  NODE_TYPES.map((type) => [
    type,
    statement<{ ids: readonly string[] }>(
      `idsOfType_${type}`,
      /* cypher */ `
      MATCH (n:${type})
      RETURN collect(n.id) AS ids`,
    ),
  ]),
) as Record<NodeType, Statement<{ ids: readonly string[] }>>;
