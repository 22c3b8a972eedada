import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { client } from '../../../state/client.ts';
import type { SortOrder } from '../../../components/table/columns.ts';
import { DocumentPages, type PagesState } from './document-pages.ts';

/** Which documents are listed, in which order. */
export interface ResultsQuestion {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly class: string | undefined;
  readonly text: string;
  readonly sort: SortOrder;
  /** Counts the readings from disk: another number asks anew. */
  readonly round: number;
}

type SortField = 'name' | 'class' | 'datestamp' | 'id';

/**
 * The documents that answer a question. While the answer to a new question is awaited the old list stays, so that
 * typing into the filter does not flicker.
 */
export function useDocumentPages(question: ResultsQuestion): { pages: DocumentPages; state: PagesState } {
  const key = JSON.stringify(question);
  const asked = useMemo(() => pagesFor(JSON.parse(key) as ResultsQuestion), [key]);
  const [shown, setShown] = useState(asked);
  useEffect(() => {
    const show = () => {
      setShown(asked);
    };
    const unsubscribe = asked.subscribe(show);
    asked.need(0, 0);
    return () => {
      unsubscribe();
      asked.stop();
    };
  }, [asked]);
  const state = useSyncExternalStore(shown.subscribe, shown.state);
  return { pages: shown, state };
}

function pagesFor({ path, sessionId, class: className, text, sort }: ResultsQuestion): DocumentPages {
  return new DocumentPages((offset, limit, signal) =>
    client.documents.list(
      {
        path,
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(className === undefined ? {} : { class: className }),
        ...(text === '' ? {} : { text }),
        sort: sort.column as SortField,
        descending: sort.descending,
        offset,
        limit,
      },
      { signal },
    ),
  );
}
