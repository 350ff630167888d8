/** Who takes part in which project of a list: each once, as coordinator where one of its lines says so. */
export class Participations {
  readonly #source: string;
  readonly #rows = new Map<string, Record<'project' | 'participant' | 'role' | 'sources', string>>();

  constructor(source: string) {
    this.#source = source;
  }

  add(project: string, participant: string, isCoordinator: boolean): void {
    const key = `${project} ${participant}`;
    const role = isCoordinator || this.#rows.get(key)?.role === 'COORDINATOR' ? 'COORDINATOR' : 'PARTNER';
    this.#rows.set(key, { project, participant, role, sources: this.#source });
  }

  rows(): Record<'project' | 'participant' | 'role' | 'sources', string>[] {
    return [...this.#rows.values()];
  }
}
