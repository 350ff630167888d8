import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Author } from '../domain/role.ts';

/** What became of the secret of a link: a session for the browser that brought it, or why there is none. */
export type Exchanged =
  | { readonly session: string; readonly failure?: undefined }
  | { readonly failure: 'USED' | 'UNKNOWN'; readonly session?: undefined };

const newSecret = (): string => randomBytes(32).toString('base64url');
const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
/** Compares with every digest, whichever fits, in the same time for each. */
const isAmong = (digests: readonly Buffer[], secret: string): boolean => {
  const digest = digestOf(secret);
  return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
};

/**
 * Signs in browsers of the person who started the server. The secret of a link is exchanged once for a session, which
 * lasts as long as the process: both are 256 random bits, of which only hashes are in memory, and none is stored.
 */
export class SignIn {
  readonly #author: Author;
  readonly #used: Buffer[] = [];
  readonly #sessions: Buffer[] = [];
  readonly #show: (secret: string) => void;
  #link: Buffer | null = null;

  /** `show` is given the secret of each new link, for the person alone. */
  constructor(author: Author, show: (secret: string) => void) {
    this.#author = author;
    this.#show = show;
  }

  /** Shows a link that works once; one that was shown before and was not used works no more. */
  offerLink(): void {
    const secret = newSecret();
    this.#link = digestOf(secret);
    this.#show(secret);
  }

  /** Gives a session for the secret of the present link, and shows the next link. */
  state(secret: string): Exchanged {
    if (isAmong(this.#used, secret)) return { failure: 'USED' };
    if (this.#link === null || !isAmong([this.#link], secret)) return { failure: 'UNKNOWN' };
    this.#used.push(this.#link);
    const session = newSecret();
    this.#sessions.push(digestOf(session));
    this.offerLink();
    return { session };
  }

  /** Whose session it is; null for an unknown one, such as that of an earlier start. */
  authorOf(session: string): Author | null {
    return isAmong(this.#sessions, session) ? this.#author : null;
  }
}
