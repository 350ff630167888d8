/** On whose behalf work is done, and how much of it one request has asked for. */
export class Requester {
  /** Who shares with others: an address, or the name of a token. */
  readonly client: string;
  /** On performance.now's clock. */
  readonly arrivedAt = performance.now();
  /** Milliseconds that the database has worked for this request. */
  usedMs = 0;

  constructor(client: string) {
    this.client = client;
  }
}
