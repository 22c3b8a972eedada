import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MessagePort } from 'node:worker_threads';
import { toErrorReport } from '../../../shared/model/errors.ts';
import { openConnection } from '../database/connection.ts';
import { buildIndex, type DocumentEntry, readDocument } from '../database/document-index.ts';
import { packIndex } from '../database/packed-index.ts';
import { isDamage, withFaults } from '../database/faults.ts';
import { setLabTypes } from '../documents/types.ts';
import type { ListedEntry, Reply, Request } from './ask-thread.ts';
import type { IndexTask } from './background.ts';
import { openIndexAt, removedMeanwhile, tryToRemove } from './index-file.ts';
import { IndexSearch } from './search.ts';

/** What an entry looks up only when it is asked for cannot cross to another thread. */
function listed({
  docIdx,
  id,
  class: className,
  name,
  sessionId,
  datestamp,
  superclasses,
}: DocumentEntry): ListedEntry {
  return { docIdx, id, class: className, name, sessionId, datestamp, superclasses };
}

/** The life of a thread that answers: one question after the other, over connections of its own that only read. */
export function answerQuestions(port: MessagePort, task: Extract<IndexTask, { kind: 'ask' }>): void {
  const { databasePath, journal } = task;
  setLabTypes(task.labTypes);
  let source: DatabaseSync | null = null;
  const documents = () => (source ??= openConnection(databasePath, 'read', journal));
  const ofDatabase = <T>(work: () => T) => withFaults(databasePath, work);
  let readOne: StatementSync | null = null;
  const read = (docIdx: number) =>
    ofDatabase(() => {
      readOne ??= documents().prepare('SELECT json_code FROM docs WHERE doc_idx = ?');
      return readDocument(readOne.get(docIdx)?.['json_code']);
    });
  const onTest = () => void Atomics.add(task.looked, 0, 1);
  let open: { readonly path: string; readonly database: DatabaseSync; readonly search: IndexSearch } | null = null;
  const searchOf = (path: string) => {
    if (open?.path === path) return open.search;
    open?.database.close();
    open = null;
    const database = openIndexAt(path);
    open = { path, database, search: new IndexSearch(database, read, { onTest }) };
    return open.search;
  };
  /** It says nothing of the database, and is made anew by the next question. */
  const discardIndex = (path: string) => {
    open?.database.close();
    open = null;
    tryToRemove(path);
    return removedMeanwhile(path);
  };
  const answer = ({ question, indexPath }: Request): unknown => {
    switch (question.ask) {
      case 'page': {
        const { total, entries } = searchOf(indexPath).page(question.filter, question.request);
        return { total, entries: entries.map(listed) };
      }
      case 'classes':
        return searchOf(indexPath).classes(question.filter);
      case 'summaries':
        return ofDatabase(() => packIndex(buildIndex(documents())));
    }
  };
  port.on('message', (request: Request) => {
    const say = (reply: Reply) => port.postMessage(reply);
    try {
      Atomics.store(task.looked, 0, 0);
      say({ id: request.id, answer: answer(request) });
    } catch (error) {
      const said = isDamage(error) ? discardIndex(request.indexPath) : error;
      say({ id: request.id, error: toErrorReport(said) });
    }
  });
}
