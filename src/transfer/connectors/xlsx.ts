import { CsvFileError } from '../csv.ts';
import { type CellContext, cellText, columnOf, isDateFormat } from './xlsx-cells.ts';
import { XlsxZip } from './xlsx-zip.ts';

/** Characters of the texts that cells share, at the most: they are in memory while the rows are read. */
const MAX_SHARED = 100_000_000;
/** Columns of a sheet, by the format. */
const MAX_COLUMNS = 16_384;

async function sharedStrings(zip: XlsxZip, path: string): Promise<string[]> {
  const strings: string[] = [];
  let [current, characters, depth] = ['', 0, 0];
  let isText = false;
  await zip.read('xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = '';
      // How a text is pronounced is not part of it.
      if (name === 'rPh') depth++;
      isText = name === 't' && depth === 0;
    },
    text: (text) => {
      if (!isText) return;
      current += text;
      characters += text.length;
      if (characters > MAX_SHARED) throw new CsvFileError(`${path} is too large a workbook: save it as CSV UTF-8.`);
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') depth--;
      if (name === 'si') strings.push(current);
    },
  });
  return strings;
}

async function dateStyles(zip: XlsxZip): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isInCells = false;
  await zip.read('xl/styles.xml', {
    open: (name, { numFmtId = '0', formatCode }) => {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) styles.push(isDateFormat(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

/** The files of the sheets, in the order in which they are shown, and from which day the workbook counts. */
async function sheetsOf(zip: XlsxZip): Promise<{ readonly files: readonly string[]; readonly is1904: boolean }> {
  const targets = new Map<string, string>();
  await zip.read('xl/_rels/workbook.xml.rels', {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const files: string[] = [];
  let is1904 = false;
  await zip.read('xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      const target = name === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined;
      if (target !== undefined && zip.has(target)) files.push(target);
    },
  });
  return { files, is1904 };
}

/** The rows of a sheet that have a cell, as texts by column. */
async function* rowsOf(zip: XlsxZip, sheet: string, context: CellContext): AsyncGenerator<string[], void, void> {
  const rows: string[][] = [];
  let cells: string[] = [];
  let [type, style, value, column] = ['n', 0, '', -1];
  let isValue = false;
  const handler = {
    open: (name: string, attributes: Readonly<Record<string, string>>) => {
      if (name === 'row') [cells, column] = [[], -1];
      if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        [type, style, value] = [attributes.t ?? 'n', Number(attributes.s ?? 0), ''];
      }
      isValue = name === 'v' || name === 't';
    },
    text: (text: string) => {
      if (isValue) value += text;
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') isValue = false;
      if (name === 'c' && column >= 0 && column < MAX_COLUMNS) {
        const text = cellText({ type, style, value }, context);
        if (text !== '') cells[column] = text;
      }
      if (name === 'row' && cells.length > 0) rows.push(Array.from(cells, (cell) => cell ?? ''));
    },
  };
  for await (const _ of zip.parse(sheet, handler)) yield* rows.splice(0);
  yield* rows.splice(0);
}

/** A sheet of a workbook: its first row, and the rows behind it as a stream. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: () => AsyncGenerator<readonly string[], void, void>;
}

async function firstRow(rows: AsyncGenerator<string[], void, void>): Promise<string[]> {
  for await (const row of rows) return row;
  return [];
}

/**
 * Opens the sheet of a workbook (XLSX) whose first row names most of the expected columns: that of several which comes first.
 * Rows are read as a stream; the texts that cells share are in memory. Throws a CsvFileError for what is no workbook.
 */
export async function openSheet(path: string, isExpected: (column: string) => boolean): Promise<Sheet> {
  const zip = await XlsxZip.open(path);
  try {
    const { files, is1904 } = await sheetsOf(zip);
    const context = { strings: await sharedStrings(zip, path), dateStyles: await dateStyles(zip), is1904 };
    let best: { readonly file: string; readonly header: readonly string[]; readonly found: number } | undefined;
    for (const file of files) {
      const header = (await firstRow(rowsOf(zip, file, context))).map((cell) => cell.trim());
      const found = header.filter(isExpected).length;
      if (best === undefined || found > best.found) best = { file, header, found };
    }
    async function* rows(): AsyncGenerator<readonly string[], void, void> {
      const again = await XlsxZip.open(path);
      let isHeader = true;
      try {
        for await (const row of best ? rowsOf(again, best.file, context) : []) {
          if (!isHeader) yield row;
          isHeader = false;
        }
      } finally {
        again.close();
      }
    }
    return { header: best?.header ?? [], rows };
  } finally {
    zip.close();
  }
}
