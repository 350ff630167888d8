/** What everybody else is kept from while a store is open: its files are the user's alone. */
const PRIVATE_UMASK = 0o077;

let usersUmask: number | null = null;

/** From now on, files that this process makes, an engine's own among them, are nobody else's to read. */
export function keepFilesPrivate(): void {
  usersUmask ??= process.umask(PRIVATE_UMASK);
}

/** The rights of what a user asks for, such as an export, as the user's umask has them; null where they are so anyway. */
export function usersRights(): { readonly file: number; readonly folder: number } | null {
  return usersUmask === null ? null : { file: 0o666 & ~usersUmask, folder: 0o777 & ~usersUmask };
}
