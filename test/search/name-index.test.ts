import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../src/search/document.ts';
import { NameIndex, type SearchOptions } from '../../src/search/name-index.ts';

/** Documents of the given names, or with more than a name; their ids are their names. */
function indexOf(...documents: (string | Partial<SearchDocument>)[]): NameIndex {
  const index = new NameIndex();
  for (const document of documents) index.add(documentOf(document));
  return index;
}

function documentOf(given: string | Partial<SearchDocument>): SearchDocument {
  const fields = typeof given === 'string' ? { name: given } : given;
  const name = fields.name ?? 'Sans nom';
  return {
    ...{ id: name, type: 'Organisation', name, acronym: null, aliases: [], identifiers: [], popularity: 0 },
    ...{ kind: null, since: null, until: null },
    ...fields,
  };
}

/** What a text finds, in order, as `level id`. */
function found(index: NameIndex, text: string, options: Partial<SearchOptions> = {}): string[] {
  return index.search(text, { limit: 20, ...options }).hits.map(({ level, id }) => `${level} ${id}`);
}

describe('levels', () => {
  it('come identifiers, names and acronyms, aliases, words, words with typing errors, from high to low', () => {
    const index = indexOf(
      { id: 'typo', name: 'Laboratoire Martin', popularity: 900 },
      { id: 'words', name: 'Institut Marin de Brest', popularity: 90 },
      { id: 'alias', aliases: ['MARIN'] },
      { id: 'acronym', acronym: 'Marin' },
      { id: 'name', name: 'Marin', popularity: 1 },
      { id: 'identifier', identifiers: ['marin'] },
      { id: 'other', name: 'Institut de Brest' },
    );
    expect(found(index, 'marin ')).toEqual(['6 identifier', '5 name', '5 acronym', '4 alias', '3 words', '2 typo']);
  });

  it('end with documents that hold some of the words, when none holds all', () => {
    const index = indexOf('Institut de chimie', 'Institut de physique de Paris', 'École de physique');
    expect(found(index, 'institut de physique xyzzy')).toEqual([
      '1 Institut de physique de Paris',
      '1 Institut de chimie',
      '1 École de physique',
    ]);
    expect(found(index, 'institut de physique')).toEqual(['3 Institut de physique de Paris']);
  });

  it('never hold documents for a common word alone', () => {
    expect(found(indexOf('Institut de chimie'), 'de xyzzy')).toEqual([]);
  });

  it('have no score where a whole text is found, so that popularity decides there, and then the id by code unit', () => {
    const index = indexOf(
      { id: 'a', name: 'Institut Pasteur', popularity: 2 },
      { id: 'é', name: 'Institut Pasteur', popularity: 8 },
      { id: 'z', name: 'Institut Pasteur', popularity: 8 },
      { id: 'B', name: 'Institut Pasteur', popularity: 8 },
    );
    expect(found(index, 'institut pasteur')).toEqual(['5 B', '5 z', '5 é', '5 a']);
    expect(index.search('institut pasteur', { limit: 1 }).hits[0]).toMatchObject({ score: 0, popularity: 8 });
  });
});

describe('scores', () => {
  const scoreOf = (document: Partial<SearchDocument>, text: string) =>
    indexOf(document).search(text, { limit: 1 }).hits[0]?.score;

  it('add up position and kind of match of each word, covered share of the name, and popularity', () => {
    const lyon = { name: 'Chimie à Lyon', aliases: ['Catalyse rhodanienne'] };
    // One word of three: 400 / 3 is 133.
    expect(scoreOf(lyon, 'chimie')).toBe(1300 + 133);
    expect(scoreOf(lyon, 'lyon')).toBe(1000 + 133);
    expect(scoreOf(lyon, 'catalyse')).toBe(850 + 133);
    expect(scoreOf(lyon, 'chim')).toBe(1040 + 133);
    expect(scoreOf(lyon, 'lyo')).toBe(800 + 133);
    expect(scoreOf(lyon, 'cata')).toBe(680 + 133);
    expect(scoreOf(lyon, 'chimei ')).toBe(650 + 133);
    expect(scoreOf(lyon, 'catalyes ')).toBe(425 + 133);
    expect(scoreOf({ ...lyon, popularity: 7 }, 'chimie')).toBe(1300 + 133 + 180);
  });

  it('count a common word a fifth of another, found or not', () => {
    expect(scoreOf({ name: 'Pôle de chimie' }, 'chimie de')).toBe(Math.round((5 * 1000 + 1000) / 6 + 400 / 3));
    expect(scoreOf({ name: 'Pôle et chimie' }, 'chimie du')).toBe(Math.round((5 * 1000) / 6 + 400 / 3));
  });

  it('count words found, by the thousands, where not all are', () => {
    expect(scoreOf({ name: 'Pôle de chimie' }, 'chimie de xyzzy')).toBe(
      Math.round((5 * 1000 + 1000) / 11 + 400 / 3) + 4000,
    );
  });
});

