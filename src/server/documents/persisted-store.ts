import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Manifest, ManifestError } from './manifest.ts';

/** Characters of the documents that clients have registered: a few thousand documents. */
const REGISTERED_CHARACTERS = 4_000_000;
/** Characters of one of them: a longer one is answered, and sent again each time, so that a few do not drop all others. */
const DOCUMENT_CHARACTERS = 32_000;
/** Milliseconds between two looks whether a manifest has changed. */
const LOOK_AGAIN_MS = 1_000;

/** The SHA-256 of a document in UTF-8, in lower-case hexadecimals. */
export const sha256Of = (document: string): string => createHash('sha256').update(document).digest('hex');

const HASH = /^[\da-f]{64}$/;
const PREFIX = 'sha256:';

/** The hash that an identifier is, with the prefix of GraphQL over HTTP or without; null for another identifier. */
export function hashIn(id: string): string | null {
  const hash = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
  return HASH.test(hash) ? hash : null;
}

/** Documents that clients have registered at any of several servers. */
interface SharedDocuments {
  find(hash: string): Promise<string | null>;
  add(hash: string, document: string): void;
}

interface Options {
  /** Whether only documents of the manifests are answered. */
  readonly trustedOnly?: boolean;
  /** Called with the problem of a manifest that has changed and cannot be read. */
  readonly complain?: (problem: string) => void;
}

/**
 * The documents that requests may name instead of sending them: those of manifests, and those that clients have registered
 * by their hash. A manifest that has changed is read when an identifier is looked up that no manifest had.
 */
export class PersistedStore {
  readonly trustedOnly: boolean;
  readonly #manifests: readonly Manifest[];
  readonly #registered = new LRUCache<string, string>({
    maxSize: REGISTERED_CHARACTERS,
    sizeCalculation: (document, hash) => document.length + hash.length,
  });
  readonly #complain: (problem: string) => void;
  #shared: SharedDocuments | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** The documents of manifests by their hashes. */
  #byHash: ReadonlyMap<string, string> = new Map();

  constructor(manifests: readonly Manifest[] = [], { trustedOnly = false, complain = () => {} }: Options = {}) {
    this.#manifests = manifests;
    this.trustedOnly = trustedOnly;
    this.#complain = complain;
    this.#index();
  }

  /** Has clients' documents found at other servers, too. */
  share(documents: SharedDocuments): void {
    if (!this.trustedOnly) this.#shared = documents;
  }

  #index(): void {
    const texts = this.#manifests.flatMap(({ documents }) => [...documents.values()]);
    this.#byHash = new Map(texts.map((text) => [sha256Of(text), text]));
  }

  /** The document of an identifier; null for an unknown one. */
  async find(id: string): Promise<string | null> {
    const known =
      this.#inManifests(id) ?? this.#inMemory(id) ?? ((await this.#lookAgain()) ? this.#inManifests(id) : null);
    const hash = hashIn(id);
    if (known !== null || hash === null || this.#shared === null) return known;
    const found = await this.#shared.find(hash);
    if (found !== null) this.#registered.set(hash, found);
    return found;
  }

  /** Whether a manifest has a document, as it is written. */
  async isTrusted(document: string): Promise<boolean> {
    const hash = sha256Of(document);
    return this.#byHash.has(hash) || ((await this.#lookAgain()) && this.#byHash.has(hash));
  }

  /** Stores a document under its hash, while there is memory for it: those unused for longest are dropped. */
  register(hash: string, document: string): void {
    const isShort = document.length <= DOCUMENT_CHARACTERS;
    if (!isShort || this.trustedOnly || this.#byHash.has(hash)) return;
    this.#registered.set(hash, document);
    this.#shared?.add(hash, document);
  }

  #inManifests(id: string): string | null {
    for (const { documents } of this.#manifests) {
      const document = documents.get(id);
      if (document !== undefined) return document;
    }
    const hash = hashIn(id);
    return (hash === null ? undefined : this.#byHash.get(hash)) ?? null;
  }

  #inMemory(id: string): string | null {
    const hash = hashIn(id);
    return (hash === null ? undefined : this.#registered.get(hash)) ?? null;
  }

  async #lookAgain(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_AGAIN_MS) return false;
    this.#lookedAt = now;
    const changed = await Promise.all(
      this.#manifests.map((manifest) =>
        manifest.refresh().catch((error: unknown) => {
          if (!(error instanceof ManifestError)) throw error;
          this.#complain(error.message);
          return false;
        }),
      ),
    );
    if (!changed.includes(true)) return false;
    this.#index();
    return true;
  }
}

/** Opens manifests. Throws a ManifestError for one that cannot be used. */
export async function openManifests(files: readonly string[], options: Options = {}): Promise<PersistedStore> {
  return new PersistedStore(await Promise.all(files.map((file) => Manifest.open(file))), options);
}
