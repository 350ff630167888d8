/** The client of a request, and the database time that the request has used. */
export class Requester {
  /** The client that shares resources with others: an address, or the name of a token. */
  readonly client: string;
  /** Time of arrival, on the clock of performance.now. */
  readonly arrivedAt = performance.now();
  /** Milliseconds that the database has worked for this request. */
  usedMs = 0;

  constructor(client: string) {
    this.client = client;
  }
}
