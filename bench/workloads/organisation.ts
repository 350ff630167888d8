import { endless, type Workload } from './workload.ts';

interface Organisation {
  readonly id: string;
}

const FIELDS = 'id name kind acronym public size website';

export const organisation: Workload = {
  id: 'organisation',
  title: 'one organisation',
  needs: ['Query.organisation(by)'],
  questions: ({ organisations }, random) =>
    endless(() => {
      const { id, name } = organisations.any(random);
      return {
        cypher: { id },
        peer: { id },
        grappe: () => ({ id }),
        problem: (answer) => ((answer as { name: string } | null)?.name === name ? null : `is not ${name}`),
      };
    }),
  cypher: {
    text: `
      MATCH (o:Entity {id: $id})
      RETURN o.id AS id, o.name AS name, o.kind AS kind, o.acronym AS acronym, o.public AS public, o.size AS size,
        o.website AS website`,
    answer: ([row]: Organisation[]) => row ?? null,
  },
  peer: {
    text: `query organisation($id: ID!) { organisations(where: { id: { eq: $id } }) { ${FIELDS} } }`,
    answer: ({ organisations: [found] }: { organisations: Organisation[] }) => found ?? null,
  },
  grappe: {
    text: `query organisation($id: ID!) { organisation(by: { id: $id }) { ${FIELDS} } }`,
    answer: ({ organisation: found }: { organisation: Organisation }) => found,
  },
};
