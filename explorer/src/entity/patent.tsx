import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Facts } from '../app/parts/facts.tsx';
import { NodeLink } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { SOURCE, SourceItems } from '../app/parts/sources.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { Evidence, Periods } from './evidence.tsx';
import { Awaited, RecordPage } from './record.tsx';
import { ENTITY } from './words.ts';

const PATENT = graphql(
  `
    query PatentShown($id: ID!) {
      patent(id: $id) {
        id
        number
        title
        filedOn
        applicants {
          id
          name
        }
        projects {
          id
          name
        }
        production {
          id
          territory {
            id
            name
          }
          since
          until
          attestedOn
          sources {
            ...SourceShown
          }
        }
        sources {
          ...SourceShown
        }
      }
    }
  `,
  [SOURCE],
);

/** A patent: who filed it, what it came out of, where it is produced. */
export function PatentRecord({ id }: { readonly id: string }) {
  const words = useWords(ENTITY);
  const { date, number } = useFormat();
  const asked = useAnswer(PATENT, { id });
  const links = (nodes: readonly { readonly id: string; readonly name: string }[]) =>
    nodes.length === 0
      ? null
      : nodes.map((node) => (
          <div key={node.id}>
            <NodeLink node={node} />
          </div>
        ));
  return (
    <Awaited id={id} asked={asked} read={({ patent }) => patent}>
      {(patent) => (
        <RecordPage
          id={id}
          name={patent.title ?? patent.number}
          parts={[
            { id: 'summary', title: words.summary },
            { id: 'sources', title: words.sources, count: number(patent.sources.length) },
          ]}
        >
          <Panel id="summary" title={words.summary} aside={<QueryLink document={PATENT} variables={{ id }} />}>
            <Facts
              facts={[
                [words.number, patent.number],
                [words.filedOn, patent.filedOn && date(patent.filedOn)],
                [words.applicants, links(patent.applicants)],
                [words.projects, links(patent.projects)],
                [
                  words.production,
                  patent.production.length > 0
                    ? patent.production.map((place) => (
                        <div key={place.id}>
                          {place.territory && <NodeLink node={place.territory} />} <Periods facts={[place]} />{' '}
                          <Evidence facts={[place]} />
                        </div>
                      ))
                    : null,
                ],
              ]}
            />
          </Panel>
          <Panel id="sources" title={words.sources} count={number(patent.sources.length)}>
            <SourceItems sources={patent.sources} />
          </Panel>
        </RecordPage>
      )}
    </Awaited>
  );
}