describe('what is typed', () => {
  it('finds dotted letters and their acronym by each other', () => {
    const index = indexOf('H.A.I.', { id: 'CNRS', name: 'Recherche', acronym: 'CNRS' });
    expect(found(index, 'hai')).toEqual(['5 H.A.I.']);
    expect(found(index, 'C.N.R.S')).toEqual(['5 CNRS']);
    expect(found(index, 'c.n.r.s.')).toEqual(['5 CNRS']);
  });

  it('may keep or lose its elisions', () => {
    const index = indexOf("Laboratoire d'informatique", 'lUniversité', 'Centre dEtudes');
    expect(found(index, "d'informatique")).toEqual(["3 Laboratoire d'informatique"]);
    expect(found(index, 'informatique')).toEqual(["3 Laboratoire d'informatique"]);
    expect(found(index, "d'")).toEqual([]);
    expect(found(index, 'universite')).toEqual(['3 lUniversité']);
    expect(found(index, 'études')).toEqual(['3 Centre dEtudes']);
  });

  it('may write a plus as a sign or as a word', () => {
    const index = indexOf('C++', 'Canal+', 'Canalisation');
    expect(found(index, 'c++')).toEqual(['5 C++']);
    expect(found(index, 'Canal+')).toEqual(['5 Canal+']);
    expect(found(index, 'canal plus')).toEqual(['3 Canal+']);
    expect(found(index, 'c plus plus')).toEqual(['3 C++', '3 Canal+']);
  });

  it('may open or close words at capitals, hyphens and numbers', () => {
    const index = indexOf('DigitalPlace', 'Midi-Pyrénées', 'UMR5505', '3il');
    for (const text of ['digitalplace', 'DIGITALPLACE']) expect(found(index, text)).toEqual(['5 DigitalPlace']);
    for (const text of ['place', 'digital', 'Digital Place']) expect(found(index, text)).toEqual(['3 DigitalPlace']);
    expect(found(index, 'midi pyrenees')).toEqual(['5 Midi-Pyrénées']);
    for (const text of ['umr 5505', 'UMR5505', 'umr-5505']) expect(found(index, text)).toEqual(['5 UMR5505']);
    expect(found(index, '3IL')).toEqual(['5 3il']);
  });

  it('may space identifiers as people do', () => {
    const index = indexOf({ id: 'firm', identifiers: ['775 671 464'] }, { id: 'lab', identifiers: ['UMR5505'] });
    for (const text of ['775671464', '775 671 464', '775-671-464']) expect(found(index, text)).toEqual(['6 firm']);
    for (const text of ['umr 5505', 'UMR5505']) expect(found(index, text)).toEqual(['6 lab']);
    expect(found(index, '775671')).toEqual([]);
  });

  it('may hold one typing error in each word of five letters: swapped, wrong, missing or one too many', () => {
    const index = indexOf('École polytechnique');
    const mistyped = ['ecloe polytechnique', 'eclole polytechnique', 'icole polytechnique', 'ecoole polytehcnique'];
    for (const text of mistyped) expect(found(index, text)).toEqual(['2 École polytechnique']);
    expect(found(index, 'ecle ')).toEqual([]);
    expect(found(index, 'ecloee ')).toEqual([]);
  });

  it('may hold one where the word is not finished', () => {
    const index = indexOf('Université de Lorraine');
    for (const text of ['univre', 'unvier', 'xniver', 'uuniver', 'niver']) {
      expect(found(index, text)).toEqual(['2 Université de Lorraine']);
      expect(found(index, `${text} `)).toEqual([]);
    }
  });

  it('may hold one in a word with digits, but not in a digit', () => {
    const index = indexOf('ID4Mobility', 'Med2Earth Observatoire', { id: 'unit', name: 'Unité u11345' });
    for (const text of ['ID4Mobliity', 'ID4Mobilty ', 'IB4Mobility', 'ID4Mobliit', 'I4DMobility']) {
      expect(found(index, text), text).toEqual(['2 ID4Mobility']);
    }
    expect(found(index, 'med2eatrh')).toEqual(['2 Med2Earth Observatoire']);
    for (const text of ['ID5Mobility', 'ID44Mobility', 'IDMobility', 'v11345']) expect(found(index, text)).toEqual([]);
  });

  it('with an error in a whole name finds that name before words that merely begin alike', () => {
    const index = indexOf(
      { id: 'pole/enter', name: 'ENTER' },
      { id: 'firm', name: 'Enerbim', popularity: 900 },
      { id: 'pole/i-trans', name: 'i-Trans' },
      { id: 'transport', name: 'Transports', popularity: 900 },
      { id: 'medee', name: 'Domotique', acronym: 'MEDEE' },
      { id: 'medley', name: 'Medley', popularity: 900 },
      { id: 'old', name: 'Vallée', aliases: ['Mécanic Valley'] },
    );
    expect(found(index, 'ETNER')).toEqual(['2 pole/enter', '2 firm']);
    expect(found(index, 'i-Tyans')).toEqual(['2 pole/i-trans', '2 transport']);
    expect(found(index, 'MEDfE')).toEqual(['2 medee', '2 medley']);
    // An error may be in a short word or between words too.
    for (const text of ['i-Trns', 'iTrans', 'i Tr-ans']) expect(found(index, text), text).toContain('2 pole/i-trans');
    expect(found(index, 'mecanicvalley')).toEqual(['2 old']);
    expect(index.search('MEDfE', { limit: 1 }).hits[0]).toMatchObject({ matchedFields: ['acronym'] });
    expect(index.search('mecanicvalley', { limit: 1 }).hits[0]).toMatchObject({ matchedFields: ['aliases'] });
  });

  it('finds a name before others when it begins that name, also over a hyphen', () => {
    const index = indexOf(
      { id: 'i-trans', name: 'i-Trans' },
      { id: 'trathi', name: 'TraThI', popularity: 90 },
      { id: 'transport', name: 'Transports', popularity: 900 },
      { id: 'lyon', name: 'Université de Lyon' },
      { id: 'other', name: 'Lyon, université', popularity: 900 },
    );
    expect(found(index, 'i-Tra')[0]).toBe('3 i-trans');
    expect(found(index, 'i-tr')[0]).toBe('3 i-trans');
    expect(found(index, 'universite de l')).toEqual(['3 lyon', '3 other']);
  });

  it('may be an identifier as people paste it', () => {
    const index = indexOf(
      { id: 'pole/aerospace-valley', name: 'Aerospace Valley' },
      { id: 'organisation/x', name: 'X', identifiers: ['02feahw73', '200611689J', '552032534', 'Q280413'] },
      { id: 'organisation/y', name: 'Pole Aerospace-Valley' },
    );
    expect(found(index, ' pole/aerospace-valley ')).toEqual(['6 pole/aerospace-valley', '5 organisation/y']);
    expect(index.search('pole/aerospace-valley', { limit: 1 }).hits[0]?.matchedFields).toContain('identifiers');
    const written = [
      ...['https://ror.org/02feahw73', 'ror.org/02FEAHW73', '02feahw73', '200 611 689 j', '552 032 534'],
      ...['552\u00a0032\u202f534', 'q280413', 'https://www.wikidata.org/wiki/Q280413'],
      'http://www.wikidata.org/entity/Q280413',
    ];
    for (const text of written) expect(found(index, text), text).toEqual(['6 organisation/x']);
    // Nobody who pastes an address of an unknown one means names with "org" in them.
    expect(found(indexOf('ORG', 'Wiki'), 'https://ror.org/02feahw73')).toEqual([]);
  });

  it('may hold characters that nobody sees', () => {
    const index = indexOf('Mécanic Vallée');
    expect(found(index, 'mé\u00ADcanic\u200B vallée\uFEFF')).toEqual(['5 Mécanic Vallée']);
  });

  it('may not hold one in a number', () => {
    expect(found(indexOf('Unité 11345'), 'unité 11346')).toEqual(['1 Unité 11345']);
    expect(found(indexOf('Unité 11345'), '11346')).toEqual([]);
  });

  it('finds the beginnings of words when it is short only while it is unfinished', () => {
    const index = indexOf('Union', 'UN', 'Institut universitaire');
    expect(found(index, 'un')).toEqual(['5 UN', '3 Union', '3 Institut universitaire']);
    expect(found(index, 'un ')).toEqual(['5 UN']);
    expect(found(index, 'uni,')).toEqual(['3 Union', '3 Institut universitaire']);
    expect(found(index, 'u')).toEqual(['3 UN', '3 Union', '3 Institut universitaire']);
    expect(found(index, 'u ')).toEqual([]);
  });

  it('is unfinished at the word typed last, wherever that word came first', () => {
    const index = indexOf('Lyon Union');
    expect(found(index, 'un lyon un')).toEqual(['3 Lyon Union']);
    expect(found(index, 'un lyon')).toEqual(['1 Lyon Union']);
  });

  it('needs all its common words when it has no others', () => {
    const index = indexOf('Pôle de la Mer', 'La Mer', 'Maison de Brest');
    expect(found(index, 'de la')).toEqual(['3 Pôle de la Mer']);
    expect(found(index, 'de la mer ')).toEqual(['3 La Mer', '3 Pôle de la Mer']);
  });

  it('is read up to 200 characters and twelve words', () => {
    const index = indexOf('Lyon');
    expect(found(index, `lyon${' '.repeat(196)}xyzzy`)).toEqual(['5 Lyon']);
    expect(found(index, `${' '.repeat(197)}lyon`)).toEqual(['3 Lyon']);
    const words = 'b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11';
    expect(found(indexOf(words), `${words} xyzzy`)).toEqual([`1 ${words}`]);
    expect(found(indexOf(`${words} b12`), `${words} b12 xyzzy`)).toEqual([`3 ${words} b12`]);
  });

  it('finds nothing when there is no letter or digit in it', () => {
    const index = indexOf('&', 'Lyon', { id: 'odd', aliases: ['—'], identifiers: ['-'] });
    for (const text of ['', ' ', '&', '—', '+']) {
      expect(index.search(text, { limit: 5 })).toEqual({ hits: [], hasMore: false });
      expect(index.count(text)).toBe(0);
    }
  });
});

