import { readFileSync, writeFileSync } from 'node:fs';
import { CHOICES, type Choice } from '../src/loaders/plan.ts';

/** The page in which the drawing stands. */
export const ARCHITECTURE = new URL('../ARCHITECTURE.md', import.meta.url);

const INDENT = '   ';
/** Width of the longest part of a list, and of the longest condition. */
const [PART, WHEN] = [14, 52];

/** Under what circumstances a way that begins with the snapshot ends as another one: they are known only while it reads. */
const THEN = [
  '"snapshot" becomes "statement" where the snapshot is not of now; "snapshot, then statement" also where the entries of',
  'the page have more relationships than the lists, and where one of them was taken away meanwhile',
];

function drawingOf(part: string, choices: readonly Choice[]): string[] {
  return choices.map(({ by, when }, place) => {
    const branch = place === 0 ? '─┬─' : place === choices.length - 1 ? ' └─' : ' ├─';
    return `${(place === 0 ? part : '').padEnd(PART)}${branch} ${when} ${'─'.repeat(WHEN - when.length)}► ${by}`;
  });
}

/** How a list is read, drawn from the plan itself. */
export function readPath(): string {
  const lines = [...Object.entries(CHOICES).flatMap(([part, choices]) => [...drawingOf(part, choices), '']), ...THEN];
  return ['```', ...lines, '```'].map((line) => (line === '' ? '' : INDENT + line)).join('\n');
}

/** The page with the drawing as it is now, in place of that before: the first block after the sentence that names the plan. */
export function withReadPath(page: string): string {
  return page.replace(
    /(`extensions\.plan` shows it:\n\n)[\s\S]*?\n {3}```(?=\n)/,
    (_, before: string) => before + readPath(),
  );
}

/** `node scripts/read-path.ts`: writes the drawing into the page. */
if (import.meta.main) writeFileSync(ARCHITECTURE, withReadPath(readFileSync(ARCHITECTURE, 'utf8')));
