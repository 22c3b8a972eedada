import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../../shared/model/errors.ts';
import { openConnection } from '../database/connection.ts';
import { withFaults } from '../database/faults.ts';
import { answerQuestions } from './answer-questions.ts';
import type { IndexMessage, IndexTask } from './background.ts';
import { catchUp } from './catch-up.ts';
import { openIndexAt } from './index-file.ts';
import { stampOf } from './query-index.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');
/** What is written all over stays in memory until its step is done. */
const BUILD_CACHE_KB = 256 * 1024;
/** Another process that builds the same index holds it for a step. */
const BUILD_PATIENCE_MS = 120_000;

const task = workerData as IndexTask;
if (task.kind === 'ask') answerQuestions(port, task);
else build(task);

function build({ indexPath, databasePath, journal }: Extract<IndexTask, { kind: 'build' }>): void {
  const say = (message: IndexMessage) => port?.postMessage(message);
  try {
    const index = openIndexAt(indexPath);
    withFaults(databasePath, () => {
      const source = openConnection(databasePath, 'read', journal);
      index.exec(`PRAGMA cache_size = -${BUILD_CACHE_KB}; PRAGMA busy_timeout = ${BUILD_PATIENCE_MS}`);
      try {
        for (const progress of catchUp(index, source, () => stampOf(databasePath))) say({ type: 'progress', progress });
      } finally {
        index.close();
        source.close();
      }
    });
    say({ type: 'done' });
  } catch (error) {
    say({ type: 'failed', error: toErrorReport(error) });
  }
}