describe('matched fields', () => {
  it('are those with a required word, or the identifier', () => {
    const index = indexOf({
      ...{ name: 'Pôle de Lyon', acronym: 'LYO', aliases: ['Pôle', 'Lyonnaise des eaux'] },
      identifiers: ['Lyon'],
    });
    const fields = (text: string) => index.search(text, { limit: 1 }).hits[0]?.matchedFields;
    expect(fields('lyon')).toEqual(['name', 'aliases', 'identifiers']);
    expect(fields('ly')).toEqual(['name', 'acronym', 'aliases']);
    expect(fields('pole de ')).toEqual(['name', 'aliases']);
    expect(fields('eaux de lyo ')).toEqual(['name', 'acronym', 'aliases']);
  });

  it('count words with a typing error only where none is found without', () => {
    const index = indexOf({ name: 'Institut Marin', aliases: ['Martin'] });
    const fields = (text: string) => index.search(text, { limit: 1 }).hits[0]?.matchedFields;
    expect(fields('marin ')).toEqual(['name']);
    expect(fields('marinn ')).toEqual(['name']);
    expect(fields('mrtin ')).toEqual(['aliases']);
    expect(fields('institut mrtin ')).toEqual(['name', 'aliases']);
  });
});

describe('pages', () => {
  const many = () => indexOf(...Array.from({ length: 25 }, (_, n) => ({ id: `org/${n + 10}`, name: 'Pôle Mer' })));

  it('show whether more follow', () => {
    const index = many();
    expect(index.search('mer', { limit: 24 }).hasMore).toBe(true);
    expect(index.search('mer', { limit: 25 }).hasMore).toBe(false);
    expect(index.search('mer', { limit: 0 })).toEqual({ hits: [], hasMore: true });
    expect(index.count('mer')).toBe(25);
  });

  it('go on behind a document that is gone since', () => {
    const index = many();
    const first = index.search('mer', { limit: 10 }).hits;
    expect(index.remove('org/19')).toBe(true);
    const next = index.search('mer', { limit: 2, after: first.at(-1) }).hits;
    expect(next.map(({ id }) => id)).toEqual(['org/20', 'org/21']);
  });

  it('contain only the given types, and rank them as if there were no others', () => {
    const index = indexOf(
      { id: 'org', name: 'Chimie verte' },
      { id: 'pole', name: 'Pôle chimie', type: 'Pole' },
      { id: 'cluster', name: 'Chimei', type: 'Cluster' },
    );
    expect(found(index, 'chimie verte')).toEqual(['5 org']);
    expect(found(index, 'chimie verte', { types: ['Pole', 'Project'] })).toEqual(['1 pole']);
    expect(found(index, 'chimie', { types: ['Pole', 'Cluster'] })).toEqual(['3 pole', '2 cluster']);
    expect(found(index, 'chimie', { types: [] })).toEqual([]);
    expect(index.count('chimie verte')).toBe(1);
    expect(index.count('chimie verte', ['Pole'])).toBe(1);
  });
});

