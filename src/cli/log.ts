import { type Logger, pino } from 'pino';
import type { LogLevel } from '../config.ts';

/** The output of the log, and whether it is a terminal. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
/** Fields that a person watching does not need. */
const HIDDEN: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err']);
/** Moves to the start of the line and clears it: it may contain a progress bar. */
const CLEAR_LINE = '\r\u001b[K';

function forPeople(json: string): string {
  const line = JSON.parse(json) as Record<string, unknown> & { err?: { stack?: string; message?: string } };
  const time = new Date(Number(line.time)).toTimeString().slice(0, 8);
  const fields = Object.entries(line)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = line.err ? `\n${line.err.stack ?? line.err.message}` : '';
  return `${CLEAR_LINE}${time} ${LEVELS[Number(line.level)] ?? ''} ${line.msg} ${fields.join(' ')}${stack}\n`;
}

/** Logs JSON, a line each; in a terminal, lines for people. */
export function createLogger(level: LogLevel, output: Output = process.stderr): Logger {
  return output.isTTY
    ? pino({ level }, { write: (json: string) => output.write(forPeople(json)) })
    : pino({ level }, output as never);
}
