import { Facts } from '../app/parts/facts.tsx';
import { NodeLink, NodeLinks } from '../app/parts/node-link.tsx';
import { Period } from '../app/parts/period.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import type { ActorShown } from './actor-query.ts';
import { ClaimMark } from './claims.tsx';
import { ENTITY } from './words.ts';

/** Where a registry shows an identifier; those without a page of their own are text. */
const REGISTRIES: Readonly<Partial<Record<string, (value: string) => string>>> = {
  ROR: (value) => `https://ror.org/${value}`,
  ISNI: (value) => `https://isni.org/isni/${value}`,
  WIKIDATA: (value) => `https://www.wikidata.org/wiki/${value}`,
  SIREN: (value) => `https://annuaire-entreprises.data.gouv.fr/entreprise/${value}`,
};

function Identifiers({ identifiers }: Pick<ActorShown, 'identifiers'>) {
  const { identifierScheme } = useWords(VOCABULARY);
  return (
    <ul class="plain">
      {identifiers.map(({ scheme, value }) => {
        const url = REGISTRIES[scheme]?.(value);
        return (
          <li key={scheme}>
            <span class="quiet">{identifierScheme[scheme]}</span>{' '}
            {url ? (
              <a class="out" href={url} target="_blank" rel="noopener noreferrer">
                {value}
              </a>
            ) : (
              value
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The topics of a node by their scheme, as links. */
export function Topics({ topics }: Pick<ActorShown, 'topics'>) {
  const { topicScheme } = useWords(VOCABULARY);
  if (topics.length === 0) return null;
  return (
    <div class="topics">
      {[...Map.groupBy(topics, ({ scheme }) => scheme)].map(([scheme, some]) => (
        <p key={scheme}>
          <span class="quiet small">{topicScheme[scheme]}</span>{' '}
          {some.map((topic) => (
            <a key={topic.id} class="chip of-topic" href={`/${topic.id}`}>
              {topic.name}
            </a>
          ))}
        </p>
      ))}
    </div>
  );
}

/** The fields of a pole, a cluster or an organisation; disputed and inferred ones are marked. */
export function ActorFacts({ actor }: { readonly actor: ActorShown }) {
  const words = useWords(ENTITY);
  const vocabulary = useWords(VOCABULARY);
  const { date, list } = useFormat();
  const marked = (field: string, value: unknown) =>
    value ? (
      <>
        {value} <ClaimMark claims={actor.claims} field={field} />
      </>
    ) : null;
  const { territory } = actor;
  const seat = territory ? (
    <>
      <NodeLink node={territory} />
      {territory.partOf.length > 0 && (
        <span class="quiet">
          {' '}
          (
          <NodeLinks nodes={territory.partOf} />)
        </span>
      )}
    </>
  ) : (
    actor.city
  );
  const isOrganisation = actor.__typename === 'Organisation';
  return (
    <Facts
      facts={[
        ...(isOrganisation
          ? ([
              [words.kind, marked('kind', vocabulary.organisationKind[actor.kind])],
              [words.size, marked('size', actor.size && vocabulary.organisationSize[actor.size])],
              [words.public, actor.public === null ? null : actor.public ? words.isPublic : words.isPrivate],
              [words.founded, marked('foundedOn', actor.founded && date(actor.founded))],
            ] as const)
          : ([
              [
                words.lifespan,
                actor.since || actor.until ? (
                  <>
                    <Period since={actor.since} until={actor.until} /> <ClaimMark claims={actor.claims} field="since" />{' '}
                    <ClaimMark claims={actor.claims} field="until" />
                  </>
                ) : null,
              ],
              [words.founded, marked('foundedOn', actor.foundedOn && date(actor.foundedOn))],
              [vocabulary.field.dissolvedOn, marked('dissolvedOn', actor.dissolvedOn && date(actor.dissolvedOn))],
              [
                words.rank,
                actor.__typename === 'Pole' ? marked('rank', actor.rank && vocabulary.poleRank[actor.rank]) : null,
              ],
            ] as const)),
        [words.seat, marked('territory', seat)],
        [
          words.covers,
          'covers' in actor && actor.covers.length > 0 ? marked('covers', <NodeLinks nodes={actor.covers} />) : null,
        ],
        [
          words.website,
          actor.website && (
            <>
              <a class="out" href={actor.website} target="_blank" rel="noopener noreferrer">
                {new URL(actor.website).hostname.replace(/^www\./, '')}
              </a>{' '}
              <ClaimMark claims={actor.claims} field="website" />
            </>
          ),
        ],
        [words.otherNames, actor.aliases.length > 0 ? list(actor.aliases) : null],
        [words.identifiers, actor.identifiers.length > 0 ? <Identifiers identifiers={actor.identifiers} /> : null],
        [
          words.mergedFrom,
          isOrganisation && actor.mergedFrom.length > 0 ? list(actor.mergedFrom.map(({ name }) => name)) : null,
        ],
        [words.id, <code key="id">{actor.id}</code>],
      ]}
    />
  );
}
