import { ROLES, type Role } from '../domain/role.ts';
import type { Reader } from './reader.ts';

/** How tokens of an identity provider are checked. */
export interface JwtSettings {
  /** The address of its public keys. */
  readonly jwksUrl: string;
  /** What the claim `iss` must be. */
  readonly issuer: string;
  /** The claim `aud` must be one of these, or contain one. */
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  /** Seconds by which its clock may differ. */
  readonly clockSkewS: number;
  /** The claim that names the author. */
  readonly nameClaim: string;
  /** The claim with the roles, with dots for claims inside claims: realm_access.roles. */
  readonly rolesClaim: string;
  /** The value in that claim for each role. */
  readonly roles: Readonly<Record<Role, string>>;
}

/** With public keys only: a secret shared with the issuer would let Grappe make tokens. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const DEFAULT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Variables without an effect unless GRAPPE_JWT_JWKS_URL is set. */
const OTHERS = [
  ...['GRAPPE_JWT_ISSUER', 'GRAPPE_JWT_AUDIENCE', 'GRAPPE_JWT_ALGORITHMS', 'GRAPPE_JWT_CLOCK_SKEW_S'],
  ...['GRAPPE_JWT_NAME_CLAIM', 'GRAPPE_JWT_ROLES_CLAIM', 'GRAPPE_JWT_ROLES'],
];

/** Keys that come by plain http could be anybody's, unless they come from this machine. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname));
}

function needed(reader: Reader, variable: string, expected: string): string {
  const given = reader.text(variable);
  if (given === null) reader.addProblem(variable, null, `${expected} is needed with GRAPPE_JWT_JWKS_URL.`);
  return given ?? '';
}

function audiences(reader: Reader): readonly string[] {
  needed(reader, 'GRAPPE_JWT_AUDIENCE', 'the audience of the tokens (their claim aud)');
  return reader.list('GRAPPE_JWT_AUDIENCE');
}

function algorithms(reader: Reader): readonly string[] {
  const given = reader.list('GRAPPE_JWT_ALGORITHMS');
  for (const name of given) {
    if (!ALGORITHMS.includes(name)) {
      reader.addProblem('GRAPPE_JWT_ALGORITHMS', name, `some of ${ALGORITHMS.join(', ')} are needed.`);
    }
  }
  return given.length === 0 ? DEFAULT_ALGORITHMS : given;
}

function roles(reader: Reader): Readonly<Record<Role, string>> {
  const named: Record<Role, string> = { READER: 'READER', EDITOR: 'EDITOR', ADMIN: 'ADMIN' };
  for (const pair of reader.list('GRAPPE_JWT_ROLES')) {
    const [, role, value = ''] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    const known = ROLES.find((each) => each === role);
    if (known === undefined) {
      const expected = 'pairs such as EDITOR=graph-editors are needed, of READER, EDITOR and ADMIN, joined by commas.';
      reader.addProblem('GRAPPE_JWT_ROLES', pair, expected);
    } else named[known] = value;
  }
  return Object.freeze(named);
}

/** Reads them; null if no provider is set. */
export function jwtSettings(reader: Reader): JwtSettings | null {
  const jwksUrl = reader.text('GRAPPE_JWT_JWKS_URL');
  if (jwksUrl === null) {
    for (const variable of OTHERS) {
      const value = reader.text(variable);
      if (value !== null) reader.addProblem(variable, value, 'it has no effect without GRAPPE_JWT_JWKS_URL.');
    }
    return null;
  }
  const url = URL.parse(jwksUrl);
  if (url === null || !isSafe(url)) {
    const expected = 'an address such as https://login.example.org/.well-known/jwks.json is needed.';
    reader.addProblem('GRAPPE_JWT_JWKS_URL', jwksUrl, expected);
  }
  return Object.freeze({
    jwksUrl,
    issuer: needed(reader, 'GRAPPE_JWT_ISSUER', 'the issuer of the tokens (their claim iss)'),
    audiences: Object.freeze(audiences(reader)),
    algorithms: Object.freeze(algorithms(reader)),
    clockSkewS: reader.integer('GRAPPE_JWT_CLOCK_SKEW_S', 30, 0, 600),
    nameClaim: reader.text('GRAPPE_JWT_NAME_CLAIM') ?? 'sub',
    rolesClaim: reader.text('GRAPPE_JWT_ROLES_CLAIM') ?? 'roles',
    roles: roles(reader),
  });
}
