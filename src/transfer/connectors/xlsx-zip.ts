import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { CsvFileError } from '../csv.ts';

/** Characters of XML between two tags, or of one tag, at the most: a cell of a workbook has 32,767. */
const LONGEST_TEXT = 10_000_000;

/** What is called with the parts of an XML file, in their order. */
export interface XmlHandler {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The files of a workbook, which is a ZIP of XML. */
export class XlsxZip {
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Opens a ZIP that is a workbook. Throws a CsvFileError for a ZIP that is broken, or none. */
  static async open(path: string): Promise<XlsxZip> {
    try {
      const zip = await openPromise(path, { autoClose: false });
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
      if (entries.has('xl/workbook.xml')) return new XlsxZip(path, zip, entries);
      zip.close();
    } catch (error) {
      throw new CsvFileError(`${path} is a ZIP that cannot be read (${(error as Error).message}): download it again.`);
    }
    throw new CsvFileError(`${path} is a ZIP and no workbook (XLSX): unpack it, and name the file that was in it.`);
  }

  close(): void {
    this.#zip.close();
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  #broken(name: string, why: string): CsvFileError {
    return new CsvFileError(`${this.#path} is no workbook that can be read (${name}: ${why}): save it as CSV UTF-8.`);
  }

  /**
   * Reads an XML file as a stream: calls the handler, and yields after each piece, so that what it collected can be used.
   * A file that is not there has no parts. Throws a CsvFileError for XML that is broken.
   */
  async *parse(name: string, handler: XmlHandler): AsyncGenerator<void, void, void> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    const parser = new SaxesParser();
    let problem: Error | undefined;
    parser.on('error', (error) => {
      problem ??= error;
    });
    if (handler.open) {
      const { open } = handler;
      parser.on('opentag', (tag: SaxesTagPlain) => open(localName(tag.name), tag.attributes));
    }
    if (handler.text) parser.on('text', handler.text);
    if (handler.close) {
      const { close } = handler;
      parser.on('closetag', (tag: SaxesTagPlain) => close(localName(tag.name)));
    }
    let stream: Readable | undefined;
    let unparsed = 0;
    try {
      stream = (await this.#zip.openReadStreamPromise(entry)) as Readable;
      stream.setEncoding('utf8');
      for await (const piece of stream as AsyncIterable<string>) {
        parser.write(piece);
        if (problem) throw problem;
        unparsed = piece.includes('<') ? 0 : unparsed + piece.length;
        if (unparsed > LONGEST_TEXT) throw new Error('a text longer than 10 million characters');
        yield;
      }
      parser.close();
      if (problem) throw problem;
    } catch (error) {
      throw error instanceof CsvFileError ? error : this.#broken(name, (error as Error).message);
    } finally {
      stream?.destroy();
    }
  }

  /** Reads an XML file to its end. */
  async read(name: string, handler: XmlHandler): Promise<void> {
    for await (const _ of this.parse(name, handler)) {
      // The handler has it.
    }
  }
}
