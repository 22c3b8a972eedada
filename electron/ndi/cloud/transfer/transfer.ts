import { NdiError } from '../../../../shared/model/errors.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import type { LocalCopy } from '../copy/local-copy.ts';
import type { CopyJournal } from '../journal/copy-journal.ts';
import type { Meter } from './meter.ts';
import type { Tally } from './tally.ts';
import type { Throttle } from './throttle.ts';

/** One run between a local copy and its dataset in the cloud, and all that its steps need. */
export interface Transfer {
  readonly api: CloudApi;
  readonly datasetId: string;
  /** Organization of the dataset: uploads of files are addressed by it. */
  readonly organizationId: string;
  readonly copy: LocalCopy;
  readonly journal: CopyJournal;
  readonly signal: AbortSignal;
  readonly meter: Meter;
  readonly tally: Tally;
  readonly throttle: Throttle;
}

const STOPPING = new Set(['cloud.offline', 'cloud.tls', 'cloud.waitAsked', 'cloud.forbidden', 'cloud.configuration']);

/** Whether a failure concerns everything that is still to be done, not only the thing at hand. */
export function stopsRun(thrown: unknown, signal: AbortSignal): boolean {
  if (signal.aborted || !(thrown instanceof NdiError)) return true;
  return thrown.code.startsWith('auth.') || thrown.code.startsWith('database.') || STOPPING.has(thrown.code);
}

/** What to write beside a thing that failed. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
