import { sortKeyOf } from '../../src/domain/fold.ts';
import { slug } from '../../src/domain/global-id.ts';
import { endless, type Workload } from './workload.ts';

/** What was made, and with whom it was linked. */
interface Linked {
  readonly name: string;
  readonly partner: string;
}

interface Payload {
  readonly organisationCreate: {
    readonly organisation: { readonly name: string } | null;
    readonly partnerships: readonly { readonly to: { readonly id: string } }[];
    readonly problems: { message: string }[];
  };
}

export const createAndLink: Workload = {
  id: 'createAndLink',
  title: 'an organisation made, and a partnership of it',
  note:
    'Grappe also checks references, and keeps counts, periods and a change log. Its statement has many more parts, which Neo4j ' +
    'compiles after some ten thousand creations: then it takes 1.15 times as long as the bare creation, and the whole mutation 4.9 ms.',
  needs: ['OrganisationCreateInput.partnerships', 'OrganisationPayload.partnerships'],
  writes: true,
  loose: true,
  questions: ({ organisations }, random) => {
    const run = random.below(2 ** 31);
    return endless((place) => {
      const name = `Zzz Atelier ${run} ${place}`;
      const id = `organisation/${slug(name)}`;
      const partner = organisations.idOf(random.below(organisations.length));
      const values = { id, name, sortKey: sortKeyOf(name, id), relationship: `partnership/${slug(name)}`, partner };
      return {
        cypher: values,
        peer: values,
        grappe: () => ({ name, partner }),
        problem: (answer) => {
          const made = answer as Linked;
          return made.name === name && made.partner === partner ? null : JSON.stringify(answer);
        },
      };
    });
  },
  cypher: {
    text: `
      MATCH (partner:Entity {id: $partner})
      CREATE (made:Entity:Organisation {id: $id, name: $name, sortKey: $sortKey, kind: 'COMPANY', type: 'Organisation'})
      CREATE (made)-[:PARTNERS_WITH {id: $relationship, kind: 'SUPPLY', since: '2020'}]->(partner)
      RETURN made.name AS name, partner.id AS partner`,
    answer: ([row]: Linked[]) => row!,
  },
  peer: {
    text: `
      mutation createAndLink($id: ID!, $name: String!, $sortKey: String!, $relationship: ID!, $partner: ID!) {
        createOrganisations(
          input: [
            {
              id: $id, name: $name, sortKey: $sortKey, kind: "COMPANY"
              partners: {
                connect: [
                  {
                    where: { node: { id: { eq: $partner } } }
                    edge: { id: $relationship, kind: "SUPPLY", since: "2020" }
                  }
                ]
              }
            }
          ]
        ) { organisations { name partners { id } } }
      }`,
    answer: ({
      createOrganisations: {
        organisations: [made],
      },
    }: {
      createOrganisations: { organisations: { name: string; partners: { id: string }[] }[] };
    }): Linked => ({ name: made!.name, partner: made!.partners[0]!.id }),
  },
  grappe: {
    text: `
      mutation createAndLink($name: String!, $partner: ID!) {
        organisationCreate(
          input: {
            name: $name, kind: COMPANY, sources: ["source/bench-0"]
            partnerships: [{ to: $partner, kind: SUPPLY, since: "2020" }]
          }
        ) {
          organisation { name }
          partnerships { to { id } }
          problems { message }
        }
      }`,
    answer: ({ organisationCreate: { organisation, partnerships, problems } }: Payload): Linked | unknown =>
      organisation === null ? problems : { name: organisation.name, partner: partnerships[0]!.to.id },
  },
};
