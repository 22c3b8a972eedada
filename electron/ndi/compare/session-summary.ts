import { readdirSync } from 'node:fs';
import type { EpochNode, SessionSummary } from '../../../shared/contract/comparisons.ts';
import { toFileError } from '../../files/file-faults.ts';
import type { DaqSystem } from '../daq/daq-systems.ts';
import type { Epoch } from '../epochs/epoch.ts';
import { probes } from '../epochs/probes.ts';
import { subjects } from '../epochs/subjects.ts';
import { holdsNdi, ndiFolder } from '../folder.ts';
import type { Session } from '../session.ts';

/**
 * The summary by which implementations of NDI compare their sessions (NDI core reference, 6.8), with its names of
 * fields. Times that are not known are null.
 * @param systems the DAQ systems with their epochs
 * @throws NdiError path.*, database.*
 */
export function summariseSession(
  session: Session,
  systems: readonly { readonly system: DaqSystem; readonly epochs: readonly Epoch[] }[],
): SessionSummary {
  const known = subjects(session);
  return {
    reference: session.reference,
    sessionId: session.id,
    files: namesIn(session.path),
    filesInDotNDI: holdsNdi(session.path) ? namesIn(ndiFolder(session.path)) : [],
    daqSystemNames: systems.map(({ system }) => system.name),
    daqSystemDetails: systems.map(({ system, epochs }) => ({
      filenavigator_class: system.navigator.className,
      daqreader_class: system.readerClass,
      epochNodes_filenavigator: epochs.map((epoch) => ({
        ...nodeOf(session, epoch, 'unknown', system.navigator.className),
        // A navigator knows files and no times.
        ...{ epoch_clock: 'no_time', t0_t1: [null, null] },
      })),
      epochNodes_daqsystem: epochs.flatMap((epoch) =>
        epoch.clocks.map(({ type, t0, t1 }) => ({
          ...nodeOf(session, epoch, system.name, system.className),
          ...{ epoch_clock: type, t0_t1: [finite(t0), finite(t1)] },
        })),
      ),
    })),
    probes: probes(
      session,
      systems.flatMap(({ epochs }) => epochs),
      { subjects: known },
    ).map(({ name, reference, type, subject }) => ({
      name,
      reference,
      type,
      subject_id: known.find((one) => one.localIdentifier === subject)?.id ?? subject,
    })),
  };
}

function nodeOf(
  session: Session,
  { epochId, probeMap }: Epoch,
  objectname: string,
  objectclass: string,
): Omit<EpochNode, 'epoch_clock' | 't0_t1'> {
  return {
    epoch_id: epochId,
    epoch_session_id: session.id,
    epochprobemap: probeMap.map(({ name, reference, type, deviceString, subject }) => ({
      ...{ name, reference, type },
      devicestring: deviceString,
      subjectstring: subject,
    })),
    objectname,
    objectclass,
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw toFileError(error, folder);
  }
}
