import { GraphQLError } from 'graphql';

/** An error that the caller can put right, with the code that docs/errors.md explains. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
