import { ClientError } from '../src/domain/client-error.ts';

/** The error of an argument that the client can correct. */
export function badInput(message: string): ClientError {
  return new ClientError('BAD_USER_INPUT', message);
}
