import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { Facts } from '../app/parts/facts.tsx';
import { ListPanel } from '../app/parts/list-panel.tsx';
import { NodeKind, NodeLink, NodeLinks } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { SourceItems } from '../app/parts/sources.tsx';
import { useStore } from '../app/store.ts';
import { useFormat } from '../app/words/format.ts';
import { language } from '../app/words/language.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { MOST_NAMED } from '../selection/selection.ts';
import { WaysOn } from '../selection/ways-on.tsx';
import { ActorKinds, KIND_PARAMETER } from './actor-kinds.tsx';
import { Claims } from './claims.tsx';
import { GLOSSARY_SCHEMES, Glossary } from './glossary.tsx';
import { FilteredProjects } from './project-lists.tsx';
import { Awaited, RecordPage } from './record.tsx';
import { ACTORS, LABELLED, OTHERS, TOPIC } from './topic-query.ts';
import { type HavingTopic, selectionOfTopic } from './topic-selection.ts';
import { ENTITY } from './words.ts';

/** A sector, a market, a technology, a label or a notion: what it means, and who has it. */
export function TopicRecord({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { topicScheme } = useWords(VOCABULARY);
  const { number, list } = useFormat();
  const isEnglish = useStore(language) === 'en';
  const { values } = useAddress(KIND_PARAMETER);
  const kind = values.kind === '' ? null : [values.kind];
  const asked = useAnswer(TOPIC, { id });
  const others = useAnswer(OTHERS, asked.data?.topic ? { id } : null).data;
  const projects = others?.projects?.totalCount ?? 0;
  const labelled = others?.networks?.totalCount ?? 0;
  return (
    <Awaited id={id} asked={asked} read={({ topic }) => topic}>
      {(topic) => {
        const idsOf = (nodes: readonly { readonly id: string }[]): string[] => nodes.map((node) => node.id);
        const having: HavingTopic = {
          networks: [...new Set(idsOf([...topic.networks.nodes, ...(others?.networks?.nodes ?? [])]))].slice(
            0,
            MOST_NAMED,
          ),
          organisations: idsOf(topic.organisations.nodes),
        };
        const selection = selectionOfTopic(having);
        const isNotion = GLOSSARY_SCHEMES.includes(topic.scheme);
        // A notion explains; a label is given to networks; those are listed for themselves.
        const hasActors = topic.actors.totalCount > 0 || (labelled === 0 && !isNotion);
        return (
          <RecordPage
            id={id}
            name={topic.name}
            subtitle={topicScheme[topic.scheme]}
            actions={selection && <WaysOn selection={selection} networks={having.networks} />}
            selection={selection}
            parts={[
              { id: 'summary', title: words.summary },
              ...(labelled > 0 ? [{ id: 'labelled', title: words.networksOfLabel, count: number(labelled) }] : []),
              ...(hasActors
                ? [{ id: 'actors', title: words.actorsOfTopic, count: number(topic.actors.totalCount) }]
                : []),
              ...(projects > 0 ? [{ id: 'projects', title: words.projectsOfTopic, count: number(projects) }] : []),
            ]}
          >
            <Panel id="summary" title={words.summary} aside={<QueryLink document={TOPIC} variables={{ id }} />}>
              {topic.definition && (
                <p class="lead" lang={isEnglish && topic.definitionEn ? 'en' : 'fr'}>
                  {(isEnglish && topic.definitionEn) || topic.definition}
                </p>
              )}
              <Facts
                facts={[
                  [words.nature, topicScheme[topic.scheme]],
                  [
                    words.otherNames,
                    list(
                      [...new Set([...topic.altLabels, topic.labelEn ?? ''])].filter(
                        (name) => name !== '' && name !== topic.name,
                      ),
                    ),
                  ],
                  [words.broader, topic.broader && <NodeLink node={topic.broader} />],
                  [words.narrower, topic.narrower.nodes.length > 0 ? <NodeLinks nodes={topic.narrower.nodes} /> : null],
                  [words.id, <code key="id">{topic.id}</code>],
                ]}
              />
            </Panel>
            {labelled > 0 && (
              <ListPanel
                name="labelled"
                title={words.networksOfLabel}
                size={20}
                document={LABELLED}
                variables={{ id }}
                read={(data) => data.networks}
                keyOf={({ node }) => node.id}
                columns={[
                  { name: words.network, cell: ({ node }) => <NodeLink node={node} /> },
                  { name: words.seatColumn, isExtra: true, cell: ({ node }) => node.city },
                  {
                    name: words.period,
                    cell: ({ node }) => <Period since={node.since} until={node.until} saysUndated />,
                  },
                ]}
              />
            )}
            {hasActors && (
              <ListPanel
                key={values.kind}
                name="actors"
                title={words.actorsOfTopic}
                size={20}
                document={ACTORS}
                variables={{ id, kind }}
                read={(data) => data.topic?.actors}
                keyOf={({ node }) => node.id}
                controls={<ActorKinds />}
                empty={words.nothingKnown}
                columns={[
                  { name: words.actor, cell: ({ node }) => <NodeLink node={node} /> },
                  { name: words.kindColumn, cell: ({ node }) => <NodeKind id={node.id} /> },
                  { name: words.seatColumn, isExtra: true, cell: ({ node }) => node.city },
                ]}
              />
            )}
            {projects > 0 && (
              <FilteredProjects
                title={words.projectsOfTopic}
                filter={{ topic: [id] }}
                search={`/search?type=project&topic=${id}`}
              />
            )}
            {isNotion && <Glossary without={id} />}
            <Claims claims={topic.claims} />
            {topic.sources.length > 0 && (
              <Panel id="sources" title={words.sources} count={number(topic.sources.length)}>
                <SourceItems sources={topic.sources} />
              </Panel>
            )}
          </RecordPage>
        );
      }}
    </Awaited>
  );
}