describe('documents', () => {
  it('are found when added, as they are now when replaced, and no more when removed', () => {
    const index = indexOf('Alpha', 'Beta');
    index.replace(documentOf({ id: 'Alpha', name: 'Gamma', acronym: 'GA', identifiers: ['G1'] }));
    for (const text of ['gamma', 'ga', 'g1']) expect(index.count(text)).toBe(1);
    expect(index.count('alpha')).toBe(0);
    expect(index.remove('Alpha')).toBe(true);
    expect(index.remove('Alpha')).toBe(false);
    for (const text of ['gamma', 'ga', 'g1']) expect(index.count(text)).toBe(0);
    expect(found(index, 'beta')).toEqual(['5 Beta']);
    expect(index.size).toBe(1);
  });

  it('have one id each', () => {
    const index = indexOf('Alpha');
    expect(() => index.add(documentOf('Alpha'))).toThrow('replace');
    expect(index.size).toBe(1);
  });

  it('are loaded by the thousand while other work gets its turns', async () => {
    let turns = 0;
    let isLoaded = false;
    const work = () => {
      turns++;
      if (!isLoaded) setImmediate(work);
    };
    setImmediate(work);
    const names = Array.from({ length: 3_000 }, (_, n) => documentOf({ id: `org/${n}`, name: `Pôle n${n}` }));
    const index = await NameIndex.load(names);
    isLoaded = true;
    expect(turns).toBeGreaterThanOrEqual(5);
    expect(index.size).toBe(3_000);
    expect(index.count('pole')).toBe(3_000);
    expect(found(index, 'pole n2999')).toEqual(['5 org/2999']);
    index.add(documentOf('Pôle nouveau'));
    expect(index.count('pole')).toBe(3_001);
  });

  it('are found alike however often others were searched', () => {
    const index = indexOf('Pôle Mer', 'Pôle Mère', 'Port de Brest');
    for (let time = 0; time < 2_000; time++) expect(index.count('poele mer')).toBe(2);
    for (let time = 0; time < 2; time++) expect(found(index, 'brest')).toEqual(['3 Port de Brest']);
  });

  it('may come from a source that takes its time', async () => {
    async function* documents() {
      yield documentOf('Alpha');
      await new Promise((resolve) => setImmediate(resolve));
      yield documentOf('Beta');
    }
    const index = await NameIndex.load(documents());
    expect([index.count('alpha'), index.count('beta')]).toEqual([1, 1]);
  });
});
