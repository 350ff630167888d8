import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EditAction, EditArguments } from '../../src/editing/editor.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { dump } from './dump.ts';
import { done, rejected, SOURCES } from './editors.ts';
import { fullWorld } from './storm.ts';

const sources = SOURCES;
const organisation = { name: 'X', kind: 'COMPANY', sources };
const membership = { member: 'organisation/o1', network: 'pole/a', role: 'MEMBER', sources };
const partnership = { from: 'organisation/o1', to: 'organisation/o2', kind: 'SUPPLY', sources };

type Case = readonly [what: string, action: EditAction, args: EditArguments, problems: readonly string[]];

/** Cases of an input that is right but for some fields. */
const casesOf =
  (action: EditAction, right: object) =>
  (what: string, wrong: object, ...problems: string[]): Case => [
    what,
    action,
    { input: { ...right, ...wrong } },
    problems,
  ];
const ofOrganisation = casesOf('organisationCreate', organisation);
const ofMembership = casesOf('membershipStart', membership);
const ofPartnership = casesOf('partnershipStart', partnership);

/** What a caller can get wrong, and how each is answered: action, arguments, the beginning of each problem. */
const CASES: readonly Case[] = [
  ofOrganisation('no source', { sources: [] }, 'INVALID sources: Every fact needs'),
  ofOrganisation('an unknown source', { sources: ['source/no'] }, 'NOT_FOUND sources'),
  ofOrganisation('a source that is none', { sources: ['pole/a'] }, 'INVALID sources'),
  ofOrganisation('an empty name', { name: ' \n' }, 'INVALID name: name is empty'),
  ofOrganisation('a name that nobody sees', { name: '\u200B \u2060\u00AD' }, 'INVALID name: name is empty'),
  ofOrganisation('a long name', { name: 'x'.repeat(501) }, 'INVALID name: name has 501'),
  ofOrganisation('control characters', { city: 'a\u0000b' }, 'INVALID city: city holds control'),
  ofOrganisation('half a character', { city: 'a\ud800' }, 'INVALID city: city holds half'),
  ofOrganisation('a wrong alias', { aliases: ['\u001b[1m'] }, 'INVALID aliases'),
  ofOrganisation('too many aliases', { aliases: Array(101).fill('a') }, 'INVALID aliases'),
  ofOrganisation('a SIREN with a wrong check digit', { siren: '552032535' }, 'INVALID siren'),
  ofOrganisation('a wrong RNSR', { rnsr: '1' }, 'INVALID rnsr'),
  ofOrganisation('a wrong ROR', { ror: '12' }, 'INVALID ror'),
  ofOrganisation('a wrong Wikidata', { wikidata: 'P1' }, 'INVALID wikidata'),
  ofOrganisation('a SIREN that is taken', { siren: '552 032 534' }, 'TAKEN siren'),
  ofOrganisation('an unknown seat', { territory: 'territory/no' }, 'NOT_FOUND territory'),
  ofOrganisation('a seat that is a topic', { territory: 'topic/metal' }, 'INVALID territory'),
  ofOrganisation(
    'a seat whose end comes first',
    { seats: [{ territory: 'territory/d', since: '2010', until: '2009' }] },
    'INVALID until',
  ),
  ofOrganisation(
    'several at once',
    { name: 'y'.repeat(501), siren: '1', topics: ['topic/no'], sources: ['source/no', 'topic/metal'] },
    'INVALID name',
    'INVALID siren',
    'NOT_FOUND sources',
    'INVALID sources',
  ),
  ofOrganisation(
    'several that only the graph shows',
    { siren: '552032534', topics: ['topic/no'], territory: 'territory/no', sources: [] },
    'INVALID sources',
    'TAKEN siren',
    'NOT_FOUND territory',
    'NOT_FOUND topics',
  ),
  ofOrganisation(
    'facts of a new organisation that cannot be, each where it is',
    {
      memberships: [
        { network: 'pole/a', role: 'MEMBER', since: '2010' },
        { network: 'pole/a', role: 'MEMBER', since: '2014' },
        { network: 'pole/no', role: 'MEMBER' },
        { network: 'organisation/o2', role: 'MEMBER', sources: [] },
        { network: 'cluster/b', role: 'MEMBER', since: '2020' },
      ],
      partnerships: [
        { to: 'organisation/o2', kind: 'PROJECT' },
        { from: 'organisation/o1', to: 'organisation/o2', kind: 'SUPPLY' },
        { kind: 'SUPPLY' },
        { from: 'topic/metal', kind: 'SUPPLY', since: '2011', until: '2010', sources: ['source/no'] },
      ],
    },
    'INVALID memberships.3.sources: Every fact needs',
    'INVALID partnerships.1: Give from or to',
    'INVALID partnerships.2: Give from or to',
    'NOT_FOUND partnerships.3.sources: There is no source "source/no"',
    'TAKEN memberships.1.network: This membership already exists (since 2010',
    'NOT_FOUND memberships.2.network: There is no "pole/no"',
    'INVALID memberships.3.network: "organisation/o2" is an Organisation',
    'INVALID memberships.4.since: The period from 2020',
    'INVALID partnerships.0.kind: PROJECT',
    'INVALID partnerships.3.from: "topic/metal" is a Topic',
    'INVALID partnerships.3.until: The period ends',
  ),
  ofOrganisation(
    'facts of a new organisation that cannot be itself',
    { siren: '552032534', memberships: [{ network: 'pole/a', role: 'MEMBER' }] },
    'TAKEN siren',
  ),
  ['an unknown record', 'organisationUpdate', { id: 'organisation/no', input: {} }, ['NOT_FOUND id']],
  ['a record of another type', 'organisationUpdate', { id: 'pole/a', input: {} }, ['INVALID id']],
  ['a name taken away', 'organisationUpdate', { id: 'organisation/o1', input: { name: null } }, ['INVALID name']],
  ['sources taken away', 'organisationUpdate', { id: 'organisation/o1', input: { sources: [] } }, ['INVALID sources']],
  [
    'an old version',
    'organisationUpdate',
    { id: 'organisation/o1', input: { expectedVersion: 9 } },
    ['CONFLICT expectedVersion'],
  ],
  [
    'a rank of a cluster',
    'networkCreate',
    { input: { type: 'CLUSTER', name: 'C', rank: 'WORLD', sources } },
    ['INVALID rank'],
  ],
  ['a label whose end comes first', 'networkUpdate', { id: 'pole/a', input: { until: '2001' } }, ['INVALID until']],
  [
    'a structure whose end comes first',
    'networkUpdate',
    { id: 'pole/a', input: { dissolvedOn: '2001' } },
    ['INVALID dissolvedOn'],
  ],
  [
    'a lifespan that strands memberships',
    'networkUpdate',
    { id: 'pole/a', input: { foundedOn: '2012', since: '2012' } },
    ['INVALID since: 1 memberships'],
  ],
  ofMembership('an unknown member', { member: 'organisation/no' }, 'NOT_FOUND member'),
  ofMembership('a member that is a project', { member: 'project/p1' }, 'INVALID member'),
  ofMembership('a network that is none', { network: 'organisation/o2' }, 'INVALID network'),
  ofMembership('an inverted period', { since: '2014', until: '2013' }, 'INVALID until'),
  ofMembership('a time before the network', { until: '2001' }, 'INVALID since'),
  ofMembership(
    'the name of a node that has characters of none',
    { member: 'organisation/\u0000' },
    'INVALID member: member holds control characters',
  ),
  ofPartnership(
    'an empty name of a node',
    { from: ' ', to: '' },
    'INVALID from: from is empty: every partnership needs one.',
    'INVALID to: to is empty',
  ),
  [
    'a claim about nothing',
    'claimRecord',
    { input: { about: '', field: 'since', value: '2005', sources } },
    ['INVALID about: about is empty: every claim needs one.'],
  ],
  [
    'a figure about a name that is too long',
    'indicatorRecord',
    { input: { about: 'x'.repeat(501), measure: 'members', from: '2010', value: 1, sources } },
    ['INVALID about: about has 501 characters'],
  ],
  ofOrganisation(
    'the end of a fact inside another input that has characters of none',
    { memberships: [{ network: 'pole/\ud800', role: 'MEMBER' }] },
    'INVALID memberships.0.network: network holds half',
  ),
  ofOrganisation(
    'an empty end of a fact inside another input',
    { memberships: [{ network: ' ', role: 'MEMBER' }] },
    'INVALID memberships.0.network: network is empty',
  ),
  ofMembership('a membership twice', { since: '2010' }, 'TAKEN network'),
  ['an unknown membership', 'membershipUpdate', { id: 'membership/no', input: {} }, ['NOT_FOUND id']],
  ['an identifier of something else', 'membershipEnd', { id: 'pole/a', on: '2012', sources }, ['NOT_FOUND id']],
  ofPartnership('a partnership with oneself', { to: 'organisation/o1' }, 'INVALID to'),
  ofPartnership('a derived kind', { kind: 'PROJECT' }, 'INVALID kind'),
  ofPartnership('an agreement of one', { parties: 1 }, 'INVALID parties'),
  [
    'a partnership twice, from the other side',
    'partnershipStart',
    {
      input: {
        from: 'organisation/o3',
        to: 'organisation/o1',
        kind: 'CHARTER',
        label: 'Charter',
        since: '2015',
        sources,
      },
    },
    ['TAKEN to'],
  ],
  [
    'a funding without its currency',
    'projectCreate',
    { input: { name: 'P', funding: { amount: 1, currency: 'euro' }, sources } },
    ['INVALID funding.currency'],
  ],
  [
    'a project that ends first',
    'projectUpdate',
    { id: 'project/p0', input: { start: '2020', end: '2019' } },
    ['INVALID end'],
  ],
  [
    'a negative count',
    'projectUpdate',
    { id: 'project/p0', input: { participantCount: -1 } },
    ['INVALID participantCount'],
  ],
  [
    'a participation twice',
    'participationAdd',
    { input: { project: 'project/p1', participant: 'organisation/o1', role: 'PARTNER', sources } },
    ['TAKEN project'],
  ],
  ['an unknown participation', 'participationRemove', { id: 'participation/no' }, ['NOT_FOUND id']],
  [
    'an unknown applicant',
    'patentCreate',
    { input: { number: 'FR1', applicants: ['organisation/no'], sources } },
    ['NOT_FOUND applicants'],
  ],
  [
    'a production twice',
    'productionRecord',
    { input: { patent: 'patent/fr123', territory: 'territory/d', by: 'organisation/o5', sources } },
    ['TAKEN territory'],
  ],
  [
    'a maker that is no organisation',
    'productionRecord',
    { input: { patent: 'patent/fr123', territory: 'territory/fr', by: 'pole/a', sources } },
    ['INVALID by'],
  ],
  [
    'another figure',
    'indicatorRecord',
    { input: { about: 'pole/a', measure: 'members', value: 211, from: '2016', sources } },
    ['TAKEN measure'],
  ],
  [
    'a figure about a topic',
    'indicatorRecord',
    { input: { about: 'topic/metal', measure: 'm', value: 1, from: '2016', sources } },
    ['INVALID about'],
  ],
  [
    'a claim about nothing that is recorded',
    'claimRecord',
    { input: { about: 'topic/none', field: 'f', value: 'v', sources } },
    ['NOT_FOUND about'],
  ],
  [
    'a long note',
    'claimRecord',
    { input: { about: 'pole/a', field: 'f', value: 'v', note: 'x'.repeat(5_001), sources } },
    ['INVALID note'],
  ],
  ['a source without a title', 'sourceCreate', { input: { title: '' } }, ['INVALID title']],
  ['an empty key', 'sourceCreate', { input: { title: 'T', idempotencyKey: ' ' } }, ['INVALID idempotencyKey']],
  ['a merge of nothing', 'organisationMerge', { id: 'organisation/o1', others: [] }, ['INVALID others']],
  [
    'a merge with itself',
    'organisationMerge',
    { id: 'organisation/o1', others: ['organisation/o1'] },
    ['INVALID others'],
  ],
  [
    'a merge with a pole',
    'organisationMerge',
    { id: 'organisation/o1', others: ['pole/a', 'organisation/no'] },
    ['INVALID others', 'NOT_FOUND others'],
  ],
  ['a deletion of what is used', 'nodeDelete', { id: 'organisation/o1', cascade: false }, ['IN_USE id']],
  ['a deletion of what is not', 'nodeDelete', { id: 'organisation/no', cascade: true }, ['NOT_FOUND id']],
  ['a deletion of a used source', 'nodeDelete', { id: 'source/b', cascade: false }, ['IN_USE id']],
  [
    'a deletion of the only source',
    'nodeDelete',
    { id: 'source/fixture', cascade: true },
    ['IN_USE id: "source/fixture" is all'],
  ],
  [
    'a succession of oneself',
    'networkSucceed',
    { input: { from: 'pole/a', to: 'pole/a', kind: 'MERGE', sources } },
    ['INVALID to'],
  ],
  [
    'a succession twice',
    'networkSucceed',
    { input: { from: 'cluster/b', to: 'pole/a', kind: 'ABSORPTION', sources } },
    ['TAKEN to'],
  ],
  [
    'a succession before it began',
    'networkSucceed',
    { input: { from: 'cluster/b', to: 'pole/a', kind: 'MERGE', since: '2001', sources } },
    ['INVALID since'],
  ],
];

