import { setTimeout as pause } from 'node:timers/promises';
import type { Dump } from './dump.ts';
import { randomness } from './randomness.ts';
import { FIXTURE_SOURCE, World } from './world.ts';

/** Where the server of the moment answers; waits while there is none. */
export type Door = () => Promise<{ readonly url: string; readonly token: string }>;

/** One answer over HTTP, with data or errors. */
export interface Answer {
  readonly status: number;
  /** Of its first error; null where it has none. */
  readonly code: string | null;
  readonly milliseconds: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields that it selected
  readonly data: any;
  readonly text: string;
}

/** What a client may meet while a database or a server goes and comes; anything else is an error. */
const PASSING: ReadonlySet<string | null> = new Set([
  'DATABASE_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'CONTENTION',
  'TIMEOUT',
]);
/** Milliseconds before a client asks again. */
const BREATH_MS = 50;

/** Sends one request. Rejects when the connection breaks before the answer is complete. */
export async function ask(door: Door, query: string, variables: object = {}): Promise<Answer> {
  const { url, token } = await door();
  const started = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const milliseconds = performance.now() - started;
  const { data = null, errors } = JSON.parse(text);
  return { status: response.status, code: errors?.[0]?.extensions?.code ?? null, milliseconds, data, text };
}

/** The world in which the clients work: what they share, each of which has every kind of link. */
export function sharedWorld(): World {
  const world = new World().territory('territory/t').topic('topic/t').pole('Pole', { id: 'pole/shared' });
  for (let place = 0; place < SHARED; place++) world.organisation(`Shared ${place}`, { id: `organisation/${place}` });
  return world;
}
/** Records that all clients change. */
const SHARED = 6;

/** What was acknowledged to the clients: fields of existing records, and identifiers of deleted ones. */
export class Ledger {
  readonly there = new Map<string, Readonly<Record<string, unknown>>>();
  readonly gone = new Set<string>();
  /** Mutations that were acknowledged. */
  acknowledged = 0;
  /** Mutations that had to be sent again, since nobody knew what had become of them. */
  repeated = 0;

  /** What of it a graph does not hold. */
  contradictions({ nodes, edges }: Dump): unknown[] {
    const wrong: unknown[] = [];
    for (const [id, { has = [], ...fields }] of this.there) {
      const stored = nodes[id] ?? edges[id];
      const aliases = (stored?.aliases ?? []) as string[];
      const actual = { ...stored, aliases: aliases.toSorted() } as Record<string, unknown>;
      const lost = (has as string[]).filter((alias) => !aliases.includes(alias));
      const other = Object.entries(fields).filter(
        ([field, value]) => JSON.stringify(actual[field]) !== JSON.stringify(value),
      );
      if (!stored || lost.length > 0 || other.length > 0) wrong.push({ id, lost, other, stored });
    }
    for (const id of this.gone) if (id in nodes || id in edges) wrong.push({ id, isThere: true });
    return wrong;
  }
}

interface Organisation {
  readonly id: string;
  readonly name: string;
  version: number;
  aliases: string[];
  /** Identifiers of the facts that it is an end of. */
  readonly facts: string[];
}

interface Project {
  readonly id: string;
  version: number;
  readonly participations: string[];
}

interface Sent {
  // biome-ignore lint/suspicious/noExplicitAny: the payload of whichever mutation
  readonly payload: any;
  readonly isRepeated: boolean;
}

const PROBLEMS = 'problems { code message }';
const CREATE = (mutation: string, input: string, fields: string): string =>
  `mutation($input: ${input}!) { payload: ${mutation}(input: $input) { record: ${fields} ${PROBLEMS} } }`;
const UPDATE = (mutation: string, input: string, fields: string): string =>
  `mutation($id: ID!, $input: ${input}!) { payload: ${mutation}(id: $id, input: $input) { record: ${fields} ${PROBLEMS} } }`;

const ORGANISATION = 'organisation { id version aliases }';
const DOCUMENTS = {
  organisationCreate: CREATE('organisationCreate', 'OrganisationCreateInput', ORGANISATION),
  organisationUpdate: UPDATE('organisationUpdate', 'OrganisationUpdateInput', ORGANISATION),
  organisationMerge: `mutation($id: ID!, $others: [ID!]!) { payload: organisationMerge(id: $id, others: $others) { record: ${ORGANISATION} ${PROBLEMS} } }`,
  membershipStart: CREATE('membershipStart', 'MembershipStartInput', 'membership { id }'),
  membershipEnd: `mutation($id: ID!, $on: PartialDate!, $sources: [ID!]!) { payload: membershipEnd(id: $id, on: $on, sources: $sources) { record: membership { id } ${PROBLEMS} } }`,
  partnershipStart: CREATE('partnershipStart', 'PartnershipStartInput', 'partnership { id }'),
  projectCreate: CREATE('projectCreate', 'ProjectCreateInput', 'project { id version }'),
  projectUpdate: UPDATE('projectUpdate', 'ProjectUpdateInput', 'project { id version }'),
  participationAdd: CREATE('participationAdd', 'ParticipationAddInput', 'participation { id }'),
  participationRemove: `mutation($id: ID!) { payload: participationRemove(id: $id) { deleted ${PROBLEMS} } }`,
  nodeDelete: `mutation($id: ID!) { payload: nodeDelete(id: $id, cascade: true) { deleted ${PROBLEMS} } }`,
} as const;

