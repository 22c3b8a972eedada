import { client } from './client.ts';
import { useRevision } from './edits.ts';
import type { Place } from './place.ts';
import { useAnswer } from './use-answer.ts';

/** How many epochs of a session are ingested; asked for again after edits. */
export function useIngestion(session: Place) {
  return useAnswer(
    JSON.stringify(['ingestion', session, useRevision(session.path)]),
    (signal) => client.ingest.status(session, { signal }),
    { keepLast: true },
  );
}
