import { digest, readableId } from '../../src/domain/global-id.ts';
import { IDENTIFIER_FIELDS, type IdentifierScheme } from '../../src/domain/identifier.ts';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { RELATIONSHIP_SHAPES } from '../../src/domain/relationship.ts';
import {
  ACTOR_TYPES,
  ID_PREFIXES,
  type NodeType,
  RELATIONSHIP_ID_PREFIXES,
  type RelationshipType,
} from '../../src/domain/vocabulary.ts';
import type { Cell, Row, World } from './world.ts';

/** Days from one to another, both included, as texts that compare as days do. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const ALWAYS: Days = { from: '0000-01-01', to: '9999-12-31' };

const daysOf = (since: unknown, until: unknown): Days => ({
  from: since ? firstDay(since as PartialDate) : ALWAYS.from,
  to: until ? lastDay(until as PartialDate) : ALWAYS.to,
});

const both = (a: Days, b: Days): Days => ({
  from: a.from > b.from ? a.from : b.from,
  to: a.to < b.to ? a.to : b.to,
});

const areEmpty = ({ from, to }: Days): boolean => from > to;

/** What a row says of a record or a fact, by the names of its columns. */
export type Fields = Record<string, unknown>;

/** A node as the reference sees it. */
export interface Thing {
  readonly id: string;
  readonly type: NodeType;
  readonly fields: Fields;
  /** When it holds as what it is: a pole its recognition, a cluster its lifespan, a project its period. */
  readonly valid: Days;
  /** When it exists: its relationships are clipped to that. */
  readonly lifespan: Days;
}

/** A relationship as the reference sees it. */
export interface Edge {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: Thing;
  readonly to: Thing;
  readonly fields: Fields;
  readonly valid: Days;
}

const listOf = (cell: Cell | undefined): string[] =>
  Array.isArray(cell) ? cell.map(String) : cell ? [String(cell)] : [];

/** The cells that are given, without those of references. */
function fieldsOf(row: Row, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => {
      const cell = row[name];
      const isEmpty = cell === undefined || cell === null || cell === '' || (Array.isArray(cell) && cell.length === 0);
      return isEmpty ? [] : [[name, cell]];
    }),
  );
}

const IDENTIFIERS = Object.entries(IDENTIFIER_FIELDS) as [IdentifierScheme, string][];
const ACTOR_FIELDS = ['name', 'acronym', 'website', 'city', ...IDENTIFIERS.map(([, field]) => field)];
const NETWORK_FIELDS = [...ACTOR_FIELDS, 'description', 'since', 'until', 'foundedOn', 'dissolvedOn', 'rank'];

/** Fields of which a record shows one value, those that fixtures make claims about, and of which types they are. */
const SHOWN: Readonly<Record<string, readonly NodeType[]>> = {
  name: ['Organisation', 'Pole', 'Cluster', 'Project', 'Topic', 'Territory'],
  since: ['Pole', 'Cluster', 'Territory'],
};

/** Nodes and relationships of a world, read from the rows of its files as the rules of an import read them. */
export class ReferenceGraph {
  readonly nodes = new Map<string, Thing>();
  readonly edges: Edge[] = [];
  /** Facts that no graph may hold: memberships outside the lifespan of their network. */
  rejected = 0;

  constructor(world: World) {
    for (const [file, rows] of world.tables) for (const row of rows) this.#readNode(file, row);
    for (const [file, rows] of world.tables) for (const row of rows) this.#readEdges(file, row);
    this.#derivePartnerships();
    this.#preferClaims();
  }

