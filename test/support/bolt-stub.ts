import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Message, packMessage, unpackMessage } from './packstream.ts';

/** What a driver says. */
export const SAYS = {
  HELLO: 0x01,
  GOODBYE: 0x02,
  RESET: 0x0f,
  RUN: 0x10,
  BEGIN: 0x11,
  COMMIT: 0x12,
  ROLLBACK: 0x13,
  PULL: 0x3f,
  ROUTE: 0x66,
  LOGON: 0x6a,
} as const;
export type Saying = keyof typeof SAYS;

/** What a server says. */
const [SUCCESS, RECORD, IGNORED, FAILURE] = [0x70, 0x71, 0x7e, 0x7f];

/** What the servers of a stub cluster hold together: a number that each committed statement with CREATE raises. */
export class StubGraph {
  value = 0;
  bookmark = 0;
}

/**
 * What a server does with a message: answers it, takes it and breaks the connection before (`cut`) or after (`cutAfter`)
 * it has done what it says, breaks it in the middle of the rows, says nothing, or fails with a code of Neo4j.
 */
export type Behaviour = 'answer' | 'cut' | 'cutAfter' | 'cutInside' | 'silent' | { readonly failure: string };

interface Conversation {
  pending: number;
  isFailed: boolean;
  isWriting: boolean;
  isOpen: boolean;
  /** It was silent once, and stays so: answers come in the order of the questions. */
  isSilent: boolean;
}

