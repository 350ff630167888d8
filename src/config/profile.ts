import type { Reader } from './reader.ts';

/** The profile of the server: in development it has GraphiQL, introspection and suggestions. */
export const PROFILES = ['development', 'production'] as const;
export type Profile = (typeof PROFILES)[number];

/** What is open to developers: by default in the profile `development` only. */
export interface ProfileSettings {
  readonly profile: Profile;
  readonly graphiql: boolean;
  /** Whether answers show how their lists were read. */
  readonly plan: boolean;
  /** Whether /schema.graphql shows the schema. */
  readonly showSchema: boolean;
  /** Whether introspection is allowed, and error messages suggest names of the schema. */
  readonly introspection: boolean;
  /** Whether a query in an address is answered without an Accept that names JSON, as by a link. */
  readonly plainGet: boolean;
}

/** Reads them. */
export function profileSettings(reader: Reader): ProfileSettings {
  const profile = reader.oneOf('GRAPPE_PROFILE', PROFILES, 'development');
  const forDevelopers = profile === 'development';
  const introspection = reader.flag('GRAPPE_ALLOW_INTROSPECTION', forDevelopers);
  return {
    profile,
    graphiql: reader.flag('GRAPPE_ALLOW_GRAPHIQL', forDevelopers),
    plan: reader.flag('GRAPPE_SHOW_PLAN', forDevelopers),
    introspection,
    plainGet: reader.flag('GRAPPE_ALLOW_PLAIN_GET', forDevelopers),
    showSchema: reader.flag('GRAPPE_SHOW_SCHEMA', introspection),
  };
}
