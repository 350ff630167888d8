import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Author } from '../../domain/role.ts';

/** The result of redeeming a link: a session for the browser, or the reason why there is none. */
export type Redeemed =
  | { readonly session: string; readonly failure?: undefined }
  | { readonly failure: 'USED' | 'UNKNOWN'; readonly session?: undefined };

const newSecret = (): string => randomBytes(32).toString('base64url');
const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
/** Compares with every digest in constant time. */
const isAmong = (digests: readonly Buffer[], secret: string): boolean => {
  const digest = digestOf(secret);
  return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
};

/**
 * Signs in browsers of the person who started the server. The secret of a link gives one session, which lasts as long
 * as the process. Both are 256 random bits; only their hashes are in memory, and none is stored.
 */
export class SignIn {
  readonly #author: Author;
  readonly #used: Buffer[] = [];
  readonly #sessions: Buffer[] = [];
  readonly #show: (secret: string) => void;
  #link: Buffer | null = null;

  /** `show` is called with the secret of each new link, to show it to that person only. */
  constructor(author: Author, show: (secret: string) => void) {
    this.#author = author;
    this.#show = show;
  }

  /** Shows a new link that works once, and invalidates the one before. */
  offerLink(): void {
    const secret = newSecret();
    this.#link = digestOf(secret);
    this.#show(secret);
  }

  /** Returns a session for the secret of the current link, and shows the next link. */
  redeem(secret: string): Redeemed {
    if (isAmong(this.#used, secret)) return { failure: 'USED' };
    if (this.#link === null || !isAmong([this.#link], secret)) return { failure: 'UNKNOWN' };
    this.#used.push(this.#link);
    const session = newSecret();
    this.#sessions.push(digestOf(session));
    this.offerLink();
    return { session };
  }

  /** The author of a session; null for an unknown one, such as that of an earlier start. */
  authorOf(session: string): Author | null {
    return isAmong(this.#sessions, session) ? this.#author : null;
  }
}