const sources = [FIXTURE_SOURCE];

/**
 * Somebody who changes the graph without a pause, sends again what was not acknowledged, as docs/editing.md says that one
 * may, and writes into a ledger what was.
 */
export class Client {
  readonly #name: string;
  readonly #door: Door;
  readonly #ledger: Ledger;
  readonly #random: () => number;
  readonly #hear: (answer: Answer | null) => void;
  readonly #organisations: Organisation[] = [];
  readonly #projects: Project[] = [];
  #count = 0;

  /** `hear` is called with each answer, and with null for a connection that broke before there was one. */
  constructor(number: number, door: Door, ledger: Ledger, hear: (answer: Answer | null) => void = () => {}) {
    this.#name = `client ${number}`;
    this.#door = door;
    this.#ledger = ledger;
    this.#random = randomness(number);
    this.#hear = hear;
  }

  /** Works until it is stopped, and then until what it began is acknowledged. */
  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) await this.#step();
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  #isEnough(): boolean {
    return this.#organisations.length > 4;
  }

  #step(): Promise<void> {
    if (!this.#isEnough()) return this.#create();
    const steps = [
      ...[this.#create, this.#create, this.#update, this.#update, this.#share, this.#join, this.#join, this.#leave],
      ...[this.#partner, this.#propose, this.#takePart, this.#takePart, this.#takePart, this.#resize, this.#withdraw],
      ...[this.#merge, this.#delete],
    ];
    return this.#pick(steps).call(this);
  }

  /** Sends until there is an answer, and notes what the answer acknowledges. */
  async #send(document: keyof typeof DOCUMENTS, variables: object): Promise<Sent> {
    for (let tries = 1; ; tries++) {
      const answer = await ask(this.#door, DOCUMENTS[document], variables).catch(() => null);
      this.#hear(answer);
      const payload = answer?.data?.payload;
      // A record that could not be read after the change: the change was made, and the repetition says so.
      if (answer && payload && answer.code === null) {
        this.#ledger.acknowledged++;
        if (tries > 1) this.#ledger.repeated++;
        return { payload, isRepeated: tries > 1 };
      }
      if (answer && !PASSING.has(answer.code)) throw new Error(`${document}: ${answer.text}`);
      await pause(BREATH_MS);
    }
  }

  /** Sends what must be done, and gives the record. */
  async #done(document: keyof typeof DOCUMENTS, variables: object) {
    const { payload } = await this.#send(document, variables);
    if (payload.problems.length > 0) throw new Error(`${document}: ${JSON.stringify(payload.problems)}`);
    return payload.record;
  }

  #key(): string {
    return `${this.#name}, ${++this.#count}`;
  }

  #tell(id: string, fields: Readonly<Record<string, unknown>>): void {
    this.#ledger.there.set(id, { ...this.#ledger.there.get(id), ...fields });
    // A fact that was deleted and is recorded again has its old identifier.
    this.#ledger.gone.delete(id);
  }

  /** What is about to go, or to become one with another: until that is acknowledged, nobody can say whether it is there. */
  #forget(facts: readonly string[]): void {
    for (const fact of facts) this.#ledger.there.delete(fact);
  }

  async #create(): Promise<void> {
    const idempotencyKey = this.#key();
    const input = {
      ...{ name: `Organisation of ${idempotencyKey}`, kind: 'COMPANY', sources, idempotencyKey },
      ...{ territory: 'territory/t', topics: ['topic/t'] },
    };
    const { id, version } = await this.#done('organisationCreate', { input });
    this.#tell(id, { name: input.name, kind: 'COMPANY' });
    this.#organisations.push({ id, name: input.name, version, aliases: [], facts: [] });
  }

  async #update(): Promise<void> {
    const organisation = this.#pick(this.#organisations);
    const aliases = [...organisation.aliases, this.#key()];
    const input = { aliases, expectedVersion: organisation.version };
    const { payload, isRepeated } = await this.#send('organisationUpdate', { id: organisation.id, input });
    const isDone = payload.problems.length === 0 || (isRepeated && payload.problems[0].code === 'CONFLICT');
    const { version } = payload.record;
    if (!isDone || version !== organisation.version + 1 || payload.record.aliases.length !== aliases.length) {
      throw new Error(`organisationUpdate of ${JSON.stringify(organisation)}: ${JSON.stringify(payload)}`);
    }
    Object.assign(organisation, { version, aliases });
    this.#tell(organisation.id, { aliases: aliases.toSorted() });
  }

  /** Adds an alias to a record of all, reading it again while another writer was faster. */
  async #share(): Promise<void> {
    const id = `organisation/${Math.floor(this.#random() * SHARED)}`;
    const alias = this.#key();
    let seen = { version: 1, aliases: [] as string[] };
    while (!seen.aliases.includes(alias)) {
      const input = { aliases: [...seen.aliases, alias], expectedVersion: seen.version };
      const { payload } = await this.#send('organisationUpdate', { id, input });
      seen = payload.record;
    }
    const { has = [] } = (this.#ledger.there.get(id) ?? {}) as { has?: string[] };
    this.#tell(id, { has: [...has, alias] });
  }

  async #join(): Promise<void> {
    const member = this.#organisations.find(({ facts }) => facts.length === 0);
    if (!member) return this.#create();
    const input = { member: member.id, network: 'pole/shared', since: '2010', sources, idempotencyKey: this.#key() };
    const { id } = await this.#done('membershipStart', { input });
    member.facts.push(id);
    this.#tell(id, { from: member.id, to: 'pole/shared', since: '2010' });
  }

  async #leave(): Promise<void> {
    const member = this.#pick(this.#organisations);
    const id = member.facts.find((fact) => fact.startsWith('membership/'));
    if (!id || !this.#ledger.there.has(id)) return;
    const on = this.#pick(['2019', '2020-06', '2021-01-31']);
    await this.#done('membershipEnd', { id, on, sources });
    this.#tell(id, { until: on });
  }

  async #partner(): Promise<void> {
    const [from, to] = [this.#pick(this.#organisations), this.#organisations.at(-1)!];
    if (from === to || to.facts.some((fact) => fact.startsWith('partnership/'))) return this.#create();
    const input = { from: from.id, to: to.id, kind: 'SUPPLY', sources, idempotencyKey: this.#key() };
    const { id } = await this.#done('partnershipStart', { input });
    for (const end of [from, to]) end.facts.push(id);
    this.#tell(id, { from: from.id, to: to.id, kind: 'SUPPLY' });
  }

  async #propose(): Promise<void> {
    const idempotencyKey = this.#key();
    const name = `Project of ${idempotencyKey}`;
    const input = { name, labelledBy: ['pole/shared'], topics: ['topic/t'], sources, idempotencyKey };
    const { id, version } = await this.#done('projectCreate', { input });
    this.#tell(id, { name });
    this.#projects.push({ id, version, participations: [] });
  }

  async #takePart(): Promise<void> {
    const project = this.#projects.at(-1);
    const participant = this.#pick(this.#organisations);
    if (!project || project.participations.length > 4) return this.#propose();
    const input = { project: project.id, participant: participant.id, sources, idempotencyKey: this.#key() };
    const { payload } = await this.#send('participationAdd', { input });
    // It may take part already.
    if (payload.problems[0]?.code === 'TAKEN') return;
    const { id } = payload.record;
    project.participations.push(id);
    participant.facts.push(id);
    this.#tell(id, { from: participant.id, to: project.id });
  }

  async #resize(): Promise<void> {
    if (this.#projects.length === 0) return this.#propose();
    const project = this.#pick(this.#projects);
    const participantCount = project.version + 5;
    const input = { participantCount, expectedVersion: project.version };
    const { payload, isRepeated } = await this.#send('projectUpdate', { id: project.id, input });
    const isDone = payload.problems.length === 0 || (isRepeated && payload.problems[0].code === 'CONFLICT');
    if (!isDone || payload.record.version !== project.version + 1) {
      throw new Error(`projectUpdate of ${JSON.stringify(project)}: ${JSON.stringify(payload)}`);
    }
    project.version++;
    this.#tell(project.id, { participantCount });
  }

  async #withdraw(): Promise<void> {
    const project = this.#projects.at(-1);
    const id = project?.participations.find((one) => this.#ledger.there.has(one));
    if (!project || id === undefined) return this.#propose();
    await this.#take('participationRemove', id, []);
  }

  async #merge(): Promise<void> {
    const [survivor, other] = [this.#organisations[0]!, this.#organisations[1]!];
    this.#forget([other.id, ...survivor.facts, ...other.facts]);
    const { payload } = await this.#send('organisationMerge', { id: survivor.id, others: [other.id] });
    if (payload.problems.length > 0) throw new Error(JSON.stringify(payload));
    this.#organisations.splice(1, 1);
    survivor.facts.push(...other.facts);
    const aliases = [...survivor.aliases, other.name, ...other.aliases];
    Object.assign(survivor, { aliases: payload.record.aliases, version: payload.record.version });
    this.#ledger.gone.add(other.id);
    this.#tell(survivor.id, { aliases: aliases.toSorted() });
  }

  async #delete(): Promise<void> {
    const place = Math.floor(this.#random() * this.#organisations.length);
    const [organisation] = this.#organisations.splice(place, 1);
    await this.#take('nodeDelete', organisation!.id, organisation!.facts);
  }

  /** Deletes something with its facts. What is missing at a second try was deleted by the first. */
  async #take(document: 'participationRemove' | 'nodeDelete', id: string, facts: readonly string[]): Promise<void> {
    this.#forget([id, ...facts]);
    const { payload, isRepeated } = await this.#send(document, { id });
    const [problem] = payload.problems;
    if (problem && !(isRepeated && problem.code === 'NOT_FOUND')) throw new Error(JSON.stringify(payload));
    this.#ledger.gone.add(id);
  }
}