describe('what the caller can put right', () => {
  let graph: TestGraph;
  let before: string[];

  beforeAll(async () => {
    graph = await (await emptyGraph()).fill(fullWorld());
    await done(graph, 'organisationUpdate', { id: 'organisation/o10', input: { siren: '552032534' } });
    before = await dump(graph.engine);
  });

  afterAll(async () => {
    expect(await dump(graph.engine)).toEqual(before);
    await graph[Symbol.asyncDispose]();
  });

  it.each(CASES)('gets the problems: %s', async (_, action, args, problems) => {
    const found = await rejected(graph, action, args);
    expect(found.map((one, place) => one.slice(0, problems[place]?.length))).toEqual(problems);
    for (const one of found) expect(one).toMatch(/\.$/);
  });

  it('gets a problem for a change of a derived partnership', async () => {
    const { organisation: o1 } = await graph.ask(
      '{ organisation(by: { id: "organisation/o1" }) { partners(kind: PROJECT) { edges { partnerships { id } } } } }',
    );
    const id = o1.partners.edges[0].partnerships[0].id;
    expect(await rejected(graph, 'partnershipEnd', { id, on: '2012', sources })).toEqual([
      expect.stringContaining('derived'),
    ]);
    expect(await rejected(graph, 'nodeDelete', { id })).toEqual([expect.stringContaining('derived')]);
  });

  it('leaves nothing behind, not even an entry in the change log', async () => {
    const last = async () =>
      (await graph.ask('{ changesSince(sequence: 0, first: 1000) { sequence } }')).changesSince.length;
    const count = await last();
    await rejected(graph, 'organisationCreate', { input: { ...organisation, territory: 'territory/no' } });
    expect(await last()).toBe(count);
  });
});
