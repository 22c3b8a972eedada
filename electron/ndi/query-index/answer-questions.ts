import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MessagePort } from 'node:worker_threads';
import { toErrorReport } from '../../../shared/model/errors.ts';
import { openConnection } from '../database/connection.ts';
import { buildIndex, type DocumentEntry, readDocument } from '../database/document-index.ts';
import { packIndex } from '../database/packed-index.ts';
import { withFaults } from '../database/faults.ts';
import { setLabTypes } from '../documents/types.ts';
import type { ListedEntry, Reply, Request } from './ask-thread.ts';
import type { IndexTask } from './background.ts';
import { openIndexAsItIs } from './index-file.ts';
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
  const { folder, databasePath, journal } = task;
  setLabTypes(task.labTypes);
  let source: DatabaseSync | null = null;
  const documents = () => (source ??= openConnection(databasePath, 'read', journal));
  let readOne: StatementSync | null = null;
  const read = (docIdx: number) => {
    readOne ??= documents().prepare('SELECT json_code FROM docs WHERE doc_idx = ?');
    return readDocument(readOne.get(docIdx)?.['json_code']);
  };
  let search: IndexSearch | null = null;
  const index = () => {
    const onTest = () => void Atomics.add(task.looked, 0, 1);
    return (search ??= new IndexSearch(openIndexAsItIs(folder, databasePath), read, { onTest }));
  };
  const answer = ({ question }: Request): unknown => {
    switch (question.ask) {
      case 'page': {
        const { total, entries } = index().page(question.filter, question.request);
        return { total, entries: entries.map(listed) };
      }
      case 'classes':
        return index().classes(question.filter);
      case 'summaries':
        return packIndex(buildIndex(documents()));
    }
  };
  port.on('message', (request: Request) => {
    const say = (reply: Reply) => port.postMessage(reply);
    try {
      Atomics.store(task.looked, 0, 0);
      say({ id: request.id, answer: withFaults(databasePath, () => answer(request)) });
    } catch (error) {
      say({ id: request.id, error: toErrorReport(error) });
    }
  });
}
