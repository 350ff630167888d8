import { isNamedElsewhere } from '../../domain/own-server.ts';
import { clientError } from './client-error.ts';

/**
 * Throws OTHER_SERVER for the name of something that another server of the graph remembers. Status 421 (RFC 9110) says that the
 * same request may be sent again; the connection ends, so that a balancer of connections chooses again, too.
 */
export function assertNamedHere(name: string, what: string, isShared: boolean): void {
  if (!isShared || !isNamedElsewhere(name)) return;
  const message = `Another server of this graph has ${what}: send the same request again until it reaches that one. If it never does, that server has ended: begin again.`;
  throw clientError('OTHER_SERVER', message, { status: 421, headers: { Connection: 'close' } });
}
