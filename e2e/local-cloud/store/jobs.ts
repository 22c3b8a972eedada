import { refuse } from '../answers.ts';
import type { Cloud } from '../cloud.ts';
import type { Row } from './database.ts';

type Kind = 'files' | 'urls' | 'tier' | 'compute';

export function newJob(cloud: Cloud, kind: Kind, datasetId: string, fields: object = {}): string {
  const id = cloud.newId();
  const values = [id, kind, datasetId, 'queued', cloud.now(), JSON.stringify(fields)];
  cloud.db.run('INSERT INTO jobs VALUES (?, ?, ?, ?, ?, NULL, NULL, ?)', ...values);
  return id;
}

/** Moves a job on; the ends carry their time. */
export function setJob(cloud: Cloud, id: string, state: string, fields: object = {}): void {
  const job = cloud.db.get('SELECT * FROM jobs WHERE id = ?', id);
  if (job === undefined) return;
  const isEnd = ['complete', 'completed', 'failed', 'ready'].includes(state);
  const values = [state, Number(job['started_at'] ?? cloud.now()), isEnd ? cloud.now() : null];
  const merged = JSON.stringify({ ...fieldsOf(job), ...fields });
  cloud.db.run(
    'UPDATE jobs SET state = ?, started_at = ?, completed_at = ?, fields = ? WHERE id = ?',
    ...values,
    merged,
    id,
  );
}

export function fieldsOf(job: Row): Record<string, unknown> {
  return JSON.parse(String(job['fields'])) as Record<string, unknown>;
}

/** @throws Refused 404 */
export function jobOf(cloud: Cloud, id: string, kind: Kind): Row {
  const job = cloud.db.get('SELECT * FROM jobs WHERE id = ? AND kind = ?', id, kind);
  if (job === undefined) throw refuse.error(404, 'Job not found');
  return job;
}
