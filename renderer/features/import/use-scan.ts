import { useCallback, useEffect, useRef, useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { Job } from '../../../shared/contract/application.ts';
import type { ScanResult } from '../../../shared/contract/imports.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { client } from '../../state/client.ts';
import { cancelJob, useJobs } from '../../state/jobs.ts';

/** How far the look at a folder has come. */
export type ScanState =
  | { readonly status: 'scanning'; readonly job: Job | undefined; readonly cancel: () => void }
  | { readonly status: 'ready'; readonly scan: ScanResult }
  | { readonly status: 'failed'; readonly error: NdiError };

type Outcome = { readonly jobId: string } & (
  { readonly scan: ScanResult; readonly error?: undefined } | { readonly scan?: undefined; readonly error: NdiError }
);

/**
 * Looks through a folder as a job: progress and cancel while it runs, then what was found.
 * @param into a session to which it is to be added: what that has already is left out
 * @param only files of it that alone are looked at
 */
export function useScan(
  folder: string,
  into?: string,
  only?: readonly string[],
): { state: ScanState; again: () => void } {
  const [round, setRound] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [jobId, setJobId] = useState('');
  // Panels give a list anew each time: only another content is another question.
  const onlyText = only === undefined ? null : JSON.stringify(only);
  const running = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    const id = crypto.randomUUID();
    const tell = (next: Outcome) => {
      if (!controller.signal.aborted) setOutcome(next);
    };
    // The id is known to the page before the job is known to the services, so that its progress is found.
    queueMicrotask(() => {
      if (!controller.signal.aborted) setJobId(id);
    });
    client.imports
      .scan(
        {
          ...{ folder, jobId: id },
          ...(into === undefined ? {} : { into }),
          ...(onlyText === null ? {} : { only: JSON.parse(onlyText) as string[] }),
        },
        { signal: controller.signal },
      )
      .then(
        (scan) => {
          tell({ jobId: id, scan });
        },
        (thrown: unknown) => {
          tell({ jobId: id, error: toNdiError(thrown) });
        },
      );
    return () => {
      controller.abort();
    };
  }, [folder, into, onlyText, round]);

  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId));
  const again = useCallback(() => {
    setRound((before) => before + 1);
  }, []);
  const cancel = useCallback(() => {
    void cancelJob(jobId);
  }, [jobId]);
  if (outcome === null || outcome.jobId !== jobId) return { state: { status: 'scanning', job, cancel }, again };
  if (outcome.error !== undefined) return { state: { status: 'failed', error: outcome.error }, again };
  return { state: { status: 'ready', scan: outcome.scan }, again };
}
