import { digest, readableId } from '../domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierScheme } from '../domain/identifier.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { isInverted, type Period } from '../domain/period.ts';
import { type Problem, problem } from '../domain/problem.ts';
import { ID_PREFIXES, type NodeType, type RelationshipType } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';
import { type Fields, NO_RECORDS, type OwnedLinks, type Records, type RelationshipRecord } from './records.ts';

/** A link to a node with the period in which it holds: a seat, a covered territory. */
export interface DatedReference {
  readonly id: string;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** Inputs of one noun by field name, read and resolved; a field that was not given is absent, one left empty is null. */
export type Draft = Readonly<Record<string, GraphValue | readonly DatedReference[] | undefined>>;

/** What a noun makes of a draft: the records to write, or what is wrong with it. */
export type Made = { readonly records: Records; readonly problems: readonly Problem[] };

const text = (draft: Draft, field: string): string | null => (draft[field] as string | null | undefined) ?? null;
const date = (draft: Draft, field: string): PartialDate | null => text(draft, field) as PartialDate | null;
const texts = (draft: Draft, field: string): readonly string[] => (draft[field] as readonly string[] | null) ?? [];

/** The given fields of a draft, so that a field that was not given is left as it stands. */
function pick(draft: Draft, fields: readonly string[]): Fields {
  return Object.fromEntries(
    fields.flatMap((field) => (draft[field] === undefined ? [] : [[field, draft[field] as GraphValue]])),
  );
}

/** The problem of a period whose end comes first. */
export function inverted({ since, until }: Period, field = 'until'): Problem {
  return problem('INVALID', [field], `The period ends (${until}) before it begins (${since}).`);
}

function periodProblems(draft: Draft, from = 'since', to = 'until'): Problem[] {
  const [since, until] = [date(draft, from), date(draft, to)];
  return isInverted({ since, until }) ? [inverted({ since, until }, to)] : [];
}

function identifiersOf(draft: Draft): [IdentifierScheme, string][] {
  return Object.entries(IDENTIFIER_FIELDS).flatMap(([scheme, field]) => {
    const value = text(draft, field);
    return value === null ? [] : [[scheme as IdentifierScheme, value]];
  });
}

const IDENTIFIERS = Object.values(IDENTIFIER_FIELDS);

interface LinkOptions {
  readonly reverse?: 'reverse';
  readonly sources: readonly string[];
}

/** Undated links of an owner to the nodes that a list field names; `reverse` when they point at the owner. */
function listed(
  owner: string,
  type: RelationshipType,
  draft: Draft,
  field: string,
  options: LinkOptions,
): OwnedLinks[] {
  if (draft[field] === undefined) return [];
  const links = texts(draft, field).map(
    (id): RelationshipRecord => ({
      id: null,
      type,
      from: options.reverse ? id : owner,
      to: options.reverse ? owner : id,
      fields: { sources: options.sources },
    }),
  );
  return [{ owner, type, links }];
}

function dated(
  owner: string,
  type: RelationshipType,
  draft: Draft,
  field: string,
  sources: readonly string[],
): OwnedLinks[] {
  if (draft[field] === undefined) return [];
  const references = (draft[field] as readonly DatedReference[] | null) ?? [];
  return [
    {
      owner,
      type,
      links: references.map(({ id, since, until }) => ({
        id: null,
        type,
        from: owner,
        to: id,
        fields: { since, until, sources },
      })),
    },
  ];
}

function nodeOnly(
  id: string,
  type: NodeType,
  fields: Fields,
  owned: readonly OwnedLinks[],
  problems: readonly Problem[] = [],
): Made {
  return { records: { ...NO_RECORDS, nodes: [{ id, type, fields }], owned }, problems };
}

function relationshipOnly(relationship: RelationshipRecord, problems: readonly Problem[]): Made {
  return { records: { ...NO_RECORDS, relationships: [relationship] }, problems };
}

const FACT_FIELDS = ['since', 'until', 'attestedOn', 'sources'];

function source(draft: Draft): Made {
  const fields = pick(draft, ['title', 'publisher', 'url', 'publishedOn', 'licence']);
  return nodeOnly(text(draft, 'id')!, 'Source', { ...fields, name: text(draft, 'title') }, []);
}

function territory(draft: Draft): Made {
  const fields = pick(draft, ['name', 'code', 'since', 'until']);
  return nodeOnly(
    text(draft, 'id')!,
    'Territory',
    { ...fields, kind: text(draft, 'level') },
    [],
    periodProblems(draft),
  );
}

function territoryPart(draft: Draft): Made {
  return relationshipOnly(
    {
      id: text(draft, 'id'),
      type: 'PART_OF',
      from: text(draft, 'part')!,
      to: text(draft, 'whole')!,
      fields: pick(draft, FACT_FIELDS),
    },
    periodProblems(draft),
  );
}

function topic(draft: Draft): Made {
  const id = text(draft, 'id')!;
  const broader = text(draft, 'broader');
  const owned =
    draft.broader === undefined
      ? []
      : listed(id, 'BROADER', { broader: broader === null ? [] : [broader] }, 'broader', { sources: [] });
  return nodeOnly(id, 'Topic', { name: text(draft, 'name'), kind: text(draft, 'scheme') }, owned);
}

const ACTOR_FIELDS = ['name', 'acronym', 'aliases', 'website', 'city', 'sources', ...IDENTIFIERS];

function actorLinks(id: string, draft: Draft): OwnedLinks[] {
  const sources = texts(draft, 'sources');
  return [
    ...dated(id, 'LOCATED_IN', draft, 'territory', sources),
    ...listed(id, 'ABOUT', draft, 'topics', { sources }),
  ];
}

function organisation(draft: Draft): Made {
  const id = text(draft, 'id') ?? readableId(ID_PREFIXES.Organisation, text(draft, 'name')!, identifiersOf(draft));
  return nodeOnly(id, 'Organisation', pick(draft, [...ACTOR_FIELDS, 'kind', 'public', 'size']), actorLinks(id, draft));
}

function network(draft: Draft): Made {
  const type = text(draft, 'type') === 'POLE' ? 'Pole' : 'Cluster';
  const id = text(draft, 'id') ?? readableId(ID_PREFIXES[type], text(draft, 'name')!, identifiersOf(draft));
  const fields = pick(draft, [...ACTOR_FIELDS, 'description', 'since', 'until', 'foundedOn', 'dissolvedOn', 'rank']);
  const owned = [...actorLinks(id, draft), ...dated(id, 'COVERS', draft, 'covers', texts(draft, 'sources'))];
  const problems = [...periodProblems(draft), ...periodProblems(draft, 'foundedOn', 'dissolvedOn')];
  if (type === 'Cluster' && text(draft, 'rank') !== null) {
    problems.push(problem('INVALID', ['rank'], 'Only poles have a national rank: leave it empty for a cluster.'));
  }
  return nodeOnly(id, type, fields, owned, problems);
}

function membership(draft: Draft): Made {
  const fields = { role: 'MEMBER', ...pick(draft, ['role', 'roleLabel', ...FACT_FIELDS]) };
  return relationshipOnly(
    {
      id: text(draft, 'id'),
      type: 'MEMBER_OF',
      from: text(draft, 'member')!,
      to: text(draft, 'network')!,
      fields: { ...fields, role: fields.role ?? 'MEMBER' },
    },
    periodProblems(draft),
  );
}

function partnership(draft: Draft): Made {
  const parties = draft.parties as number | null | undefined;
  const problems = periodProblems(draft);
  if (text(draft, 'kind') === 'PROJECT') {
    problems.push(
      problem('INVALID', ['kind'], 'PROJECT partnerships are derived from participations: give those instead.'),
    );
  }
  if (typeof parties === 'number' && parties < 2) {
    problems.push(problem('INVALID', ['parties'], `An agreement has at least two parties, not ${parties}.`));
  }
  return relationshipOnly(
    {
      id: text(draft, 'id'),
      type: 'PARTNERS_WITH',
      from: text(draft, 'from')!,
      to: text(draft, 'to')!,
      fields: {
        ...pick(draft, ['kind', 'label', ...FACT_FIELDS]),
        projectCount: 0,
        // One agreement of n parties weighs like one common project of n (Newman 2001).
        strength: 1 / (Math.max(parties ?? 2, 2) - 1),
        ...(typeof parties === 'number' ? { parties } : {}),
      },
    },
    problems,
  );
}

function project(draft: Draft): Made {
  const id = text(draft, 'id')!;
  const sources = texts(draft, 'sources');
  const fields = pick(draft, [
    'name',
    'title',
    'acronym',
    'programme',
    'funding',
    'currency',
    'participantCount',
    'sources',
  ]);
  const period = {
    ...(draft.start === undefined ? {} : { since: date(draft, 'start') }),
    ...(draft.end === undefined ? {} : { until: date(draft, 'end') }),
  };
  const problems = periodProblems(draft, 'start', 'end');
  if ((typeof draft.funding === 'number') !== (text(draft, 'currency') !== null)) {
    problems.push(
      problem(
        'INVALID',
        ['currency'],
        'A funding needs its currency, as in 2500000 and EUR, and a currency its funding.',
      ),
    );
  }
  return nodeOnly(
    id,
    'Project',
    { ...fields, ...period },
    [
      ...listed(id, 'LABELS', draft, 'labelledBy', { reverse: 'reverse', sources }),
      ...listed(id, 'ABOUT', draft, 'topics', { sources }),
    ],
    problems,
  );
}

function participation(draft: Draft): Made {
  return relationshipOnly(
    {
      id: text(draft, 'id'),
      type: 'PARTICIPATES_IN',
      from: text(draft, 'participant')!,
      to: text(draft, 'project')!,
      fields: { ...pick(draft, ['sources']), role: text(draft, 'role') ?? 'PARTNER' },
    },
    [],
  );
}

function patent(draft: Draft): Made {
  const id = text(draft, 'id') ?? readableId(ID_PREFIXES.Patent, text(draft, 'number')!, []);
  const sources = texts(draft, 'sources');
  const name = text(draft, 'title') ?? text(draft, 'number');
  return nodeOnly(id, 'Patent', { ...pick(draft, ['number', 'title', 'filedOn', 'sources']), name }, [
    ...listed(id, 'FILED', draft, 'applicants', { reverse: 'reverse', sources }),
    ...listed(id, 'RESULTED_IN', draft, 'projects', { reverse: 'reverse', sources }),
  ]);
}

function production(draft: Draft): Made {
  return relationshipOnly(
    {
      id: text(draft, 'id'),
      type: 'PRODUCED_AT',
      from: text(draft, 'patent')!,
      to: text(draft, 'territory')!,
      fields: pick(draft, ['by', ...FACT_FIELDS]),
    },
    periodProblems(draft),
  );
}

function succession(draft: Draft): Made {
  return relationshipOnly(
    {
      id: text(draft, 'id'),
      type: 'SUCCEEDED_BY',
      from: text(draft, 'from')!,
      to: text(draft, 'to')!,
      fields: pick(draft, ['kind', 'since', 'sources']),
    },
    [],
  );
}

/** A figure or a statement is a node of its own, hung on what it is about by one link. */
function annotation(
  type: 'Indicator' | 'Claim',
  link: 'OBSERVED' | 'CLAIMED',
  id: string,
  draft: Draft,
  fields: Fields,
): Made {
  const about = text(draft, 'about')!;
  const links: RelationshipRecord[] = [{ id: null, type: link, from: about, to: id, fields: {} }];
  return nodeOnly(id, type, fields, [{ owner: id, type: link, links }]);
}

function indicator(draft: Draft): Made {
  const [about, measure, from] = [text(draft, 'about'), text(draft, 'measure'), text(draft, 'from')];
  const id = text(draft, 'id') ?? `${ID_PREFIXES.Indicator}/${digest([about, measure, from])}`;
  const made = annotation('Indicator', 'OBSERVED', id, draft, {
    ...pick(draft, ['measure', 'value', 'unit', 'sources']),
    ...(draft.to === undefined ? {} : { until: date(draft, 'to') }),
    since: date(draft, 'from'),
    name: measure,
  });
  return { ...made, problems: periodProblems(draft, 'from', 'to') };
}

function claim(draft: Draft): Made {
  const [about, field, value] = [text(draft, 'about'), text(draft, 'field'), text(draft, 'value')];
  const id = text(draft, 'id') ?? `${ID_PREFIXES.Claim}/${digest([about, field, value])}`;
  return annotation('Claim', 'CLAIMED', id, draft, {
    ...pick(draft, ['field', 'value', 'note', 'sources']),
    preferred: draft.preferred === true,
    inferred: draft.inferred === true,
    name: field,
  });
}

/** How each noun's draft becomes records: the one place of its rules, for imports and mutations alike. */
export const NOUNS = {
  source,
  territory,
  territoryPart,
  topic,
  organisation,
  network,
  membership,
  partnership,
  project,
  participation,
  patent,
  production,
  succession,
  indicator,
  claim,
} as const satisfies Record<string, (draft: Draft) => Made>;

export type Noun = keyof typeof NOUNS;
