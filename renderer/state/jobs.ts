import { create } from 'zustand';
import type { Job, Meter } from '../../shared/contract/application.ts';
import { client, follow } from './client.ts';
import { showError } from './messages.ts';

/** Long work of the services, the latest last. */
export const useJobs = create<{ readonly jobs: readonly Job[] }>()(() => ({ jobs: [] }));

/** Memory of the data process; null until it told. */
export const useMeter = create<{ readonly meter: Meter | null }>()(() => ({ meter: null }));

/** Follows jobs and memory; returns the way to stop. */
export function followJobs(): () => void {
  const stops = [
    follow(
      (options) => client.jobs.watch(undefined, options),
      (jobs) => useJobs.setState({ jobs }),
    ),
    follow(
      (options) => client.application.meter(undefined, options),
      (meter) => useMeter.setState({ meter }),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export async function cancelJob(id: string): Promise<void> {
  try {
    await client.jobs.cancel({ id });
  } catch (thrown) {
    showError(thrown);
  }
}

export async function clearJobs(): Promise<void> {
  try {
    await client.jobs.clear();
  } catch (thrown) {
    showError(thrown);
  }
}

export async function clearCaches(): Promise<void> {
  try {
    useMeter.setState({ meter: await client.application.clearCaches() });
  } catch (thrown) {
    showError(thrown);
  }
}
