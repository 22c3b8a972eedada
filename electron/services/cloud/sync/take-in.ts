import { NdiError } from '../../../../shared/model/errors.ts';
import { whenFree } from '../../../ndi/database/when-free.ts';
import type { DatasetsService } from '../../datasets.ts';
import type { IngestService } from '../../ingest/ingest.ts';
import type { OpenItems } from '../../open-items.ts';

/** Takes into a session or dataset what lies outside of it, so that it can be sent. */
export type TakeIn = (path: string, signal: AbortSignal) => Promise<void>;

/**
 * Ingests the recordings of every session, and takes linked sessions into their dataset: only what lies in the database
 * and its file store can be sent (cloud reference, section 12.4). What was done stays when a later part fails.
 */
export function takeInWith(services: {
  readonly openItems: OpenItems;
  readonly ingest: IngestService;
  readonly datasets: DatasetsService;
}): TakeIn {
  const { openItems, ingest, datasets } = services;
  const ingestAll = async (path: string, sessionId: string | undefined, signal: AbortSignal) => {
    const { failed } = await ingest.ingest({ path, sessionId }, signal);
    const [first] = failed;
    if (first !== undefined) throw notTakenIn(path, first, failed.length);
  };
  return async (path, signal) => {
    const item = await whenFree(() => openItems.find(path), { signal });
    if (item?.kind !== 'dataset') {
      await ingestAll(path, undefined, signal);
      return;
    }
    for (const { id, linked } of item.dataset.sessions()) {
      // A linked session is ingested where it lies; its folder keeps its raw files.
      if (linked) await ingestAll(openItems.session(path, id).path, undefined, signal);
      else await ingestAll(path, id, signal);
      if (linked) await datasets.convert({ path, sessionId: id });
    }
  };
}

function notTakenIn(
  path: string,
  { device, epochId, reason }: { device: string; epochId: string; reason: string },
  count: number,
): NdiError {
  return new NdiError({
    code: 'session.notIngested',
    message: `${count === 1 ? 'An epoch' : `${count} epochs`} of ${path} cannot be taken in. ${device}, ${epochId}: ${reason}`,
    recovery: 'Look at the problems of the epochs; nothing was sent.',
    details: { path, device, epochId },
  });
}
