import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { Facts } from '../app/parts/facts.tsx';
import { ListPanel } from '../app/parts/list-panel.tsx';
import { NodeKind, NodeLink, NodeLinks } from '../app/parts/node-link.tsx';
import { PAGE } from '../app/parts/pager.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { SOURCE } from '../app/parts/sources.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import { ActorKinds, KIND_PARAMETER } from './actor-kinds.tsx';
import { CLAIM, INDICATOR } from './actor-query.ts';
import { Claims } from './claims.tsx';
import { Indicators } from './indicators.tsx';
import { AsOf, Awaited, RecordPage, Views } from './record.tsx';
import { ENTITY } from './words.ts';

const TERRITORY = graphql(
  `
    query TerritoryShown($id: ID!, $asOf: PartialDate) {
      territory(id: $id) {
        id
        name
        level
        code
        since
        until
        partOf(asOf: $asOf) {
          id
          name
        }
        parts(first: 1, asOf: $asOf) {
          totalCount
        }
        actors(first: 1, asOf: $asOf) {
          totalCount
        }
        indicators(first: 100) {
          nodes {
            ...IndicatorShown
          }
        }
        claims {
          ...ClaimShown
        }
      }
    }
  `,
  [CLAIM, INDICATOR, SOURCE],
);

const ACTORS = graphql(
  `
  query ActorsInTerritory(
    $id: ID!
    $asOf: PartialDate
    $kind: [ActorKind!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    territory(id: $id) {
      actors(asOf: $asOf, kind: $kind, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageShown
        }
        edges {
          node {
            id
            name
            city
          }
        }
      }
    }
  }
`,
  [PAGE],
);

const PARTS = graphql(
  `
  query PartsOfTerritory($id: ID!, $asOf: PartialDate, $first: Int, $after: String, $last: Int, $before: String) {
    territory(id: $id) {
      parts(asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageShown
        }
        edges {
          node {
            id
            name
            level
            since
            until
          }
        }
      }
    }
  }
`,
  [PAGE],
);

/** A commune, a département, a région: who has a seat in it, and what it is part of. */
export function TerritoryRecord({ id, asOf }: { readonly id: string; readonly asOf: string | null }) {
  const words = useWords(ENTITY);
  const { territoryLevel } = useWords(VOCABULARY);
  const { number } = useFormat();
  const { values } = useAddress(KIND_PARAMETER);
  const kind = values.kind === '' ? null : [values.kind];
  const asked = useAnswer(TERRITORY, { id, asOf });
  return (
    <Awaited id={id} asked={asked} read={({ territory }) => territory}>
      {(territory) => (
        <RecordPage
          id={id}
          name={territory.name}
          subtitle={territoryLevel[territory.level]}
          actions={<Views id={id} />}
          parts={[
            { id: 'summary', title: words.summary },
            { id: 'actors', title: words.actors, count: number(territory.actors.totalCount) },
            ...(territory.parts.totalCount > 0
              ? [{ id: 'parts', title: words.parts, count: number(territory.parts.totalCount) }]
              : []),
          ]}
        >
          <Panel
            id="summary"
            title={words.summary}
            aside={
              <>
                <AsOf />
                <QueryLink document={TERRITORY} variables={{ id, asOf }} />
              </>
            }
          >
            <Facts
              facts={[
                [words.level, territoryLevel[territory.level]],
                [words.code, territory.code],
                [
                  words.exists,
                  territory.since || territory.until ? (
                    <Period since={territory.since} until={territory.until} />
                  ) : null,
                ],
                [words.partOf, territory.partOf.length > 0 ? <NodeLinks nodes={territory.partOf} /> : null],
                [words.id, <code key="id">{territory.id}</code>],
              ]}
            />
          </Panel>
          <ListPanel
            key={values.kind}
            name="actors"
            title={words.actors}
            size={20}
            document={ACTORS}
            variables={{ id, asOf, kind }}
            read={(data) => data.territory?.actors}
            keyOf={({ node }) => node.id}
            controls={
              <>
                <ActorKinds />
                <a href={`/search?type=organisation&in=${id}`}>{words.sortAndNarrow}</a>
              </>
            }
            empty={words.nothingKnown}
            columns={[
              { name: words.actor, cell: ({ node }) => <NodeLink node={node} /> },
              { name: words.kindColumn, cell: ({ node }) => <NodeKind id={node.id} /> },
              { name: words.seatColumn, isExtra: true, cell: ({ node }) => node.city },
            ]}
          />
          {territory.parts.totalCount > 0 && (
            <ListPanel
              name="parts"
              title={words.parts}
              size={20}
              document={PARTS}
              variables={{ id, asOf }}
              read={(data) => data.territory?.parts}
              keyOf={({ node }) => node.id}
              columns={[
                { name: words.parts, cell: ({ node }) => <NodeLink node={node} /> },
                { name: words.level, cell: ({ node }) => territoryLevel[node.level] },
                { name: words.period, cell: ({ node }) => <Period since={node.since} until={node.until} /> },
              ]}
            />
          )}
          <Indicators indicators={territory.indicators.nodes} />
          <Claims claims={territory.claims} />
        </RecordPage>
      )}
    </Awaited>
  );
}
