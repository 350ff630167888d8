import { writeFileSync } from 'node:fs';
import type { Field } from '../src/domain/field.ts';
import type { RecordType } from '../src/domain/record-fields.ts';
import { MAX_ITEMS, MAX_LINE, MAX_TEXT, MAX_URL } from '../src/domain/text.ts';
import { EXAMPLE } from '../src/transfer/example.ts';
import { FILES, type FileFormat } from '../src/transfer/files.ts';
import { columnsOf } from '../src/transfer/template.ts';

/** The page that this writes, from the table by which the import reads. */
export const IMPORT_PAGE = new URL('../docs/import.md', import.meta.url);

/** What a row of each file is, and what identifies a row that is given again. */
const ROWS: Readonly<Record<RecordType, readonly [what: string, same: string]>> = {
  source: ['a source: who says something, and where', 'its `id`'],
  territory: ['a commune, a département, a region or another territory', 'its `id`'],
  topic: ['a sector, a market, a technology, a label or a notion', 'its `id`'],
  network: ['a pole or a cluster', "its `id`; without one, a registry's number or its name"],
  organisation: ['an organisation', "its `id`; without one, a registry's number or its name"],
  membership: ['that an actor belongs to a network', 'its `id`, else member, network, role and since'],
  affiliation: [
    'that an organisation is part of another, or run by it',
    'its `id`, else organisation, parent and since',
  ],
  partnership: ['that two actors are partners', 'its `id`, else from, to, kind, label and since'],
  succession: ['that a network came out of another', 'its `id`, else from, to and kind'],
  label: ['that a network has or had a label', 'its `id`, else network, label and since'],
  project: ['a project', 'its `id`'],
  participation: ['that an actor takes part in a project', 'project and participant'],
  patent: ['a patent', 'its `id`, else its number'],
  production: ['where the product of a patent is or was made', 'its `id`, else patent, territory and by'],
  indicator: ['a published figure', 'its `id`, else about, measure and from'],
  claim: ['what a source says of one field of a record', 'its `id`, else about, field and value'],
  territoryPart: ['that a territory is part of another', 'part, whole and since'],
  merge: ['that a record was merged into another', 'merged'],
  deletion: ['that a record was deleted: its identifier is not given again', 'deleted'],
};

const quotedList = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');
const naming = (types: readonly string[]): string =>
  types.length > 5 ? 'any record' : types.map((type) => type.toLowerCase()).join(', ');

/** What a cell of a field may hold. */
export function cellOf(field: Field): string {
  switch (field.kind) {
    case 'line':
      return `text, ${MAX_LINE} characters at most`;
    case 'text':
      return `text, also of several lines, ${MAX_TEXT.toLocaleString('en')} characters at most`;
    case 'lines':
      return `texts, separated by \`;\`, ${MAX_ITEMS.toLocaleString('en')} at most`;
    case 'date':
      return 'date';
    case 'dates':
      return 'dates, separated by `;`';
    case 'instant':
      return 'instant, as in `2026-03-14T09:26:53Z`';
    case 'count':
      return 'whole number from 0';
    case 'number':
      if (field.maximum !== undefined) return `number from ${field.minimum} to ${field.maximum}`;
      return field.minimum === 0 ? 'number from 0' : 'number, as in `3.6`';
    case 'flag':
      return '`true` or `false`';
    case 'url':
      return `web address, ${MAX_URL.toLocaleString('en')} characters at most`;
    case 'currency':
      return 'currency, as in `EUR`';
    case 'choice':
      return `${quotedList(field.values)}${field.default ? `; \`${field.default}\` when empty` : ''}`;
    case 'identifier':
      return `${field.scheme} identifier`;
    case 'id':
      return field.types === 'relationship'
        ? 'identifier, as in `membership/…`'
        : field.types.length > 2
          ? 'identifier'
          : `identifier, as in ${field.types.map((type) => `\`${type.toLowerCase()}/…\``).join(' or ')}`;
    case 'reference':
      return `reference: ${naming(field.types)}`;
    case 'references':
      return `references, separated by \`;\`: ${naming(field.types)}`;
    case 'dated references':
      return `references, separated by \`;\`, each perhaps with its period: ${naming(field.types)}`;
  }
}

function section(format: FileFormat): string {
  const { file, recordType, columns } = format;
  const [what, same] = ROWS[recordType];
  const rows = columnsOf(format).map((name) => {
    const field = columns[name]!;
    return `| \`${name}\` | ${field.isRequired ? 'yes' : ''} | ${cellOf(field)} | ${field.description} |`;
  });
  return [
    `### ${file}`,
    '',
    `A row is ${what}. The same row is known again by ${same}.`,
    '',
    '| column | required | value | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function exampleOf(file: string): string {
  const rows = EXAMPLE[file]!;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (text = ''): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))].map((cells) => cells.map(cell).join(','));
  return [`${file}:`, '', '```csv', ...lines, '```', ''].join('\n');
}

