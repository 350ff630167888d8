import { GraphQLError, NoSchemaIntrospectionCustomRule, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** The rule of graphql-js, with our error code. */
function NoIntrospectionRule(context: ValidationContext): ReturnType<typeof NoSchemaIntrospectionCustomRule> {
  const coded = Object.create(context) as ValidationContext;
  coded.reportError = ({ nodes = null }) => {
    const message = 'This server does not show its schema: GRAPPE_ALLOW_INTROSPECTION=true allows it.';
    context.reportError(new GraphQLError(message, { nodes, extensions: { code: 'INTROSPECTION_DISABLED' } }));
  };
  return NoSchemaIntrospectionCustomRule(coded);
}

/** Forbids introspection. */
export function useNoIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoIntrospectionRule);
    },
  };
}
