import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Facts } from '../app/parts/facts.tsx';
import { ListPanel } from '../app/parts/list-panel.tsx';
import { NodeKind, NodeLink, NodeLinks } from '../app/parts/node-link.tsx';
import { PAGE } from '../app/parts/pager.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { SOURCE, SourceItems } from '../app/parts/sources.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { Topics } from './actor-facts.tsx';
import { CLAIM } from './actor-query.ts';
import { Claims } from './claims.tsx';
import { Evidence } from './evidence.tsx';
import { Awaited, RecordPage, Views } from './record.tsx';
import { ENTITY } from './words.ts';

const PROJECT = graphql(
  `
    query ProjectShown($id: ID!) {
      project(id: $id) {
        id
        name
        acronym
        title
        summary
        programme
        start
        end
        participantCount
        funding {
          amount
          currency
        }
        labelledBy {
          id
          name
        }
        patents {
          id
          name
          number
        }
        topics {
          id
          name
          scheme
        }
        claims {
          ...ClaimShown
        }
        sources {
          ...SourceShown
        }
        participants(first: 1) {
          totalCount
        }
      }
    }
  `,
  [SOURCE, CLAIM],
);

const PARTICIPANTS = graphql(
  `
    query Participants($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
      project(id: $id) {
        participants(
          first: $first
          after: $after
          last: $last
          before: $before
          orderBy: { field: ROLE, direction: ASC }
        ) {
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
            }
            participations {
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

/** A project: what it is, who took part, who labelled it. */
export function ProjectRecord({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { participationRole } = useWords(VOCABULARY);
  const { money, number, list } = useFormat();
  const asked = useAnswer(PROJECT, { id });
  return (
    <Awaited id={id} asked={asked} read={({ project }) => project}>
      {(project) => {
        const { participants, participantCount } = project;
        return (
          <RecordPage
            id={id}
            name={project.name}
            subtitle={project.acronym !== project.name ? project.acronym : undefined}
            actions={<Views id={id} />}
            parts={[
              { id: 'summary', title: words.summary },
              { id: 'participants', title: words.participants, count: number(participants.totalCount) },
              { id: 'sources', title: words.sources, count: number(project.sources.length) },
            ]}
          >
            <Panel id="summary" title={words.summary} aside={<QueryLink document={PROJECT} variables={{ id }} />}>
              {project.title && project.title !== project.name && (
                <p class="lead" lang="fr">
                  {project.title}
                </p>
              )}
              <Facts
                facts={[
                  [words.period, <Period key="p" since={project.start} until={project.end} saysUndated />],
                  [words.programme, project.programme],
                  [words.funding, project.funding && money(project.funding.amount, project.funding.currency)],
                  [words.labelledBy, project.labelledBy.length > 0 ? <NodeLinks nodes={project.labelledBy} /> : null],
                  [
                    words.patents,
                    project.patents.length > 0
                      ? project.patents.map((patent) => (
                          <div key={patent.id}>
                            <NodeLink node={{ id: patent.id, name: patent.name ?? patent.number }} />
                          </div>
                        ))
                      : null,
                  ],
                  [
                    words.participants,
                    participantCount === null || participantCount === participants.totalCount
                      ? number(participants.totalCount)
                      : `${number(participants.totalCount)} ${words.known} ${number(participantCount)}`,
                  ],
                  [words.id, <code key="id">{project.id}</code>],
                ]}
              />
              <Topics topics={project.topics} />
              {project.summary && (
                <>
                  <h3>{words.abstract}</h3>
                  <p class="prose" lang="fr">
                    {project.summary}
                  </p>
                </>
              )}
            </Panel>
            <ListPanel
              name="participants"
              title={words.participants}
              size={20}
              document={PARTICIPANTS}
              variables={{ id }}
              read={(data) => data.project?.participants}
              keyOf={({ node }) => node.id}
              empty={words.nothingKnown}
              columns={[
                { name: words.participant, cell: ({ node }) => <NodeLink node={node} /> },
                { name: words.kindColumn, isExtra: true, cell: ({ node }) => <NodeKind id={node.id} /> },
                { name: words.seatColumn, isExtra: true, cell: ({ node }) => node.city },
                { name: words.role, cell: ({ roles }) => list(roles.map((role) => participationRole[role])) },
                { name: words.sources, cell: ({ participations }) => <Evidence facts={participations} /> },
              ]}
            />
            <Claims claims={project.claims} />
            <Panel id="sources" title={words.sources} count={number(project.sources.length)}>
              <SourceItems sources={project.sources} />
            </Panel>
          </RecordPage>
        );
      }}
    </Awaited>
  );
}