const INTRODUCTION = `# Importing CSV files

\`\`\`
npm run grappe -- import DIR --dry-run
npm run grappe -- import DIR
\`\`\`

reads the files below from a folder, any of them, in the order of this page. \`npm run grappe -- import --template DIR\` writes
them with their columns and the example at the end of this page, to begin with. \`grappe export\` writes the same files.

- A row that cannot be imported never stops or spoils the others. It is listed in \`rejected.csv\` with file, line, column
  and reason, and the exit code is 3. What a mutation rejects, an import rejects with the same message.
- An import of what is there already changes nothing: it may be repeated, or taken up again after a stop.
- Partnerships that follow from common projects, and the numbers of partners, projects and members by which lists are ordered and
  filtered, are renewed at the end. After a stop the next start of a server, or the next import, does that.
- It is fastest into an empty store, where nothing needs to be looked up.
- Into an embedded store it also saves, at its end, what the next start of a server then need not read ([operations.md](operations.md#how-large-a-graph-may-be)).
- \`--dry-run\` checks every row as an import would, says how many records it would create, update and delete, lists what it
  would reject, and writes nothing. Partnerships that are derived from common projects are not counted.
- Files that the format does not know and columns that a file does not have are named and left out. A file without a
  required column, or that is not UTF-8, stops the import before anything is written.

## Into a running server

\`\`\`
GRAPPE_TOKEN=grappe_… npm run grappe -- import DIR --to https://graph.example.org
\`\`\`

sends the folder to a server that answers, with the token of an ADMIN, and shows its progress; \`--dry-run\` and
\`--rejected FILE\` do what they do above. The server imports as the command does: every written batch is complete, and the same
import, run again, goes on after a stop; a client that leaves stops it behind its present batch. One import writes at a time. An
embedded store, which one process opens, is so
filled without stopping its server. Questions go first: while others ask, each batch has a tenth of the rows, and the import rests twice
as long as it worked, so that it takes three times as long or more
([operations.md](operations.md#work-beside-questions)); while nobody asks, it is as fast as offline. Behind a proxy with several
servers, the files and their import are of one of them: the command
sends a request that meets another one again. \`grappe check --to URL\` checks the graph of a running server. \`--from\` sends what a
published list means for the server's graph ([connectors](connectors.md)).

Programs send the same requests, each with \`Authorization: Bearer …\`:

| request                                      | answer                                                                                          |
| -------------------------------------------- | ----------------------------------------------------------------------------------------------- |
| \`POST /imports\`                              | 201, \`{"id": …}\`: a folder for files, four at a time, deleted after 15 minutes of disuse        |
| \`PUT /imports/ID/organisations.csv?offset=0\` | \`{"size": …}\`: a piece of a file, of 16 MiB at the most; the next goes on at \`offset=size\`      |
| \`POST /imports/ID?dryRun=true\`               | lines of JSON: \`progress\` four times a second, at the end \`summary\` or \`error\`                  |
| \`GET /imports/matched/organisations\`         | lines of JSON: \`rows\` of what published lists are matched with, at last \`end\`; also \`/networks\` |
| \`GET /imports/ID/rejected.csv\`               | the rejected rows; 404 if there are none                                                        |
| \`DELETE /imports/ID\`                         | 204: a running import is stopped first; the files are deleted, what was imported stays           |
| any of them, 421 (\`OTHER_SERVER\`)            | several servers stand behind the address, and this is another one: send it again                |
| \`POST /check\`                                | \`{"problems": […]}\`: what is inconsistent in the graph                                          |

## The form of a file

- UTF-8, with or without a byte order mark. The first line names the columns, in any order; columns that are not required
  may be missing.
- Cells are separated by commas; semicolons and tabs are recognised by the header, and the import says so. A cell that holds
  a separator, a quotation mark or a line break stands in quotation marks, in which a quotation mark is doubled (RFC 4180).
- CRLF, LF and CR each end a row, also mixed in one file. Empty lines are left out. Spaces around a cell do not count.
- A row is ${(1_000_000).toLocaleString('en')} characters long at most.

## Cells

- An **empty cell** empties the field of a record that is there; a column that is missing leaves it alone.
- **Dates** are as precise as is known: \`2009\`, \`2009-03\` or \`2009-03-14\`.
- **Lists** are separated by \`;\`. A semicolon inside an item is written \`\\;\`, a backslash \`\\\\\`.
- A **reference** names another record: by its identifier (\`pole/aerospace-valley\`), by a registry's number
  (\`rnsr:200611689J\`, also \`siren:\`, \`ror:\`, \`isni:\`, \`wikidata:\`, \`cordisPic:\`), or by the exact name that only one record has. It may
  be a record of the same folder, or one that is there already. The identifier of a record that was merged away leads to
  the record that stayed.
- A **reference with its period** is written \`territory/x@2005..2022\`, \`@2005..\` or \`@..2022\`; without one it holds always.
- **Numbers** have a point before their decimals and no spaces: \`2500000\`, \`3.6\`.

## What is the same record

A row with an \`id\` is about the record of that identifier, and makes it where there is none. A row without one gets a readable
identifier, of the first number of a registry or of its name. Where a record of another name has that identifier already
(\`L'Air\` and \`Air\`, \`C++\` and \`Cplusplus\` read alike in it) the row is rejected: give it the identifier of that record if it
is the same, or an identifier of its own. The identifier of a record that was deleted is not given again either.

A row whose fact was recorded under another date, because somebody corrected it, is left alone. A fact that would say of an
overlapping period what another one says already is rejected: give the \`id\` of that one to change it.

## The files

`;

const EXAMPLE_INTRODUCTION = `## An example

How the pole CIMES came out of ViaMéca, with two of its members. It can be imported into an empty store.

`;

/** The page, made of the table by which the import reads. */
export function importPage(): string {
  const sections = FILES.map(section).join('\n');
  const examples = FILES.filter(({ file }) => EXAMPLE[file]).map(({ file }) => exampleOf(file));
  return `${INTRODUCTION}${sections}\n${EXAMPLE_INTRODUCTION}${examples.join('\n')}`;
}

/** `node scripts/import-docs.ts`: writes the page. */
if (import.meta.main) writeFileSync(IMPORT_PAGE, importPage());
