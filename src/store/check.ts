import { FACT_TYPES, LINK_TYPES, RELATIONSHIP_TYPES } from '../domain/vocabulary.ts';
import { type Statement, statement } from '../graph/statement.ts';
import { MISCOUNTED } from './counts.ts';

/** How many relationships of one type lack what every one must have: an identifier, a period, and of a fact its sources. */
export const incompleteRelationships: readonly Statement<{ type: string; incomplete: number }>[] = [
  ...FACT_TYPES.map((type) =>
    statement<{ type: string; incomplete: number }>(
      `incomplete_${type}`,
      /* cypher */ `
      MATCH ()-[r:${type}]->()
      WHERE r.id IS NULL OR r.validFrom IS NULL OR r.validTo IS NULL OR r.sources IS NULL
      RETURN '${type}' AS type, count(r) AS incomplete`,
    ),
  ),
  ...LINK_TYPES.map((type) =>
    statement<{ type: string; incomplete: number }>(
      `incomplete_${type}`,
      /* cypher */ `
      MATCH ()-[r:${type}]->()
      WHERE r.id IS NULL OR r.validFrom IS NULL OR r.validTo IS NULL
      RETURN '${type}' AS type, count(r) AS incomplete`,
    ),
  ),
];

/** Every source that a record or a relationship names, each once for all nodes and once for each type. */
export const namedSources: readonly Statement<{ id: string }>[] = [
  statement<{ id: string }>(
    'namedByNodes',
    /* cypher */ `
    MATCH (n:Entity)
    WHERE n.sources IS NOT NULL
    UNWIND n.sources AS id
    RETURN DISTINCT id`,
  ),
  ...RELATIONSHIP_TYPES.map((type) =>
    statement<{ id: string }>(
      `namedBy_${type}`,
      /* cypher */ `
      MATCH ()-[r:${type}]->()
      WHERE r.sources IS NOT NULL
      UNWIND r.sources AS id
      RETURN DISTINCT id`,
    ),
  ),
];

/** Actors whose stored counts are not what their relationships say. */
export const miscountedActors = statement<{ id: string }>(
  'miscountedActors',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  ${MISCOUNTED}
  RETURN n.id AS id`,
);

/** All actors after a given one, in order: a long read. */
export const actorsAfter = statement<{ id: string }>(
  'actorsAfter',
  /* cypher */ `
  MATCH (n:Entity)
  WHERE n.id > $after AND (n:Organisation OR n:Network)
  RETURN n.id AS id ORDER BY id LIMIT $limit`,
);

/** Nodes whose period, or lifespan, ends before it begins: they hold at no date. */
export const emptyNodes = statement<{ id: string }>(
  'emptyNodes',
  /* cypher */ `
  MATCH (n:Entity)
  WHERE n.validFrom > n.validTo OR n.lifeFrom > n.lifeTo
  RETURN n.id AS id LIMIT 20`,
);

/** Relationships of one type whose period ends before it begins. */
export const emptyRelationships: readonly Statement<{ id: string }>[] = [...FACT_TYPES, ...LINK_TYPES].map((type) =>
  statement<{ id: string }>(
    `empty_${type}`,
    /* cypher */ `
    MATCH ()-[r:${type}]->()
    WHERE r.validFrom > r.validTo
    RETURN r.id AS id LIMIT 20`,
  ),
);

/** Annotations that hang on nothing. */
export const strayAnnotations = statement<{ id: string }>(
  'strayAnnotations',
  /* cypher */ `
  MATCH (n:Entity)
  WHERE (n:Claim OR n:Indicator) AND COUNT { (n)<-[:OBSERVED|CLAIMED]-() } <> 1
  RETURN n.id AS id LIMIT 20`,
);
