import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/domain/fold.ts';

describe('fold', () => {
  it.each([
    ['H.A.I.', 'hai'],
    ['C.N.R.S', 'cnrs'],
    ['Le C.N.R.S. à Paris', 'le cnrs a paris'],
    ['U.M.R.5505', 'umr 5505'],
    ['St. Étienne', 'st etienne'],
    ['A. Dupont', 'a dupont'],
  ])('joins dotted letters, and leaves other dots: %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ["d'informatique", 'informatique'],
    ["L'Énergie", 'energie'],
    ['l’eau, lorsqu’il', 'eau il'],
    ['QU`Aix dʼOr s´il', 'aix or il'],
    ["d'", ''],
    ["aujourd'hui", 'aujourd hui'],
    ["d'  or", 'd or'],
  ])('drops elisions before a letter and at the end: %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ['Pôle Céramique Île-de-France', 'pole ceramique ile de france'],
    ['e\u0301cole', 'ecole'],
    ['ΟΔΟΣ Ёлка', 'οδοσ елка'],
    ['οδος', 'οδοσ'],
    ['Brand™ İzmir', 'brandtm izmir'],
    ['ﬁnance ²', 'finance 2'],
    ['Œuvre ÆØ Straße Łódź Đà þing ısı ħal ð', 'oeuvre aeo strasse lodz da thing isi hal d'],
  ])('opens letters into lower case without marks: %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ['C++', 'cplusplus'],
    ['Canal+', 'canalplus'],
    ['Canal+Sport', 'canalplussport'],
    ['R + D', 'r d'],
    ['+ 33', '33'],
    ['R ++', 'r'],
  ])('writes out a plus behind a letter or digit only: %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ['Mé\u00ADca\u200Bnic', 'mecanic'],
    ['\uFEFFL\u2019\u200DE\u0301nergie', 'energie'],
    ['C.\u00ADN.R.S.', 'cnrs'],
    ['\u202Elyon\u202C', 'lyon'],
    ['\u200B\u2060', ''],
  ])('leaves out what is not seen: %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ['UMR5505', 'umr 5505'],
    ['UMR 5505', 'umr 5505'],
    ['UMR_S1138', 'umr s1138'],
    ['3il', '3il'],
    ['u1042', 'u1042'],
    ['ab1', 'ab1'],
    ['ab12c', 'ab12c'],
  ])('parts a word from the number behind it: %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ['Midi-Pyrénées', 'midi pyrenees'],
    [' Recherche & Développement ', 'recherche developpement'],
    ['Plougastelʼn ŉ', 'plougastel n n'],
    ['—', ''],
    ['', ''],
  ])('keeps one space for all other signs: "%s"', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('gives words of letters and digits with one space between them, and folds them to themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = fold(text);
        expect(folded).toMatch(/^([\p{L}\p{N}]+( [\p{L}\p{N}]+)*)?$/u);
        expect(folded).not.toMatch(/[A-Z]/);
        expect(fold(folded)).toBe(folded);
      }),
      { numRuns: 5_000 },
    );
  });

  it('folds to itself what is left of letters that look like elisions', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."cｃçCdlquʼŉ´’'.+ ²1a") }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not care whether letters carry their marks or are followed by them', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'éèôçÎüœl+- 1aZ') }), (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
      }),
    );
  });
});
