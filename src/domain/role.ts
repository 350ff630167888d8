/** What someone may do, each more than the one before. */
export const ROLES = ['READER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, when a token has shown it; whoever brings none is anonymous. */
export interface Author {
  readonly name: string | null;
  readonly role: Role;
}

/** Whether a role may do what another is needed for. */
export function may(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
