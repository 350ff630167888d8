/** The umask while a store is open: only the user may access its files. */
const PRIVATE_UMASK = 0o077;

let usersUmask: number | null = null;

/** From now on, only the user may access the files that this process creates, those of an engine too. */
export function keepFilesPrivate(): void {
  const before = process.umask(PRIVATE_UMASK);
  usersUmask ??= before;
}

/** The rights of files for the user, such as an export, by the original umask; null if that is still in force. */
export function usersRights(): { readonly file: number; readonly folder: number } | null {
  return usersUmask === null ? null : { file: 0o666 & ~usersUmask, folder: 0o777 & ~usersUmask };
}
