import { isList, propertyOf } from '../domain/field.ts';
import type { IdentifierField } from '../domain/identifier.ts';
import { fieldsOf, type NodeProperties, RECORD_TYPE_OF } from '../domain/record-fields.ts';
import { NODE_TYPES, type NodeType } from '../domain/vocabulary.ts';
import { type Statement, statement } from '../graph/statement.ts';
import { type NodeSummary, SUMMARY_PROPERTIES } from './node-summary.ts';

/** The fields of nodes, by the property that stores them, whatever the type of node. */
type Properties = NodeProperties<(typeof RECORD_TYPE_OF)[NodeType]>;

/**
 * A node record as it is stored, whatever its type: the fields that its type does not have are null, lists are empty.
 * The API's types show the fields that are theirs.
 */
export interface NodeRecord extends NodeSummary, Omit<Properties, keyof NodeSummary> {
  /** Its folded name and its identifier, by which lists are ordered: unique in the graph. */
  readonly sortKey: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly partnerCount: number;
  readonly projectCount: number;
  readonly memberCount: number;
}

/** The properties that the fields of a type are stored in, each with whether it is a list. */
const propertiesOfFields = (type: NodeType): (readonly [property: string, isList: boolean])[] =>
  fieldsOf(RECORD_TYPE_OF[type]).flatMap(([name, field]) => {
    const property = propertyOf(name, field);
    return property === null ? [] : [[property, isList(field)] as const];
  });

/** What stands for the properties that a store may leave out. */
const BLANK = {
  acronym: null,
  kind: null,
  since: null,
  until: null,
  ...Object.fromEntries(
    NODE_TYPES.flatMap(propertiesOfFields).map(([property, isOfMany]) => [property, isOfMany ? [] : null]),
  ),
  validFrom: '0000-01-01',
  validTo: '9999-12-31',
  partnerCount: 0,
  projectCount: 0,
  memberCount: 0,
} as const;

/** Every property that records of some types may have. */
function allPropertiesOf(...types: readonly NodeType[]): readonly string[] {
  const derived = ['sortKey', 'validFrom', 'validTo', 'lifeFrom', 'lifeTo', 'version', 'createdAt', 'updatedAt'];
  const counts = ['partnerCount', 'projectCount', 'memberCount'];
  const fields = types.flatMap(propertiesOfFields).map(([property]) => property);
  return [...new Set(['type', ...SUMMARY_PROPERTIES, ...derived, ...counts, ...fields])];
}

/** Every property that a node record may have. */
export const NODE_PROPERTIES = allPropertiesOf(...NODE_TYPES);

/** Properties as the store keeps them: what is null is absent. */
export type StoredNode = Partial<NodeRecord> & Pick<NodeRecord, 'id' | 'type'>;

/** A node record from its stored properties. */
export function nodeRecord(stored: StoredNode): NodeRecord {
  return { ...BLANK, ...stored } as NodeRecord;
}

const nodesByIdWith = (propertiesOfN: readonly string[]) =>
  statement<{ node: StoredNode }>(
    'nodesById',
    /* cypher */ `
    UNWIND $ids AS id
    MATCH (n:Entity {id: id})
    RETURN properties(n) AS node`,
    { readsRecords: true, propertiesOfN },
  );

/** Nodes of any type by identifier; an unknown one gives no row. */
export const nodesById = nodesByIdWith(NODE_PROPERTIES);

/** The same for identifiers of one type, which takes less of an engine that looks for each property. */
export const nodesOfTypeById = Object.fromEntries(
  NODE_TYPES.map((type) => [type, nodesByIdWith(allPropertiesOf(type))]),
) as Readonly<Record<NodeType, typeof nodesById>>;

/** Where the records that were merged away went: old identifier, identifier of the survivor. */
export const mergedInto = statement<{ id: string; into: string }>(
  'mergedInto',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (m:Merged {id: id})
  RETURN m.id AS id, m.into AS into`,
);

/** Those of some identifiers that a record has, or had before it was merged away or deleted. */
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
    UNION
    MATCH (d:Deleted {id: id})
    RETURN d.id AS taken
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
  isni: byIdentifierField('isni'),
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
export const typesById = statement<{ id: string; type: NodeSummary['type'] }>(
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
