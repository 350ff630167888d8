/** The roles. Each may do more than the one before. */
export const ROLES = ['READER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** The author of a request, identified by a token. A request without a token is anonymous. */
export interface Author {
  readonly name: string | null;
  readonly role: Role;
}

/** Whether a role includes the needed one. */
export function may(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
