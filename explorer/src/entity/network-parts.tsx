import { NodeLink } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { Sources } from '../app/parts/sources.tsx';
import { Table } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import type { NetworkShown } from './actor-query.ts';
import { ENTITY } from './words.ts';

/** How many of the members are recorded, of those that a source reports. */
export function MembersKnown({ network }: { readonly network: NetworkShown }) {
  const words = useWords(ENTITY);
  const { number, date } = useFormat();
  const { recorded, reported, reportedOn, note, sources } = network.membersKnown;
  return (
    <div class="members-known">
      <h3>{words.completeness}</h3>
      <p>
        {reported === null ? (
          words.recordedOnly(number(recorded))
        ) : (
          <>
            {words.recordedOf(number(recorded), number(reported))}
            {reportedOn && words.reportedOn(date(reportedOn))}.
          </>
        )}{' '}
        <Sources sources={sources} />
      </p>
      {reported !== null && (
        <meter min={0} max={Math.max(reported, recorded)} value={recorded} aria-label={words.completeness} />
      )}
      {note && <p class="quiet small">{note}</p>}
    </div>
  );
}

/** The labels of a network, each with its period and sources. */
export function Labels({ network }: { readonly network: NetworkShown }) {
  const words = useWords(ENTITY);
  if (network.labels.length === 0) return null;
  return (
    <Panel id="labels" title={words.labels} count={String(network.labels.length)}>
      <Table
        caption={words.labels}
        rows={network.labels}
        keyOf={({ id }) => id}
        columns={[
          { name: words.label, cell: ({ topic }) => topic && <NodeLink node={topic} /> },
          { name: words.term, cell: ({ term }) => term },
          { name: words.conditions, isExtra: true, cell: ({ conditions }) => conditions },
          { name: words.period, cell: ({ since, until }) => <Period since={since} until={until} saysUndated /> },
          { name: words.sources, cell: ({ sources }) => <Sources sources={sources} /> },
        ]}
      />
    </Panel>
  );
}

/** What a network came out of, and what it became. */
export function Successions({ network }: { readonly network: NetworkShown }) {
  const words = useWords(ENTITY);
  const { successionKind } = useWords(VOCABULARY);
  const rows = [
    ...network.predecessors.map((succession) => ({ ...succession, direction: words.cameFrom })),
    ...network.successors.map((succession) => ({ ...succession, direction: words.became })),
  ];
  if (rows.length === 0) return null;
  return (
    <Panel id="successions" title={words.successions} count={String(rows.length)}>
      <Table
        caption={words.successions}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { name: words.network, cell: ({ node }) => <NodeLink node={node} /> },
          { name: words.nature, cell: ({ direction, kind }) => `${direction} (${successionKind[kind]})` },
          { name: words.period, cell: ({ since }) => <Period since={since} until={null} saysUndated /> },
          { name: words.sources, cell: ({ sources }) => <Sources sources={sources} /> },
        ]}
      />
    </Panel>
  );
}
