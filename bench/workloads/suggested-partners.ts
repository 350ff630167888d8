import { endless, type Workload } from './workload.ts';

const FIRST = 10;

interface Suggestion {
  readonly actor: { readonly id: string; readonly name: string };
}

export const suggestedPartners: Workload = {
  id: 'suggestedPartners',
  title: `${FIRST} suggested partners`,
  note: "Grappe's own measure: the others have none, so that there is no ratio.",
  needs: ['Actor.suggestedPartners(first)', 'PartnerSuggestion.actor'],
  questions: ({ organisations }, random) =>
    endless(() => {
      const { id } = organisations.any(random);
      const problem = (answer: unknown): string | null =>
        (answer as string[]).includes(id) ? 'suggests the organisation itself' : null;
      return { cypher: {}, grappe: () => ({ id }), problem };
    }),
  cypher: null,
  peer: null,
  grappe: {
    text: `
      query suggestedPartners($id: ID!) {
        organisation(by: { id: $id }) { suggestedPartners(first: ${FIRST}) { actor { id name } } }
      }`,
    answer: ({ organisation }: { organisation: { suggestedPartners: Suggestion[] } }) =>
      organisation.suggestedPartners.map(({ actor }) => actor.id),
  },
};
