/** The version that bookmarks name. In a cluster they are opaque: they can only be compared for equality. */
export function versionOf(bookmarks: readonly string[]): string {
  return bookmarks.join(' ');
}

/** Whether work ended with the bookmarks with which it began: nothing was committed meanwhile. */
export function isSame(begun: readonly string[], ended: readonly string[]): boolean {
  return versionOf(begun) === versionOf(ended);
}

/**
 * The newest bookmarks that this process has seen. Work begins with them, so that it sees the results of all work that
 * ended before. When it ends, its bookmarks replace those with which it began. Overlapping work leaves several
 * bookmarks, which the next work replaces by one.
 */
export class SeenBookmarks {
  #newest: readonly string[] = [];

  get newest(): readonly string[] {
    return this.#newest;
  }

  replace(begun: readonly string[], ended: readonly string[]): void {
    // Failed work has no new bookmarks.
    if (ended.length === 0 || isSame(begun, ended)) return;
    const overtaken = new Set([...begun, ...ended]);
    this.#newest = [...this.#newest.filter((bookmark) => !overtaken.has(bookmark)), ...ended];
  }
}
