import { useEffect, useRef } from 'preact/hooks';
import { noticed } from '../api/changes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { go } from '../app/address.ts';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { SourceItems } from '../app/parts/sources.tsx';
import { Empty } from '../app/parts/states.tsx';
import { useStore } from '../app/store.ts';
import { useFormat } from '../app/words/format.ts';
import { language } from '../app/words/language.ts';
import { useWords } from '../app/words/words.ts';
import { ActorFacts, Topics } from './actor-facts.tsx';
import { ACTOR, type ActorShown } from './actor-query.ts';
import { Claims } from './claims.tsx';
import { Indicators } from './indicators.tsx';
import { Members, Memberships, Partners } from './lists.tsx';
import { Labels, MembersKnown, Successions } from './network-parts.tsx';
import { Affiliations, LabelledProjects, Patents, Projects } from './project-lists.tsx';
import { AsOf, Awaited, type Part, RecordPage, Views } from './record.tsx';
import { Suggestions } from './suggestions.tsx';
import { Timeline } from './timeline.tsx';
import { ENTITY } from './words.ts';

interface ActorProps {
  readonly id: string;
  readonly asOf: string | null;
}

/** A pole, a cluster or an organisation: everything that is known of it. */
export function Actor({ id, asOf }: ActorProps) {
  const asked = useAnswer(ACTOR, { id, asOf });
  const found = asked.data?.actor?.id;
  const name = useRef(id);
  if (found === id) name.current = asked.data!.actor!.name;
  // The record was merged into another: its page is that of the remaining one.
  useEffect(() => {
    if (found === undefined || found === id) return;
    if (noticed.value) noticed.set({ ...noticed.value, merged: { name: name.current, into: found } });
    go(`/${found}${location.search}`, { replace: true });
  }, [found, id]);
  return (
    <Awaited id={id} asked={asked} read={({ actor }) => actor}>
      {(actor) => <Known actor={actor} asOf={asOf} />}
    </Awaited>
  );
}

function Known({ actor, asOf }: { readonly actor: ActorShown; readonly asOf: string | null }) {
  const words = useWords(ENTITY);
  const { number } = useFormat();
  const tag = useStore(language);
  const network = actor.__typename === 'Organisation' ? null : actor;
  const organisation = actor.__typename === 'Organisation' ? actor : null;
  const { id } = actor;
  const lists = [
    ['members', words.members, network?.members.totalCount],
    ['partners', words.partners.split(',')[0]!, actor.partners.totalCount],
    ['memberships', words.memberships.split(' ')[0]!, actor.memberships.totalCount],
    ['projects', words.projects, actor.projects.totalCount],
    ['labelled', words.labelledProjects, network?.labelledProjects.totalCount],
    ['affiliations', words.affiliations, organisation?.affiliations.totalCount],
    ['affiliated', words.affiliated, organisation?.affiliated.totalCount],
    ['patents', words.patents, organisation?.patents.totalCount],
  ] as const;
  const totals = Object.fromEntries(lists.map(([name, , total]) => [name, total ?? 0]));
  // A network without recorded members says so; other empty lists are left out.
  const has = (name: (typeof lists)[number][0]): boolean =>
    totals[name]! > 0 || (name === 'members' && network !== null);
  const parts: Part[] = [
    { id: 'summary', title: words.summary },
    ...lists.filter(([name]) => has(name)).map(([name, title]) => ({ id: name, title, count: number(totals[name]!) })),
    ...(actor.indicators.totalCount > 0
      ? [{ id: 'indicators', title: words.indicators, count: number(actor.indicators.totalCount) }]
      : []),
    { id: 'suggested', title: words.suggested },
    ...(actor.claims.length > 0 ? [{ id: 'claims', title: words.claims, count: number(actor.claims.length) }] : []),
    { id: 'sources', title: words.sources, count: number(actor.sources.length) },
  ];
  const description = network && ((tag === 'en' && network.descriptionEn) || network.description);
  return (
    <RecordPage
      id={id}
      name={actor.name}
      subtitle={[actor.acronym, actor.city].filter(Boolean).join(' · ')}
      actions={<Views id={id} />}
      sources={actor.sources}
      parts={parts}
    >
      <Panel
        id="summary"
        title={words.summary}
        aside={
          <>
            <AsOf />
            <QueryLink document={ACTOR} variables={{ id, asOf }} />
          </>
        }
      >
        {description && (
          <p class="lead" lang={tag === 'en' && network.descriptionEn ? 'en' : 'fr'}>
            {description}
          </p>
        )}
        <ActorFacts actor={actor} />
        <Topics topics={actor.topics} />
        {network && <MembersKnown network={network} />}
      </Panel>
      <Timeline actor={actor} />
      {network && <Labels network={network} />}
      {network && <Successions network={network} />}
      {has('members') && <Members id={id} asOf={asOf} />}
      {has('partners') && <Partners id={id} asOf={asOf} />}
      {has('memberships') && <Memberships id={id} asOf={asOf} />}
      {has('projects') && <Projects id={id} asOf={asOf} />}
      {has('labelled') && <LabelledProjects id={id} asOf={asOf} />}
      {has('affiliations') && <Affiliations id={id} asOf={asOf} isUp />}
      {has('affiliated') && <Affiliations id={id} asOf={asOf} isUp={false} />}
      {has('patents') && <Patents id={id} />}
      <Indicators indicators={actor.indicators.nodes} />
      <Suggestions id={id} asOf={asOf} />
      <Claims claims={actor.claims} />
      <Panel id="sources" title={words.sources} count={number(actor.sources.length)}>
        {actor.sources.length === 0 ? <Empty>{words.noSources}</Empty> : <SourceItems sources={actor.sources} />}
      </Panel>
    </RecordPage>
  );
}
