import { textOf, valueAt } from '../../../shared/model/documents.ts';
import { loadDaqSystems } from '../daq/daq-systems.ts';
import { findEpochFiles } from '../daq/navigator.ts';
import type { Session } from '../session.ts';

/**
 * Epochs whose files have not been copied into the database. A session is fully ingested when there is none; one
 * without DAQ systems always is (ndi-core reference, 6.7).
 * @throws NdiError path.* where the session's folder cannot be looked into
 */
export function epochsNotIngested(session: Session): { device: string; epochId: string }[] {
  return loadDaqSystems(session).systems.flatMap((system) => {
    const ingested = new Set(
      session
        .documents({
          isa: 'epochfiles_ingested',
          dependsOn: { name: 'filenavigator_id', id: system.navigator.id },
        })
        .map((entry) => textOf(valueAt(session.read(entry), 'epochfiles_ingested.epoch_id'))),
    );
    return findEpochFiles(session.path, system.navigator)
      .epochs.filter(({ epochId }) => !ingested.has(epochId))
      .map(({ epochId }) => ({ device: system.name, epochId }));
  });
}
