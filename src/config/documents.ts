import type { Reader } from './reader.ts';

/** The documents that requests may name instead of sending them. */
export interface DocumentSettings {
  /** Manifests of persisted documents, as build tools of applications write them. */
  readonly persistedDocuments: readonly string[];
  /** Whether only documents of these manifests are answered. */
  readonly trustedDocumentsOnly: boolean;
}

/** Reads them. */
export function documentSettings(reader: Reader): DocumentSettings {
  const persistedDocuments = Object.freeze(reader.list('GRAPPE_PERSISTED_DOCUMENTS'));
  const trustedDocumentsOnly = reader.flag('GRAPPE_TRUSTED_DOCUMENTS_ONLY', false);
  if (trustedDocumentsOnly && persistedDocuments.length === 0) {
    const expected = 'the manifests of these documents are needed, in GRAPPE_PERSISTED_DOCUMENTS.';
    reader.addProblem('GRAPPE_TRUSTED_DOCUMENTS_ONLY', 'true', expected);
  }
  return { persistedDocuments, trustedDocumentsOnly };
}
