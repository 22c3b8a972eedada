import { loadDaqSystems } from '../../ndi/daq/daq-systems.ts';
import { findEpochFiles } from '../../ndi/daq/navigator.ts';
import { openSession } from '../../ndi/session.ts';
import type { GroupedRecording } from './group.ts';

/** Recordings of which the session in a folder has no epoch yet. @throws NdiError session.notFound, path.* */
export function withoutKnown<F extends Pick<GroupedRecording, 'files'>>(folder: string, found: readonly F[]): F[] {
  const session = openSession(folder);
  try {
    const epochs = loadDaqSystems(session).systems.flatMap(
      ({ navigator }) => findEpochFiles(session.path, navigator).epochs,
    );
    const known = new Set(epochs.flatMap(({ files }) => files));
    return found.filter(({ files }) => !files.some((file) => known.has(file)));
  } finally {
    session.close();
  }
}
