import { statement } from '../graph/statement.ts';

/** A setting stored in the graph itself, such as how far the first seed has come. */
export const readMark = statement<{ value: string }>(
  'readMark',
  /* cypher */ `
  MATCH (mark:Counter {id: $id})
  RETURN mark.value AS value`,
);

/** Sets such a mark. */
export const writeMark = statement<never>(
  'writeMark',
  /* cypher */ `
  MERGE (mark:Counter {id: $id})
  SET mark.value = $value`,
);

/** Whether the graph holds any entity. */
export const anyEntity = statement<{ id: string }>(
  'anyEntity',
  /* cypher */ `
  MATCH (n:Entity)
  RETURN n.id AS id LIMIT 1`,
);
