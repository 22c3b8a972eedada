import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { client } from '../../../state/client.ts';
import type { SortOrder } from '../../../components/table/columns.ts';
import type { Query } from '../../../../shared/model/query.ts';
import { DocumentPages, type PagesState } from './document-pages.ts';
import { namingColumns } from '../../../../shared/model/naming-fields.ts';

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

/** A list of documents, and whether its question is still being asked. */
interface AskedPages {
  readonly pages: DocumentPages;
  readonly state: PagesState;
  readonly waiting: boolean;
  /** A person has given the question up. */
  readonly stopped: boolean;
  readonly stop: () => void;
  readonly again: () => void;
}

/**
 * The documents that answer a question. While the answer to a new question is awaited the old list stays, so that
 * typing into the filter does not flicker. Questions that are no longer wanted are aborted.
 */
export function useDocumentPages(question: ResultsQuestion): AskedPages {
  const key = JSON.stringify(question);
  const asked = useMemo(() => pagesFor(JSON.parse(key) as ResultsQuestion), [key]);
  const [shown, setShown] = useState(asked);
  const [givenUp, setGivenUp] = useState<DocumentPages | null>(null);
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
  const answer = useSyncExternalStore(asked.subscribe, asked.state);
  const stopped = givenUp === asked;
  return {
    pages: shown,
    state,
    waiting: answer.total === null && answer.error === null && !stopped,
    stopped,
    stop: () => {
      asked.stop();
      setGivenUp(asked);
    },
    again: () => {
      setGivenUp(null);
      asked.retry();
    },
  };
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
