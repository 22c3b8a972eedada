import { condition, type Query } from '../../../shared/model/query.ts';
import type { Dataset } from '../../ndi/dataset.ts';
import { Session } from '../../ndi/session.ts';
import type { DocumentEntry } from '../../ndi/database/document-index.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { fullPath, type OpenItems } from '../open-items.ts';

/** The database that a change goes to. */
export interface WriteTarget {
  /** Folder that holds `.ndi`. */
  readonly path: string;
  readonly kind: 'session' | 'dataset';
  /** Session of the dataset that documents without a session get. */
  readonly sessionId: string | undefined;
}

export interface EditTarget extends WriteTarget {
  /** Opened for reading. */
  readonly holder: Session | Dataset;
}

/**
 * Finds the database of a session or dataset. A session that a dataset links to has its own folder.
 * @throws NdiError session.notFound, path.*, database.*
 */
export function findTarget(
  items: OpenItems,
  place: { readonly path: string; readonly sessionId?: string | undefined },
): EditTarget {
  const item = items.find(place.path);
  if (item === null) throw noDocuments(fullPath(place.path));
  if (item.kind === 'session') {
    if (place.sessionId !== undefined && place.sessionId !== item.session.id)
      items.session(place.path, place.sessionId);
    return { path: item.session.path, kind: 'session', sessionId: undefined, holder: item.session };
  }
  const { dataset } = item;
  const { sessionId } = place;
  if (sessionId === undefined || sessionId === dataset.id) {
    return { path: dataset.path, kind: 'dataset', sessionId: undefined, holder: dataset };
  }
  const session = dataset.session(sessionId);
  return session.path === dataset.path
    ? { path: dataset.path, kind: 'dataset', sessionId, holder: dataset }
    : { path: session.path, kind: 'session', sessionId: undefined, holder: session };
}

/** Documents of a session or dataset, or of the one session of a dataset that was named. */
export function entriesOf({ holder, sessionId }: EditTarget, query: Query = []): DocumentEntry[] {
  if (holder instanceof Session) return holder.documents({ query });
  return holder.documents(sessionId === undefined ? { query } : { query, sessionId });
}

/** Those of documents that may have files: the table of files is no help, as NDI-python leaves it empty. */
export function entriesWithFiles(target: EditTarget): DocumentEntry[] {
  return entriesOf(target, condition('files', 'hasfield'));
}

function noDocuments(path: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `${path} holds no NDI session or dataset, so it has no documents.`,
    recovery: 'Choose the folder that holds its .ndi folder.',
    details: { path },
  });
}
