import { graphql } from '../api/graphql.ts';
import { oneOf, useAddress } from '../app/address.ts';
import { ListPanel } from '../app/parts/list-panel.tsx';
import { NodeKind, NodeLink } from '../app/parts/node-link.tsx';
import { PAGE } from '../app/parts/pager.tsx';
import { SOURCE } from '../app/parts/sources.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY, wordIn } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { Evidence, Periods } from './evidence.tsx';
import { ENTITY } from './words.ts';

const MEMBERS = graphql(
  `
    query Members(
      $id: ID!
      $asOf: PartialDate
      $role: [MembershipRole!]
      $first: Int
      $after: String
      $last: Int
      $before: String
    ) {
      network(id: $id) {
        members(asOf: $asOf, role: $role, first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            ...PageShown
          }
          edges {
            roles
            node {
              id
              name
              city
              ... on Organisation {
                kind
              }
            }
            memberships {
              roleLabel
              writtenAs
              since
              until
              attestedOn
              sources {
                ...SourceShown
              }
            }
          }
        }
      }
    }
  `,
  [PAGE, SOURCE],
);

const MEMBERSHIPS = graphql(
  `
    query Memberships(
      $id: ID!
      $asOf: PartialDate
      $first: Int
      $after: String
      $last: Int
      $before: String
    ) {
      actor(id: $id) {
        memberships(asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            ...PageShown
          }
          edges {
            roles
            node {
              id
              name
            }
            memberships {
              roleLabel
              since
              until
              attestedOn
              sources {
                ...SourceShown
              }
            }
          }
        }
      }
    }
  `,
  [PAGE, SOURCE],
);

const PARTNERS = graphql(
  `
    query Partners(
      $id: ID!
      $asOf: PartialDate
      $first: Int
      $after: String
      $last: Int
      $before: String
    ) {
      actor(id: $id) {
        partners(
          asOf: $asOf
          first: $first
          after: $after
          last: $last
          before: $before
          orderBy: { field: STRENGTH, direction: DESC }
        ) {
          totalCount
          pageInfo {
            ...PageShown
          }
          edges {
            kinds
            strength
            projectCount
            node {
              id
              name
            }
            partnerships {
              label
              since
              until
              attestedOn
              sources {
                ...SourceShown
              }
            }
          }
        }
      }
    }
  `,
  [PAGE, SOURCE],
);

interface ListProps {
  readonly id: string;
  readonly asOf: string | null;
}

const ROLES = ['ASSOCIATE', 'BOARD', 'FOUNDER', 'FUNDER', 'MEMBER', 'PRESIDENCY'] as const;
const ROLE = { role: oneOf(['', ...ROLES], '') };

/** The members of a network, by role if one is chosen. */
export function Members({ id, asOf }: ListProps) {
  const words = useWords(ENTITY);
  const { membershipRole, organisationKind } = useWords(VOCABULARY);
  const { values, set } = useAddress(ROLE);
  const { list } = useFormat();
  const role = values.role === '' ? null : values.role;
  return (
    <ListPanel
      // A place in the list of one role is none in that of another.
      key={role}
      name="members"
      title={words.members}
      size={20}
      document={MEMBERS}
      variables={{ id, asOf, role: role && [role] }}
      read={({ network }) => network?.members}
      empty={words.nothingKnown}
      keyOf={({ node }) => node.id}
      controls={
        <select
          aria-label={words.role}
          value={values.role}
          onChange={({ currentTarget }) => set({ role: currentTarget.value as typeof values.role })}
        >
          <option value="">{words.anyRole}</option>
          {ROLES.map((name) => (
            <option key={name} value={name}>
              {membershipRole[name]}
            </option>
          ))}
        </select>
      }
      columns={[
        { name: words.member, cell: ({ node }) => <NodeLink node={node} /> },
        {
          name: words.kindColumn,
          isExtra: true,
          cell: ({ node }) =>
            'kind' in node ? <span class="quiet">{organisationKind[node.kind]}</span> : <NodeKind id={node.id} />,
        },
        { name: words.seatColumn, isExtra: true, cell: ({ node }) => node.city },
        {
          name: words.role,
          cell: ({ roles, memberships }) => {
            const labels = [
              ...new Set(memberships.map(({ roleLabel }) => roleLabel).filter((label) => label !== null)),
            ];
            const written = [...new Set(memberships.flatMap(({ writtenAs }) => writtenAs))];
            return (
              <>
                {labels.length > 0 ? labels.join(' ; ') : list(roles.map((name) => membershipRole[name]))}
                {written.length > 0 && <div class="quiet small">{words.writtenAs(written.join(' », « '))}</div>}
              </>
            );
          },
        },
        { name: words.period, cell: ({ memberships }) => <Periods facts={memberships} /> },
        { name: words.sources, cell: ({ memberships }) => <Evidence facts={memberships} /> },
      ]}
    />
  );
}

/** The networks that an actor belongs to. */
export function Memberships({ id, asOf }: ListProps) {
  const words = useWords(ENTITY);
  const { membershipRole } = useWords(VOCABULARY);
  const { list } = useFormat();
  return (
    <ListPanel
      name="memberships"
      title={words.memberships}
      document={MEMBERSHIPS}
      variables={{ id, asOf }}
      read={({ actor }) => actor?.memberships}
      keyOf={({ node }) => node.id}
      columns={[
        { name: words.network, cell: ({ node }) => <NodeLink node={node} /> },
        { name: words.kindColumn, isExtra: true, cell: ({ node }) => <NodeKind id={node.id} /> },
        { name: words.role, cell: ({ roles }) => list(roles.map((name) => membershipRole[name])) },
        { name: words.period, cell: ({ memberships }) => <Periods facts={memberships} /> },
        { name: words.sources, cell: ({ memberships }) => <Evidence facts={memberships} /> },
      ]}
    />
  );
}

/** The partners of an actor, the strongest first. */
export function Partners({ id, asOf }: ListProps) {
  const words = useWords(ENTITY);
  const { partnershipKind } = useWords(VOCABULARY);
  const { list, number } = useFormat();
  return (
    <ListPanel
      name="partners"
      title={words.partners}
      document={PARTNERS}
      variables={{ id, asOf }}
      read={({ actor }) => actor?.partners}
      keyOf={({ node }) => node.id}
      columns={[
        { name: words.partner, cell: ({ node }) => <NodeLink node={node} /> },
        {
          name: words.kinds,
          cell: ({ kinds, partnerships }) => {
            const labels = partnerships.map(({ label }) => label).filter((label) => label !== null);
            return labels.length > 0
              ? [...new Set(labels)].join(' ; ')
              : list(kinds.map((kind) => wordIn(partnershipKind, kind)));
          },
        },
        { name: words.commonProjects, isNumber: true, cell: ({ projectCount }) => number(projectCount) },
        {
          name: words.strength,
          isNumber: true,
          isExtra: true,
          cell: ({ strength }) => (
            <span title={words.strengthHint}>{number(strength, { maximumFractionDigits: 2 })}</span>
          ),
        },
        { name: words.period, cell: ({ partnerships }) => <Periods facts={partnerships} /> },
        { name: words.sources, cell: ({ partnerships }) => <Evidence facts={partnerships} /> },
      ]}
    />
  );
}