/** A server that speaks Bolt 5.4, as far as a driver needs it: a cluster is several of them with one graph. */
export class BoltStub {
  /** What it does with a message; without an answer here, it answers. */
  behave: (says: Saying, message: Message) => Behaviour = () => 'answer';
  /** Whether writes are taken, as by the leader of a cluster. */
  isLeader = true;
  /** Roles and addresses, for neo4j:// */
  routes: () => { readonly writers: readonly BoltStub[]; readonly readers: readonly BoltStub[] };
  password: string | null = null;
  /** Takes connections and bytes, and never does anything with them, as a proxy that has lost its server. */
  isSwallowing = false;
  /** Everything that drivers have said to it. */
  readonly heard: Saying[] = [];
  readonly graph: StubGraph;
  readonly sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(graph: StubGraph) {
    this.graph = graph;
    this.routes = () => ({ writers: [this], readers: [this] });
    this.#server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => {});
      this.#converse(socket);
    });
  }

  static async start(graph = new StubGraph(), port = 0): Promise<BoltStub> {
    const stub = new BoltStub(graph);
    stub.#server.listen(port, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  settings(scheme: 'bolt' | 'neo4j', password = 'of the stub') {
    return { engine: 'neo4j', uri: `${scheme}://${this.address}`, user: 'neo4j', password, database: 'neo4j' } as const;
  }

  /** How often a driver has said something. */
  count(says: Saying): number {
    return this.heard.filter((each) => each === says).length;
  }

  /** Breaks all connections. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #converse(socket: Socket): void {
    let bytes = Buffer.alloc(0);
    let hasShaken = false;
    let parts: Buffer[] = [];
    const conversation: Conversation = {
      ...{ pending: 0, isFailed: false, isWriting: false, isOpen: false, isSilent: false },
    };
    socket.on('data', (chunk) => {
      if (this.isSwallowing) return;
      bytes = Buffer.concat([bytes, chunk]);
      if (!hasShaken && bytes.length >= 20) {
        hasShaken = true;
        bytes = bytes.subarray(20);
        socket.write(Buffer.from([0, 0, 4, 5]));
      }
      while (hasShaken && bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
        const size = bytes.readUInt16BE(0);
        if (size > 0) parts.push(bytes.subarray(2, 2 + size));
        bytes = bytes.subarray(2 + size);
        if (size > 0 || parts.length === 0) continue;
        const message = unpackMessage(Buffer.concat(parts));
        parts = [];
        this.#answer(socket, conversation, message);
      }
    });
  }

  #answer(socket: Socket, conversation: Conversation, message: Message): void {
    const says = (Object.keys(SAYS) as Saying[]).find((name) => SAYS[name] === message.tag);
    if (says === undefined || says === 'GOODBYE') return;
    this.heard.push(says);
    if (conversation.isSilent) return;
    const send = (tag: number, field?: unknown): void => {
      const body = field === undefined ? packMessage(tag) : packMessage(tag, field);
      const head = Buffer.alloc(2);
      head.writeUInt16BE(body.length);
      if (!socket.destroyed) socket.write(Buffer.concat([head, body, Buffer.alloc(2)]));
    };
    const fail = (code: string): void => {
      conversation.isFailed = true;
      send(FAILURE, { code, message: `The stub says ${code}` });
    };
    if (says === 'RESET') Object.assign(conversation, { isFailed: false, pending: 0, isOpen: false });
    if (conversation.isFailed) {
      send(IGNORED);
      return;
    }
    const behaviour = this.behave(says, message);
    if (typeof behaviour === 'object') fail(behaviour.failure);
    if (behaviour === 'cut') socket.resetAndDestroy();
    if (behaviour === 'silent') conversation.isSilent = true;
    if (behaviour === 'cut' || behaviour === 'silent' || typeof behaviour === 'object') return;
    const rows = this.#do(says, message, conversation, fail);
    if (rows === null) return;
    if (behaviour === 'cutAfter') {
      socket.resetAndDestroy();
      return;
    }
    for (const row of rows.records) send(RECORD, row);
    if (behaviour === 'cutInside') setTimeout(() => socket.resetAndDestroy(), 20);
    else send(SUCCESS, rows.metadata);
  }

  /** Does what a message says; null where it failed. */
  #do(
    says: Saying,
    { fields }: Message,
    conversation: Conversation,
    fail: (code: string) => void,
  ): { readonly records: readonly unknown[]; readonly metadata: object } | null {
    const answer = (metadata: object, records: readonly unknown[] = []) => ({ metadata, records });
    const commit = (): object => {
      this.graph.value += conversation.pending;
      if (conversation.pending > 0) this.graph.bookmark++;
      Object.assign(conversation, { pending: 0, isOpen: false });
      return { bookmark: `bookmark ${this.graph.bookmark}` };
    };
    switch (says) {
      case 'HELLO':
        return answer({ server: 'Neo4j/5.26.0', connection_id: 'stub', hints: {} });
      case 'LOGON':
        if (this.password === null || (fields[0] as { credentials: string }).credentials === this.password) break;
        fail('Neo.ClientError.Security.Unauthorized');
        return null;
      case 'ROUTE': {
        const { writers, readers } = this.routes();
        const of = (role: string, stubs: readonly BoltStub[]) => ({ role, addresses: stubs.map((s) => s.address) });
        const all = [...new Set([...writers, ...readers])];
        const servers = [of('WRITE', writers), of('READ', readers), of('ROUTE', all)];
        return answer({ rt: { ttl: 300, db: 'neo4j', servers } });
      }
      case 'BEGIN':
        conversation.isOpen = true;
        break;
      case 'RUN':
        conversation.isWriting = String(fields[0]).includes('CREATE');
        if (conversation.isWriting && !this.isLeader) {
          fail('Neo.ClientError.Cluster.NotALeader');
          return null;
        }
        if (conversation.isWriting) conversation.pending++;
        return answer({ fields: ['value'], t_first: 0 });
      case 'PULL': {
        const rows = [[this.graph.value + conversation.pending]];
        return answer({ type: 'rw', db: 'neo4j', ...(conversation.isOpen ? {} : commit()) }, rows);
      }
      case 'COMMIT':
        return answer(commit());
      case 'ROLLBACK':
        Object.assign(conversation, { pending: 0, isOpen: false });
    }
    return answer({});
  }
}
