/** Characters of a summary: what follows is mostly a report of the year's work. */
const ENOUGH = 700;

/** A sentence that names a person: a title or an initial before a name, a name before its post. All summaries were read. */
const PERSON =
  /\b(?:Prs?|Profs?|[Pp]rofesseure?s?|Drs?|Mme|M|Mr|Monsieur|Madame|Docteur)\.? \p{Lu}|(?<![\p{L}.'’-])\p{Lu}\.(?:-?\p{Lu}\.)* ?\p{Lu}\p{Ll}{2,}|\p{Lu}\p{Ll}+ \p{Lu}{5,}(?:,| a été |,? ?\()(?:\p{Lu}\p{Ll}+ (?:de|of)|choisi|labélisé| ?Director)|Chargée? de Recherche|\bpar \p{Lu}\p{Ll}+-\p{Lu}\p{Ll}+ \p{Lu}/u;

/** What does not belong to the text: the page's button, marks of a list. */
const LEFT_OVER = /^(?:Fermer|Résumé\s*:|Abstract\s*:|[-*•–]\s)+\s*/u;

/** The sentences of a text; an abbreviation or a decimal point ends none. */
const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[\p{L}\d)»"”]{2}[.!?…])(?<!\b(?:Prs?|Profs?|Drs?|Mr|cf|al|resp)\.)\s+(?=[\p{Lu}«“"(])/u);

/**
 * The beginning of a summary, in whole sentences and without those that name a person. Empty where nothing is left.
 */
export function summaryOf(text: string): string {
  const sentences: string[] = [];
  for (const sentence of sentencesOf(text.replace(LEFT_OVER, ''))) {
    if (PERSON.test(sentence)) continue;
    if (sentences.length > 0 && sentences.join(' ').length + sentence.length > ENOUGH) break;
    sentences.push(sentence);
  }
  const summary = sentences.join(' ');
  // A first sentence that never ends is a list: it is cut at a word, and says so.
  return summary.length <= 2 * ENOUGH ? summary : `${summary.slice(0, 2 * ENOUGH).replace(/\s+\S*$/u, '')} …`;
}
