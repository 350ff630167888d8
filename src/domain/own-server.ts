import { randomBytes } from 'node:crypto';

/** How names of what this process alone remembers begin. */
const OWN = `${randomBytes(6).toString('hex')}-`;
const OF_ANY = /^[\da-f]{12}-/;

/** A name that says which server gave it: this process, among the servers of one graph. */
export const namedHere = (name: string): string => OWN + name;

/** Whether a name was given by another server, or by one that has ended. */
export const isNamedElsewhere = (name: string): boolean => OF_ANY.test(name) && !name.startsWith(OWN);

/** The name that was passed to `namedHere`; another name as it is. */
export const nameHere = (name: string): string => (name.startsWith(OWN) ? name.slice(OWN.length) : name);
