import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type ExportedJWKSCache,
  errors,
  type JWKSCacheInput,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwksCache,
  jwtVerify,
} from 'jose';
import type { Logger } from 'pino';
import type { JwtSettings } from '../../config/jwt.ts';
import { type Author, ROLES, type Role } from '../../domain/role.ts';
import { clientError } from '../http/client-error.ts';
import { JWT_PATTERN, nameProblem, type Tokens } from './tokens.ts';

/** Milliseconds for the keys to arrive, and between two fetches for a key that is not known. */
const FETCH_MS = 5_000;
const COOLDOWN_MS = 30_000;
/** Milliseconds after which keys are fetched again. */
const FRESH_MS = 600_000;
/** Milliseconds after a failed fetch before the next, so that no request waits for a provider that does not answer. */
const PAUSE_MS = 10_000;
/** Milliseconds for which known keys are used while the provider does not answer. */
const STALE_MS = 3_600_000;

/** Why a token with a valid signature is not accepted. */
class ClaimError extends Error {}

/** The keys of the provider cannot be read, so that nothing can be said of a token. */
class KeysUnavailable extends Error {}

const unavailable = (): Error =>
  clientError('IDENTITY_UNAVAILABLE', 'The identity provider does not answer, so that no token of it can be checked.', {
    wellFormed: false,
    status: 503,
    headers: { 'Retry-After': '10' },
  });

/** Whether an error says that the provider has answered, and has no key for the token. */
const isWithoutKey = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

/** The keys of an address: cached, fetched again when they are old or one is not known, not too often. */
function keysOf(url: string, onFailure: (error: unknown) => void): JWTVerifyGetKey {
  // jose writes what it has fetched, and when, into this object.
  const cache: JWKSCacheInput = {};
  const options = { timeoutDuration: FETCH_MS, cooldownDuration: COOLDOWN_MS, cacheMaxAge: FRESH_MS };
  const remote = createRemoteJWKSet(new URL(url), { ...options, [jwksCache]: cache });
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (header, token) => {
    if (Date.now() - failedAt > PAUSE_MS) {
      try {
        return await remote(header, token);
      } catch (error) {
        if (isWithoutKey(error)) throw error;
        failedAt = Date.now();
        onFailure(error);
      }
    }
    const { jwks, uat } = cache as Partial<ExportedJWKSCache>;
    if (jwks === undefined || uat === undefined || Date.now() - uat > STALE_MS) throw new KeysUnavailable();
    return createLocalJWKSet(jwks)(header, token);
  };
}

/** The value of a claim, with dots for claims inside claims. */
function claimAt(payload: JWTPayload, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const name of path.split('.')) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as never)[name] : undefined;
  }
  return value;
}

/** The highest role that a claim grants; null for none. A text has several, with spaces between them, as `scope` has. */
function roleIn(claim: unknown, { roles }: JwtSettings): Role | null {
  const values: readonly unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return ROLES.findLast((role) => values.includes(roles[role])) ?? null;
}

interface Options {
  readonly logger: Logger;
  /** The role of a token that grants none; null: it is not accepted. */
  readonly otherwise: Role | null;
}

/**
 * Checks tokens (JWT) of an identity provider: signature by its keys, issuer, audience, times; the author is in its claims.
 * The log has the reason for each that is not accepted, never the token. Throws IDENTITY_UNAVAILABLE while the keys cannot be
 * read.
 */
export function jwtTokens(settings: JwtSettings, { logger, otherwise }: Options): Tokens {
  const { jwksUrl, issuer, audiences, algorithms, clockSkewS, nameClaim, rolesClaim } = settings;
  const keys = keysOf(jwksUrl, (error) =>
    logger.error({ jwksUrl, cause: String(error) }, 'the keys of the identity provider cannot be read'),
  );
  const options = {
    issuer,
    audience: [...audiences],
    algorithms: [...algorithms],
    clockTolerance: clockSkewS,
    requiredClaims: ['exp'],
  };

  async function verified(token: string): Promise<Author> {
    const { payload } = await jwtVerify(token, keys, options);
    const name = claimAt(payload, nameClaim);
    if (typeof name !== 'string' || nameProblem(name) !== null) throw new ClaimError(`${nameClaim} is no usable name`);
    const role = roleIn(claimAt(payload, rolesClaim), settings) ?? otherwise;
    if (role === null) throw new ClaimError(`${rolesClaim} grants no role`);
    return { name, role };
  }

  return {
    async authorOf(token) {
      if (!JWT_PATTERN.test(token)) return null;
      try {
        return await verified(token);
      } catch (error) {
        if (error instanceof KeysUnavailable) throw unavailable();
        const { code = null, claim = null } = error as { readonly code?: string; readonly claim?: string };
        logger.info({ code, claim, cause: (error as Error).message }, 'a token was not accepted');
        return null;
      }
    },
  };
}
