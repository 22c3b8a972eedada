import type { DocumentRow, DocumentSummary } from '../../shared/contract/documents.ts';
import { nameFromFields } from '../../shared/model/naming-fields.ts';
import { client } from './client.ts';
import { useRevision } from './edits.ts';
import { useAnswer } from './use-answer.ts';

/** As many as the services name at once. */
const AT_ONCE = 500;

type Named = Pick<DocumentSummary, 'id' | 'name'>;

/** Names a document: by its own name, else by what tells it apart in its class; empty where nothing does, or not yet. */
export type NameOf = (document: Named) => string;

/** Names for documents that are shown, whose own names are empty in nearly all of NDI's classes. */
export function useDocumentNames(path: string, documents: readonly Named[]): NameOf {
  const revision = useRevision(path);
  const ids = documents.filter(({ name }) => name === '').map(({ id }) => id);
  const answer = useAnswer(JSON.stringify([path, revision, ids]), (signal) => namesFor(path, ids, signal), {
    keepLast: true,
  });
  const names = answer.status === 'ready' ? answer.value : new Map<string, string>();
  return ({ id, name }) => name || (names.get(id) ?? '');
}

/** The same for a row of a list that was asked for with `namingColumns` as its only columns. */
export function rowName({ name, cells = [] }: DocumentRow): string {
  return name || nameFromFields(cells);
}

async function namesFor(path: string, ids: readonly string[], signal: AbortSignal): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const found = await client.documents.names({ path, ids: ids.slice(at, at + AT_ONCE) }, { signal });
    for (const { id, name } of found) names.set(id, name);
  }
  return names;
}
