import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { clientError } from '../http/client-error.ts';
import { requestState } from '../http/request-state.ts';
import { hashIn, type PersistedStore, sha256Of } from './persisted-store.ts';

/** Parameters of a request besides those of every GraphQL request. */
export const PERSISTED_PARAMETERS: readonly string[] = ['documentId'];

type Params = GraphQLParams & { readonly documentId?: unknown };

const badRequest = (message: string): Error => clientError('BAD_REQUEST', message, { wellFormed: false });

/** The identifier of Apollo's form; null if the request has none. */
function apolloHash({ extensions }: Params): string | null {
  const { persistedQuery = null } = (extensions ?? {}) as { readonly persistedQuery?: unknown };
  if (persistedQuery === null) return null;
  const { version, sha256Hash } = persistedQuery as { readonly version?: unknown; readonly sha256Hash?: unknown };
  if (version === 1 && typeof sha256Hash === 'string' && sha256Hash !== '') return sha256Hash;
  throw badRequest('extensions.persistedQuery needs "version": 1 and "sha256Hash", a text.');
}

/** The identifier of the document in either form; null if the request has none. */
function identifierIn(params: Params): string | null {
  const { documentId = null } = params;
  const hash = apolloHash(params);
  if (documentId === null) return hash;
  if (typeof documentId !== 'string' || documentId === '') throw badRequest('documentId must be a text.');
  if (hash !== null && (hashIn(hash) ?? hash) !== (hashIn(documentId) ?? documentId)) {
    throw badRequest('documentId and extensions.persistedQuery name different documents: send one of them.');
  }
  return documentId;
}

/** Clients of Apollo and urql that get this message send the document with its hash. */
const NOT_FOUND = 'PersistedQueryNotFound';

function notFound(params: Params, trustedOnly: boolean): Error {
  const isApollo = (params.documentId ?? null) === null;
  const remedy = trustedOnly ? '' : ' Send the document beside its sha256: identifier, and it is known from then on.';
  const message = `No document has this documentId: manifests of this server do not list it.${remedy}`;
  return clientError('PERSISTED_QUERY_NOT_FOUND', isApollo ? NOT_FOUND : message);
}

function mismatch(): Error {
  const message =
    'The identifier is not that of the document: it must be the SHA-256 of its UTF-8 text, in lower-case hexadecimals.';
  return clientError('PERSISTED_QUERY_MISMATCH', message, { wellFormed: false });
}

/**
 * Takes the document of a request from its identifier: `documentId` of the GraphQL over HTTP appendix on persisted
 * documents, or Apollo's `extensions.persistedQuery.sha256Hash`. A document that is sent with its SHA-256 is registered once it
 * has been found valid, so that nobody fills the memory with other texts. All that follows sees an ordinary request.
 *
 * @example createYoga({ schema, plugins: [usePersistedDocuments(new PersistedStore())] })
 */
export function usePersistedDocuments(store: PersistedStore): Plugin {
  /** Documents that came with their hash, until they are found valid. */
  const registering = new WeakMap<Request, { readonly hash: string; readonly query: string }>();

  async function check(request: Request, id: string | null, query: string): Promise<void> {
    if (store.trustedOnly && !requestState(request).hasOwnDocument && !(await store.isTrusted(query))) {
      const message = 'This server answers only the documents of its applications: it does not know this one.';
      throw clientError('DOCUMENT_NOT_TRUSTED', message, { wellFormed: false, status: 403 });
    }
    if (id === null || (await store.find(id)) === query) return;
    const hash = hashIn(id);
    if (hash === null || hash !== sha256Of(query)) throw mismatch();
    registering.set(request, { hash, query });
  }

  return {
    onRequestParse({ request, url }) {
      if (request.method !== 'GET') return;
      const documentId = (url as URL).searchParams.get('documentId') ?? '';
      if (documentId === '') return;
      return {
        // The parser of addresses knows only the parameters of every request.
        onRequestParseDone({ requestParserResult, setRequestParserResult }) {
          const withId: Params = { ...(requestParserResult as Params), documentId };
          setRequestParserResult(withId);
        },
      };
    },
    onParams({ request, params, setParams }) {
      if (typeof params !== 'object' || params === null) return;
      const id = identifierIn(params);
      // A client that sends the identifier alone may send an empty document beside it.
      const query = params.query === '' && id !== null ? undefined : params.query;
      if (typeof query === 'string') return id === null && !store.trustedOnly ? undefined : check(request, id, query);
      if (id === null || query != null) return;
      return store.find(id).then((found) => {
        if (found === null) throw notFound(params, store.trustedOnly);
        setParams({ ...params, query: found });
      });
    },
    onResultProcess({ request }) {
      const pending = registering.get(request);
      if (pending !== undefined && requestState(request).operation !== null)
        store.register(pending.hash, pending.query);
    },
  };
}