  /** A claim about a field that a record shows is preferred when the record says the same. */
  #preferClaims(): void {
    for (const { type, from, to } of this.edges) {
      if (type !== 'CLAIMED') continue;
      const { field, value } = to.fields;
      const isShown = SHOWN[String(field)]?.includes(from.type) ?? false;
      if (isShown) to.fields.preferred = String(from.fields[String(field)] ?? '') === value;
    }
  }

  #add(type: NodeType, id: string, fields: Fields, more: { name?: unknown; valid?: Days; lifespan?: Days } = {}): void {
    const valid = more.valid ?? ALWAYS;
    const named = { ...fields, name: more.name ?? fields.name };
    this.nodes.set(id, { id, type, fields: named, valid, lifespan: more.lifespan ?? ALWAYS });
  }

  #readNode(file: string, row: Row): void {
    const sourced = { sources: listOf(row.sources) };
    switch (file) {
      case 'sources.csv': {
        const fields = fieldsOf(row, ['title', 'publisher', 'url', 'publishedOn', 'licence']);
        this.#add('Source', String(row.id), fields, { name: row.title });
        break;
      }
      case 'territories.csv': {
        const valid = daysOf(row.since, row.until);
        const fields = { ...fieldsOf(row, ['name', 'code', 'since', 'until']), kind: row.level };
        this.#add('Territory', String(row.id), fields, { valid, lifespan: valid });
        break;
      }
      case 'topics.csv':
        this.#add('Topic', String(row.id), { ...fieldsOf(row, ['name']), kind: row.scheme });
        break;
      case 'organisations.csv': {
        const fields = { ...fieldsOf(row, [...ACTOR_FIELDS, 'aliases', 'kind', 'public', 'size']), ...sourced };
        this.#add('Organisation', this.#idOf('Organisation', row), fields);
        break;
      }
      case 'networks.csv': {
        const type = row.type === 'POLE' ? 'Pole' : 'Cluster';
        const fields = { ...fieldsOf(row, [...NETWORK_FIELDS, 'aliases']), ...sourced };
        const structure = daysOf(row.foundedOn || row.since, row.dissolvedOn || row.until);
        const recognised = daysOf(row.since, row.until);
        const isEarlier = row.since && recognised.from < structure.from;
        const lifespan = isEarlier ? { ...structure, from: recognised.from } : structure;
        const label = {
          from: row.since ? recognised.from : lifespan.from,
          to: row.until ? recognised.to : lifespan.to,
        };
        this.#add(type, this.#idOf(type, row), fields, { valid: type === 'Pole' ? label : lifespan, lifespan });
        break;
      }
      case 'projects.csv': {
        const names = ['name', 'title', 'acronym', 'programme', 'funding', 'currency', 'participantCount'];
        const period = { ...(row.start ? { since: row.start } : {}), ...(row.end ? { until: row.end } : {}) };
        const valid = daysOf(row.start, row.end);
        this.#add(
          'Project',
          String(row.id),
          { ...fieldsOf(row, names), ...period, ...sourced },
          { valid, lifespan: valid },
        );
        break;
      }
      case 'patents.csv': {
        const fields = { ...fieldsOf(row, ['number', 'title', 'filedOn']), ...sourced };
        this.#add('Patent', String(row.id), fields, { name: row.title || row.number });
        break;
      }
      case 'indicators.csv': {
        const fields = { ...fieldsOf(row, ['measure', 'value', 'unit']), since: row.from, ...sourced };
        const id = String(row.id ?? `indicator/${digest([String(row.about), String(row.measure), String(row.from)])}`);
        const valid = daysOf(row.from, row.to || row.from);
        this.#add('Indicator', id, { ...fields, ...(row.to ? { until: row.to } : {}) }, { name: row.measure, valid });
        break;
      }
      case 'claims.csv': {
        const flags = { preferred: row.preferred === true, inferred: row.inferred === true };
        const id = String(row.id ?? `claim/${digest([String(row.about), String(row.field), String(row.value)])}`);
        this.#add(
          'Claim',
          id,
          { ...fieldsOf(row, ['field', 'value', 'note']), ...flags, ...sourced },
          { name: row.field },
        );
        break;
      }
    }
  }

  #idOf(type: NodeType, row: Row): string {
    const known = IDENTIFIERS.flatMap(([scheme, field]): [string, string][] =>
      row[field] ? [[scheme, String(row[field])]] : [],
    );
    return row.id ? String(row.id) : readableId(ID_PREFIXES[type], String(row.name), known);
  }

  #addEdge(type: RelationshipType, from: string, to: string, fields: Fields, id?: Cell): void {
    const [source, target] = [this.nodes.get(from)!, this.nodes.get(to)!];
    const own = daysOf(fields.since, fields.until);
    const clipped = both(both(own, source.lifespan), target.lifespan);
    if (type === 'MEMBER_OF' && areEmpty(clipped)) {
      this.rejected++;
      return;
    }
    const identity = RELATIONSHIP_SHAPES[type].identity.map((field) => (fields[field] as string | undefined) ?? null);
    const itsId = id ? String(id) : `${RELATIONSHIP_ID_PREFIXES[type]}/${digest([from, to, ...identity])}`;
    // A succession is where one lifespan ends and another begins; of any other fact its source knows best.
    const valid = type === 'SUCCEEDED_BY' || areEmpty(clipped) ? own : clipped;
    this.edges.push({ id: itsId, type, from: source, to: target, fields, valid });
  }

  #readEdges(file: string, row: Row): void {
    const sources = { sources: listOf(row.sources) };
    const fact = { ...fieldsOf(row, ['since', 'until', 'attestedOn']), ...sources };
    const [from, to] = [String(row.from), String(row.to)];
    switch (file) {
      case 'territory_parts.csv':
        this.#addEdge('PART_OF', String(row.part), String(row.whole), fieldsOf(row, ['since', 'until']), row.id);
        break;
      case 'topics.csv': {
        if (row.broader) this.#addEdge('BROADER', String(row.id), String(row.broader), {});
        break;
      }
      case 'organisations.csv':
        this.#actorEdges(this.#idOf('Organisation', row), row);
        break;
      case 'networks.csv': {
        const id = this.#idOf(row.type === 'POLE' ? 'Pole' : 'Cluster', row);
        this.#actorEdges(id, row);
        this.#dated('COVERS', id, row.covers, sources);
        break;
      }
      case 'memberships.csv': {
        const fields = { ...fact, ...fieldsOf(row, ['roleLabel', 'writtenAs']), role: row.role || 'MEMBER' };
        this.#addEdge('MEMBER_OF', String(row.member), String(row.network), fields, row.id);
        break;
      }
      case 'affiliations.csv':
        this.#addEdge('AFFILIATED_WITH', String(row.organisation), String(row.parent), fact, row.id);
        break;
      case 'partnerships.csv': {
        const strength = 1 / (Number(row.parties || 2) - 1);
        const fields = { ...fact, ...fieldsOf(row, ['kind', 'label', 'parties']), projectCount: 0, strength };
        this.#addEdge('PARTNERS_WITH', from, to, fields, row.id);
        break;
      }
      case 'successions.csv':
        this.#addEdge('SUCCEEDED_BY', from, to, { ...fieldsOf(row, ['kind', 'since']), ...sources }, row.id);
        break;
      case 'labels.csv': {
        const fields = { ...fact, ...fieldsOf(row, ['term', 'conditions']) };
        this.#addEdge('HOLDS_LABEL', String(row.network), String(row.label), fields, row.id);
        break;
      }
      case 'projects.csv': {
        for (const network of listOf(row.labelledBy)) this.#addEdge('LABELS', network, String(row.id), sources);
        for (const topic of listOf(row.topics)) this.#addEdge('ABOUT', String(row.id), topic, sources);
        break;
      }
      case 'participations.csv': {
        const fields = { ...sources, role: row.role || 'PARTNER' };
        this.#addEdge('PARTICIPATES_IN', String(row.participant), String(row.project), fields, row.id);
        break;
      }
      case 'patents.csv': {
        for (const applicant of listOf(row.applicants)) this.#addEdge('FILED', applicant, String(row.id), sources);
        for (const project of listOf(row.projects)) this.#addEdge('RESULTED_IN', project, String(row.id), sources);
        break;
      }
      case 'productions.csv': {
        const fields = { ...fact, ...fieldsOf(row, ['by']) };
        this.#addEdge('PRODUCED_AT', String(row.patent), String(row.territory), fields, row.id);
        break;
      }
      case 'indicators.csv': {
        const id = row.id ?? `indicator/${digest([String(row.about), String(row.measure), String(row.from)])}`;
        this.#addEdge('OBSERVED', String(row.about), String(id), {});
        break;
      }
      case 'claims.csv': {
        const id = row.id ?? `claim/${digest([String(row.about), String(row.field), String(row.value)])}`;
        this.#addEdge('CLAIMED', String(row.about), String(id), {});
        break;
      }
    }
  }

  #actorEdges(id: string, row: Row): void {
    const sources = { sources: listOf(row.sources) };
    this.#dated('LOCATED_IN', id, row.territory, sources);
    for (const topic of listOf(row.topics)) this.#addEdge('ABOUT', id, topic, sources);
  }

  /** `territory/x@2005..2022`, one or several. */
  #dated(type: RelationshipType, owner: string, cell: Cell | undefined, sources: Fields): void {
    for (const written of listOf(cell)) {
      const [place, period = '..'] = written.split('@');
      const [since, until] = period.split('..');
      this.#addEdge(type, owner, place!, { ...(since ? { since } : {}), ...(until ? { until } : {}), ...sources });
    }
  }

  /** Of every two actors, one after the other, those that share a project. */
  #derivePartnerships(): void {
    const actors = [...this.nodes.values()].filter(({ type }) => ACTOR_TYPES.includes(type as 'Pole'));
    const projectsOf = (actor: Thing): Thing[] =>
      this.edges.filter(({ type, from }) => type === 'PARTICIPATES_IN' && from === actor).map(({ to }) => to);
    const partiesOf = (project: Thing): number =>
      Number(
        project.fields.participantCount ??
          this.edges.filter(({ type, to }) => type === 'PARTICIPATES_IN' && to === project).length,
      );
    for (const a of actors) {
      for (const b of actors) {
        if (a.id >= b.id) continue;
        const theirs = new Set(projectsOf(b));
        const common = projectsOf(a)
          .filter((project) => theirs.has(project))
          .sort((one, other) => (one.id < other.id ? -1 : 1));
        if (common.length === 0) continue;
        const starts = common.flatMap(({ fields }) => (fields.since ? [fields.since as PartialDate] : []));
        const ends = common.map(({ fields }) => fields.until as PartialDate | undefined);
        const known = ends.flatMap((end) => end ?? []);
        const since = starts.reduce<PartialDate | null>(
          (first, start) => (first === null || firstDay(start) < firstDay(first) ? start : first),
          null,
        );
        const until =
          known.length < ends.length ? null : known.reduce((last, end) => (lastDay(end) > lastDay(last) ? end : last));
        const fields = {
          kind: 'PROJECT',
          projectCount: common.length,
          strength: common.reduce((sum, project) => sum + 1 / (Math.max(2, partiesOf(project)) - 1), 0),
          sources: [...new Set(common.flatMap((project) => project.fields.sources as string[]))].sort(),
          ...(since === null ? {} : { since }),
          ...(until === null ? {} : { until }),
        };
        this.#addEdge('PARTNERS_WITH', a.id, b.id, fields, `partnership/project-${digest([a.id, b.id])}`);
      }
    }
  }
}
