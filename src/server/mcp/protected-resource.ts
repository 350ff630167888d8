import type { JwtSettings } from '../../config/jwt.ts';
import type { RouteHandler } from '../http/routes.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
/** Claims that hold the scopes that a client has asked for; other claims of roles are given by the provider itself. */
const SCOPE_CLAIMS: readonly string[] = ['scope', 'scp'];

/** How an agent without a token learns where to get one. */
export interface ProtectedResource {
  /** The metadata of the resource, by path. */
  readonly routes: ReadonlyMap<string, RouteHandler>;
  /** The WWW-Authenticate header of an answer 401. */
  readonly challenge: (request: Request) => string;
}

interface Options {
  /** The path of the resource on this server, such as /mcp. */
  readonly path: string;
  /** The address for clients; null: that of their request. */
  readonly publicUrl: string | null;
}

/**
 * Describes a path as a resource that an identity provider protects: OAuth 2.0 Protected Resource Metadata (RFC 9728), as MCP
 * asks of servers. An agent reads there who issues tokens, and lets its user sign in with that provider.
 */
export function protectedResource(
  { issuer, rolesClaim, roles }: JwtSettings,
  { path, publicUrl }: Options,
): ProtectedResource {
  const addressFor = (request: Request): URL => new URL(`${publicUrl ?? new URL(request.url).origin}${path}`);
  const metadata: RouteHandler = (request) =>
    Response.json(
      {
        resource: addressFor(request).href,
        resource_name: 'Grappe',
        authorization_servers: [issuer],
        bearer_methods_supported: ['header'],
        // Agents only read.
        ...(SCOPE_CLAIMS.includes(rolesClaim) ? { scopes_supported: [roles.READER] } : {}),
      },
      { headers: { 'Cache-Control': 'max-age=300' } },
    );
  // A proxy may pass the path of the public address on, or remove it.
  const paths = [path, publicUrl === null ? path : `${new URL(publicUrl).pathname.replace(/\/$/, '')}${path}`];
  return {
    routes: new Map(paths.map((each) => [`${WELL_KNOWN}${each}`, metadata])),
    challenge(request) {
      if (new URL(request.url).pathname !== path) return 'Bearer';
      const { origin, pathname } = addressFor(request);
      return `Bearer resource_metadata="${origin}${WELL_KNOWN}${pathname}"`;
    },
  };
}
