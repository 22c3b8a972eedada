import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { client } from '../../../state/client.ts';
import type { SortOrder } from '../../../components/table/columns.ts';
import type { Query } from '../../../../shared/model/query.ts';
import { DocumentPages, type PagesState } from './document-pages.ts';
import { namingColumns } from './naming-fields.ts';

/** Which documents are listed, in which order. */
export interface ResultsQuestion {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly class: string | undefined;
  readonly text: string;
  readonly query: Query;
  /** Fields of the documents that show as columns. */
  readonly fields: readonly string[];
  readonly sort: SortOrder;
  /** Counts the readings from disk: another number asks anew. */
  readonly round: number;
}

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

/** What the list asks for, without its page and columns; an export asks for the same. */
export function requestOf({ path, sessionId, class: className, text, query, sort }: ResultsQuestion) {
  return {
    path,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(className === undefined ? {} : { class: className }),
    ...(text === '' ? {} : { text }),
    ...(query.length === 0 ? {} : { where: query.map((one) => ({ ...one })) }),
    sort: sort.column,
    descending: sort.descending,
  };
}

function pagesFor(question: ResultsQuestion): DocumentPages {
  return new DocumentPages((offset, limit, signal) =>
    client.documents.list(
      {
        ...requestOf(question),
        columns: [...question.fields, ...namingColumns],
        offset,
        limit,
      },
      { signal },
    ),
  );
}
