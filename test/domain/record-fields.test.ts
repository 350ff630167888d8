import { isInputObjectType, isNonNullType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { type Field, propertyOf } from '../../src/domain/field.ts';
import { checkedValue } from '../../src/domain/field-value.ts';
import { fieldsOf, RECORD_FIELDS, type RecordType } from '../../src/domain/record-fields.ts';
import { RELATIONSHIP_SHAPES } from '../../src/domain/relationship.ts';
import { nodeRecord } from '../../src/store/node.ts';
import { FILES } from '../../src/transfer/files.ts';

const TYPES = Object.keys(RECORD_FIELDS) as RecordType[];

/** The inputs that make a record of each type, and what each takes in another form than the table's. */
const INPUTS: readonly (readonly [type: RecordType, input: string, otherwise: readonly string[]])[] = [
  ['organisation', 'OrganisationCreateInput', ['id']],
  ['network', 'NetworkCreateInput', ['id']],
  ['membership', 'MembershipStartInput', ['id']],
  ['affiliation', 'AffiliationStartInput', ['id']],
  ['partnership', 'PartnershipStartInput', ['id']],
  ['succession', 'NetworkSucceedInput', ['id']],
  ['label', 'LabelStartInput', ['id']],
  ['project', 'ProjectCreateInput', ['id', 'currency']],
  ['participation', 'ParticipationAddInput', ['id']],
  ['patent', 'PatentCreateInput', ['id']],
  ['production', 'ProductionRecordInput', ['id']],
  ['indicator', 'IndicatorRecordInput', ['id']],
  ['claim', 'ClaimRecordInput', ['id']],
  ['source', 'SourceCreateInput', ['id']],
];

const IDENTIFIERS = ['siren', 'rnsr', 'ror', 'isni', 'wikidata', 'cordisPic'];
const ACTOR = [...IDENTIFIERS, 'latitude', 'longitude'];

/** The types of the schema that show records of each type, and fields that they show in another form than the table's. */
const SHOWN: readonly (readonly [type: RecordType, shownAs: string, otherwise: readonly string[]])[] = [
  ['organisation', 'Organisation', ACTOR],
  ['network', 'Pole', [...ACTOR, 'type', 'descriptionEn']],
  ['project', 'Project', ['currency']],
  ['patent', 'Patent', []],
  ['topic', 'Topic', ['nameEn', 'aliases', 'definitionEn']],
  ['territory', 'Territory', ['latitude', 'longitude']],
  ['source', 'Source', []],
  ['indicator', 'Indicator', []],
  ['claim', 'Claim', ['about']],
  ['membership', 'Membership', []],
  ['affiliation', 'Affiliation', []],
  ['partnership', 'Partnership', []],
  ['succession', 'Succession', []],
  ['label', 'Label', ['label']],
  ['participation', 'Participation', []],
  ['production', 'Production', ['patent']],
];

describe('the table of fields', () => {
  it('has a file of the import for each type of records', () => {
    expect(FILES.map(({ recordType }) => recordType).sort()).toEqual([...TYPES].sort());
  });

  it('says of each field in a sentence what it is', () => {
    for (const type of TYPES) {
      for (const [name, { description }] of fieldsOf(type)) expect(`${type}.${name}: ${description}`).toMatch(/\.$/);
    }
  });

  it.each(INPUTS)('is what mutations take of a %s', (type, inputName, otherwise) => {
    const input = schema.getType(inputName);
    if (!isInputObjectType(input)) throw new Error(`There is no input ${inputName}.`);
    const fields = input.getFields();
    const missing = fieldsOf(type).filter(([name]) => !otherwise.includes(name) && !fields[name]);
    expect(missing).toEqual([]);
    const required = fieldsOf(type).filter(([name, field]) => field.isRequired && !otherwise.includes(name));
    for (const [name] of required) expect([name, isNonNullType(fields[name]!.type)]).toEqual([name, true]);
  });

  it.each(SHOWN)('is what the API shows: %s', (type, shownAs, otherwise) => {
    const shown = schema.getType(shownAs);
    if (!isObjectType(shown)) throw new Error(`There is no type ${shownAs}.`);
    const missing = fieldsOf(type).filter(([name]) => !shown.getFields()[name]);
    expect(missing.map(([name]) => name).sort()).toEqual([...otherwise].sort());
  });

  it('names the ends of each relationship as its shape does', () => {
    const facts = { membership: 'MEMBER_OF', affiliation: 'AFFILIATED_WITH', territoryPart: 'PART_OF' } as const;
    for (const [type, relationship] of Object.entries(facts)) {
      const { from, to } = RELATIONSHIP_SHAPES[relationship];
      const names = fieldsOf(type as RecordType).map(([name]) => name);
      expect(names).toEqual(expect.arrayContaining([from.name, to.name]));
    }
  });

  it('gives a stored node all its properties, absent or not', () => {
    const node = nodeRecord({ id: 'organisation/x', type: 'Organisation' }) as unknown as Record<string, unknown>;
    for (const [name, field] of fieldsOf('organisation')) {
      const property = propertyOf(name, field);
      if (property !== null && property !== 'name') expect([property, node[property]]).not.toContain(undefined);
    }
  });
});

describe('a value', () => {
  const line: Field = { kind: 'line', description: 'A line.' };
  it.each<[what: string, field: Field, given: unknown, checked: object]>([
    ['a text is trimmed', line, ' a ', { value: 'a' }],
    ['a text of spaces is none', line, ' \n', { value: null }],
    ['a list has each item once', { kind: 'lines', description: '' }, ['a', ' a', ''], { value: ['a'] }],
    [
      'an identifier is spelled as its registry does',
      RECORD_FIELDS.organisation.siren,
      '552 032 534',
      { value: '552032534' },
    ],
    [
      'a number is no text',
      RECORD_FIELDS.indicator.value,
      '12',
      { problem: '"12" is not a number such as 2500000 or 3.6.' },
    ],
    [
      'half a party is none',
      RECORD_FIELDS.partnership.parties,
      2.5,
      { problem: '"2.5" is not a whole number such as 12.' },
    ],
    [
      'an address may not run code',
      RECORD_FIELDS.source.url,
      'javascript:alert(1)',
      { problem: expect.stringContaining('is not a web address') },
    ],
  ])('%s', (_, field, given, checked) => {
    expect(checkedValue('field', field, given)).toEqual(checked);
  });
});
