import { loadDaqSystems } from '../ndi/daq/daq-systems.ts';
import { usesIdFiles } from '../ndi/daq/navigator.ts';
import { whenFree } from '../ndi/database/when-free.ts';
import type { Epoch } from '../ndi/epochs/epoch.ts';
import { writeEpochFiles } from '../ndi/epochs/write-epochs.ts';
import { openSession, type Session } from '../ndi/session.ts';
import type { OpenItems } from './open-items.ts';

/** Whether an epoch has no id on disk yet: documents must not name it by the one that it is shown by. */
export function isProvisional({ problems }: Pick<Epoch, 'problems'>): boolean {
  return problems.some(({ code }) => code === 'epoch.provisional');
}

/**
 * Epochs that have no id on disk yet get one, as NDI gives it: documents that are written now must find them later.
 * @throws NdiError path.*, database.*
 */
export async function makeIdsPermanent(items: OpenItems, session: Session): Promise<void> {
  // A session inside a dataset has no raw files beside it.
  if (items.find(session.path)?.kind !== 'session') return;
  await whenFree(() => {
    const writable = openSession(session.path, { writable: true });
    try {
      for (const system of loadDaqSystems(writable).systems) {
        if (usesIdFiles(system.navigator)) writeEpochFiles(writable, system, []);
      }
    } finally {
      writable.close();
    }
  });
}
