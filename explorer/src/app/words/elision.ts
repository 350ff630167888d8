/** Beginnings of words whose h is mute; before any other h nothing is left out: de Haute-Garonne, d’Hérault. */
const MUTE_H =
  /^h(?:abi|alieut|armon|ebdo|ect|elic|elio|emat|emi|epat|erault|erb|eredit|eritag|istoi|istor|iver|omeo|ommag|omme|omo|onn|onor|opita|oriz|orlog|orti|ospi|ote|uil|uma|umi|ydr|ygi|yper|ypo)/;
/** Beginnings with a vowel before which nothing is left out either: de onze, de Yahoo. */
const FULL = /^(?:onz|oui|uhl|ulul|y[aeiou])/;

/** "de" before a name: de Minalogic, d’Axelera, d’Hérault. */
export function de(name: string): string {
  const start = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^[«"“(]\s*/, '')
    .replace('œ', 'oe');
  const isElided = /^[aeiouyæ]/.test(start) ? !FULL.test(start) : MUTE_H.test(start);
  return isElided ? `d’${name}` : `de ${name}`;
}
