/** A system error about a file or a folder. */
export interface FileFailure {
  readonly code?: string | undefined;
  readonly syscall?: string | undefined;
  readonly path?: string | undefined;
  readonly message: string;
}

/** Whether an error is a system error about a file or a folder, not about a network address. */
export function isFileFailure(error: unknown): error is Error & FileFailure & { readonly path: string } {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}

/** The problem, and what can be done about it in its place. */
function problemAndRemedy({
  code,
  path = 'a file',
  syscall,
  message,
}: FileFailure): readonly [problem: string, remedy?: string] {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return [`This user may not use ${path}`, 'change its rights'];
    case 'EROFS':
      return [`${path} lies on a read-only file system`];
    case 'ENOTDIR':
    case 'EEXIST':
      return [`${path} cannot be used as a folder, since a file is in the way`];
    case 'EISDIR':
      return [`${path} is a folder, and a file is needed`];
    case 'ENOENT':
      return syscall === 'mkdir' ? [`The system makes no folder ${path}`] : [`${path} does not exist`];
    case 'ENOSPC':
    case 'EDQUOT':
      return [`The disk of ${path} is full`, 'free some space'];
    case 'EFBIG':
      return [`${path} is larger than a file may be`, 'raise the limit (ulimit -f)'];
    case 'EMFILE':
    case 'ENFILE':
      return [`${path} cannot be opened, since too many files are open`, 'raise the limit (ulimit -n)'];
    default:
      return [`${path} cannot be used (${message})`];
  }
}

/** A sentence that names the problem of a file or a folder and the remedies; `otherwise` always applies. */
export function fileProblem(failure: FileFailure, otherwise: string): string {
  const [problem, remedy] = problemAndRemedy(failure);
  return `${problem}: ${remedy === undefined ? '' : `${remedy}, or `}${otherwise}.`;
}

/** The sentence for a disk without space. */
export function diskFullProblem(path: string, otherwise: string): string {
  return `The disk of ${path} is full: free some space, or ${otherwise}.`;
}

/** Whether an error means that a disk has no space. */
export function isDiskFull(error: unknown): boolean {
  return isFileFailure(error) && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
