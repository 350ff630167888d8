import { GraphQLError, NoSchemaIntrospectionCustomRule, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** graphql-js's own rule, its refusals given our code. */
function NoIntrospectionRule(context: ValidationContext): ReturnType<typeof NoSchemaIntrospectionCustomRule> {
  const coded = Object.create(context) as ValidationContext;
  coded.reportError = ({ nodes = null }) => {
    const message = 'This server does not tell its schema: GRAPPE_ALLOW_INTROSPECTION=true would let it.';
    context.reportError(new GraphQLError(message, { nodes, extensions: { code: 'INTROSPECTION_DISABLED' } }));
  };
  return NoSchemaIntrospectionCustomRule(coded);
}

/** Keeps the schema from being asked for, where it is meant for those who have its file. */
export function useNoIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoIntrospectionRule);
    },
  };
}
