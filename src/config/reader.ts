import { readFileSync } from 'node:fs';

/** The problem of one variable. */
export interface ConfigProblem {
  readonly variable: string;
  /** As given; hidden for secrets, null if missing. */
  readonly value: string | null;
  readonly expected: string;
}

/** All problems of the environment at once, so that one restart suffices. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems
        .map(({ variable, value, expected }) => `${variable}${value === null ? '' : `="${value}"`}: ${expected}`)
        .join('\n'),
    );
    this.problems = problems;
  }
}

export type Environment = { readonly [variable: string]: string | undefined };

/** Reads variables, and collects their problems. */
export class Reader {
  readonly problems: ConfigProblem[] = [];
  readonly #environment: Environment;
  readonly #known = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** An empty value counts as none: compose files pass it for a variable that is not set. */
  text(variable: string): string | null {
    this.#known.add(variable);
    const value = this.#environment[variable]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  /** Several values, joined by commas. */
  list(variable: string): string[] {
    const given = (this.text(variable) ?? '').split(',').map((value) => value.trim());
    return given.filter((value) => value !== '');
  }

  addProblem(variable: string, value: string | null, expected: string): void {
    this.problems.push({ variable, value, expected });
  }

  integer(variable: string, otherwise: number, from: number, to: number): number {
    const value = this.text(variable);
    if (value === null) return otherwise;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= from && number <= to) return number;
    this.addProblem(variable, value, `a whole number from ${from} to ${to} is needed (default ${otherwise}).`);
    return otherwise;
  }

  oneOf<Choice extends string>(variable: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.text(variable);
    if (value === null) return otherwise;
    const choice = choices.find((known) => known === value.toLowerCase());
    if (choice === undefined) this.addProblem(variable, value, `one of ${choices.join(', ')} is needed.`);
    return choice ?? otherwise;
  }

  flag(variable: string, otherwise: boolean): boolean {
    return this.oneOf(variable, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  /**
   * A secret, in the variable or in a file that the same variable with _FILE names, as container platforms mount them. A
   * file that is empty or cannot be read is a problem; so are both at once.
   */
  secret(variable: string): string | null {
    const value = this.text(variable);
    const inFile = `${variable}_FILE`;
    const file = this.text(inFile);
    if (file === null) return value;
    if (value !== null) {
      this.addProblem(inFile, file, `${variable} is set too: give one of the two.`);
      return value;
    }
    try {
      const text = readFileSync(file, 'utf8').trim();
      if (text === '') this.addProblem(inFile, file, 'the file is empty: it must contain the secret alone.');
      return text;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.addProblem(inFile, file, `the file cannot be read (${code}).`);
      return '';
    }
  }

  /** Variables that begin like ours but are unknown, such as misspelt ones. */
  unknownVariables(): string[] {
    return Object.keys(this.#environment).filter((name) => name.startsWith('GRAPPE_') && !this.#known.has(name));
  }
}
