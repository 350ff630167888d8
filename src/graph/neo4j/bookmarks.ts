/** The state of the graph that bookmarks name. In a cluster they are opaque: equality is all that can be asked of them. */
export function versionOf(bookmarks: readonly string[]): string {
  return bookmarks.join(' ');
}

/** Whether work that began with some bookmarks ended with the very same: nothing was committed meanwhile. */
export function isSame(begun: readonly string[], ended: readonly string[]): boolean {
  return versionOf(begun) === versionOf(ended);
}

/**
 * The newest bookmarks that this process has seen. Work begins with them, so that it sees at least as much as all work
 * that ended before; when it ends, what it brings takes the place of what it began with. Works that overlap leave
 * several, which the next one replaces by one.
 */
export class SeenBookmarks {
  #newest: readonly string[] = [];

  get newest(): readonly string[] {
    return this.#newest;
  }

  replace(begun: readonly string[], ended: readonly string[]): void {
    // Work that failed has brought nothing, and forgets nothing.
    if (ended.length === 0 || isSame(begun, ended)) return;
    const overtaken = new Set([...begun, ...ended]);
    this.#newest = [...this.#newest.filter((bookmark) => !overtaken.has(bookmark)), ...ended];
  }
}
