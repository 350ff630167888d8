/** A row of a file, or the problem of one that is not valid CSV, with its first line. The header is line 1. */
export type ScannedRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: string };

/** The separator of the cells of a row. */
export type Delimiter = ',' | ';' | '\t';

/** Maximum of characters in a row: in a longer one, most likely a quotation mark is missing. */
const MAX_ROW_LENGTH = 1_000_000;

const PROBLEMS = {
  open: 'a quotation mark is opened and never closed',
  closing: 'a closing quotation mark is followed by more text: double the quotation marks inside a cell',
  inside:
    'a quotation mark stands inside a cell that does not begin with one: quote the entire cell and double the mark',
  long: `a row is longer than ${MAX_ROW_LENGTH} characters: a quotation mark may be missing`,
} as const;

const [QUOTE, LINE_FEED, RETURN] = ['"', '\n', '\r'].map((character) => character.charCodeAt(0));
const LINE_BREAK = /\r\n|\r|\n/g;

/**
 * Splits text that comes in pieces into rows, after RFC 4180. CRLF, LF and CR each end a row, also mixed in one file. A
 * row that is not valid CSV is reported once, with its line, and reading continues with the next one. The text of a row
 * that is too long is dropped, but its quotation marks count. Empty lines are not rows. Memory: one row and one piece.
 */
export class CsvScanner {
  readonly #delimiter: number;
  #cells: string[] = [];
  #cell = '';
  /**
   * The position in the cell: before its first character, after it, within quotation marks, or after the closing one.
   */
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  #problem: string | null = null;
  /** Whether quotation marks are plain characters up to the end of the row, because those before were wrong. */
  #ignoresQuotes = false;
  #length = 0;
  #line = 1;
  /** The line on which the row begins. */
  #rowLine = 1;
  #isAfterReturn = false;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** The rows that end in the next piece of the text. */
  push(text: string): ScannedRow[] {
    const rows: ScannedRow[] = [];
    let at = 0;
    // The end of a piece may cut a line break in two.
    if (this.#isAfterReturn && text.startsWith('\n') && this.#state !== 'quoted') at = 1;
    const isCutWithinQuotes = this.#isAfterReturn && text.startsWith('\n') && this.#state === 'quoted';
    if (isCutWithinQuotes) this.#line--;
    if (text !== '') this.#isAfterReturn = false;
    while (at < text.length) {
      if (this.#state === 'quoted') at = this.#readQuoted(text, at);
      else {
        const character = text.charCodeAt(at);
        if (character === LINE_FEED || character === RETURN) {
          const row = this.#endRow();
          if (row) rows.push(row);
          if (character === RETURN) {
            if (text.charCodeAt(at + 1) === LINE_FEED) at++;
            this.#isAfterReturn = at + 1 === text.length && text.charCodeAt(at) === RETURN;
          }
          at++;
        } else at = this.#readPlain(text, at, character);
      }
    }
    return rows;
  }

  /** The last row, where the text does not end with a line break. */
  end(): ScannedRow[] {
    if (this.#state === 'quoted') this.#problem ??= PROBLEMS.open;
    const row = this.#endRow();
    return row ? [row] : [];
  }

  #append(piece: string): void {
    this.#length += piece.length;
    if (this.#length > MAX_ROW_LENGTH) this.#fail(PROBLEMS.long);
    if (this.#problem === null) this.#cell += piece;
  }

  #fail(problem: string): void {
    this.#problem ??= problem;
    this.#cells = [];
    this.#cell = '';
  }

  #readQuoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    const piece = text.slice(at, end);
    this.#line += piece.match(LINE_BREAK)?.length ?? 0;
    this.#isAfterReturn = quote < 0 && piece.endsWith('\r');
    this.#append(piece);
    if (quote < 0) return end;
    this.#state = 'closed';
    return quote + 1;
  }

  /** Reads outside of quotation marks, up to the next special character. */
  #readPlain(text: string, at: number, character: number): number {
    if (character === this.#delimiter) {
      this.#endCell();
      return at + 1;
    }
    if (character === QUOTE && !this.#ignoresQuotes) return this.#readQuote(at);
    if (this.#state === 'closed') this.#ignoreQuotes(PROBLEMS.closing);
    this.#state = 'plain';
    let end = at + 1;
    while (end < text.length && !this.#isSpecial(text.charCodeAt(end))) end++;
    this.#append(text.slice(at, end));
    return end;
  }

  #isSpecial(character: number): boolean {
    return character === this.#delimiter || character === QUOTE || character === LINE_FEED || character === RETURN;
  }

  #readQuote(at: number): number {
    if (this.#state === 'closed') {
      this.#append('"');
      this.#state = 'quoted';
    } else if (this.#state === 'start') this.#state = 'quoted';
    else this.#ignoreQuotes(PROBLEMS.inside);
    return at + 1;
  }

  #ignoreQuotes(problem: string): void {
    this.#fail(problem);
    this.#ignoresQuotes = true;
  }

  #endCell(): void {
    if (this.#problem === null) this.#cells.push(this.#cell);
    this.#length++;
    this.#cell = '';
    this.#state = 'start';
  }

  #endRow(): ScannedRow | null {
    const isEmpty = this.#cells.length === 0 && this.#state === 'start' && this.#problem === null;
    const line = this.#rowLine;
    const problem = this.#problem;
    this.#endCell();
    const cells = this.#cells;
    this.#line++;
    this.#rowLine = this.#line;
    this.#cells = [];
    this.#problem = null;
    this.#ignoresQuotes = false;
    this.#length = 0;
    if (isEmpty) return null;
    return problem === null ? { line, cells } : { line, problem };
  }
}
