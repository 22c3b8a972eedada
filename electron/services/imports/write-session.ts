import { existsSync, rmSync } from 'node:fs';
import { NdiError } from '../../../shared/model/errors.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { formatProbeMap, type ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { createSession } from '../../ndi/create-session.ts';
import { findDaqSystem, newDaqSystemDocuments } from '../../ndi/daq/daq-systems.ts';
import { addLab } from '../../ndi/daq/lab-setups.ts';
import { hiddenFile, type Navigator } from '../../ndi/daq/navigator.ts';
import { writeEpochFiles } from '../../ndi/epochs/write-epochs.ts';
import { readSmallText } from '../../files/whole-files.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import type { Session } from '../../ndi/session.ts';
import { toWriteError } from '../writable-folder.ts';
import { newNavigator } from './navigator.ts';

/** A session as it is to be written around recordings that are there already. */
export interface SessionPlan {
  /** Existing folder without a session. */
  readonly path: string;
  readonly reference: string;
  /** Documents besides those of session and DAQ systems: the subjects. */
  readonly documents: readonly NdiDocument[];
  readonly devices: readonly DevicePlan[];
  /** Laboratory whose DAQ systems and sync rules the session gets. */
  readonly lab?: string | undefined;
}

export interface DevicePlan {
  readonly name: string;
  readonly readerClass: string;
  /** For NDR's class: the name of its reader. */
  readonly readerArgument?: string | undefined;
  readonly filePatterns: readonly string[];
  readonly epochs: readonly EpochPlan[];
}

export interface EpochPlan {
  /** In the order of the device's patterns. */
  readonly files: readonly string[];
  readonly probes: readonly ProbeMapEntry[];
  /** Left out: one that is there is kept, else one is made. */
  readonly epochId?: string | undefined;
  /** Whether somebody said which probes: then a map that says otherwise is in the way instead of being kept. */
  readonly probesAreMeant?: boolean | undefined;
}

export interface WrittenSession {
  /** Open for writing; the caller closes it. */
  readonly session: Session;
  /** Every file and folder that was made: {@link removeWritten} undoes the creation. */
  readonly written: readonly string[];
  /** Ids of the epochs by the first of their files. */
  readonly epochIds: ReadonlyMap<string, string>;
}

/**
 * Writes a session as NDI does: `.ndi` with session, DAQ system and other documents, and beside each epoch's first file
 * its hidden id and probe map. All or nothing. Ids and probe maps that an earlier session left are kept.
 * @throws NdiError session.exists, path.readOnly, path.noSpace, import.ambiguous, import.leftOver, document.invalid
 */
export function writeSession(plan: SessionPlan): WrittenSession {
  const hidden = plan.devices.flatMap(hiddenFiles);
  for (const { filePatterns, epochs } of plan.devices) refuseLeftOvers(newNavigator(filePatterns), epochs);
  const old = new Set(hidden.filter((path) => existsSync(path)));
  const fresh = hidden.filter((path) => !old.has(path));
  const epochIds = new Map<string, string>();
  const documents = [...plan.documents, ...plan.devices.flatMap((device) => newDaqSystemDocuments(device))];
  let session: Session | null = null;
  try {
    session = createSession({ path: plan.path, reference: plan.reference, documents });
    if (plan.lab !== undefined) addLab(session, plan.lab);
    for (const device of plan.devices) {
      const navigator = newNavigator(device.filePatterns);
      const epochs = device.epochs.map(({ files, probes, epochId }) => {
        const keepsMap = probes.length === 0 || old.has(hiddenFile(files, navigator, 'epochprobemap'));
        return { file: files[0] ?? '', ...(keepsMap ? {} : { probeMap: probes }), epochId };
      });
      const ids = writeEpochFiles(session, findDaqSystem(session, device.name), epochs);
      for (const [file, id] of ids) epochIds.set(file, id);
    }
    return { session, written: [ndiFolder(session.path), ...fresh.filter((path) => existsSync(path))], epochIds };
  } catch (error) {
    session?.close();
    removeWritten(session === null ? fresh : [ndiFolder(session.path), ...fresh]);
    throw toWriteError(error, plan.path);
  }
}

/** Takes away what a creation wrote; the recordings stay. */
export function removeWritten(written: readonly string[]): void {
  for (const path of written) rmSync(path, { recursive: true, force: true });
}

/** NDI's hidden files of a device's epochs. @throws NdiError import.ambiguous when two epochs would share them */
function hiddenFiles(device: DevicePlan): string[] {
  const navigator = newNavigator(device.filePatterns);
  const ids = new Set<string>();
  return device.epochs.flatMap(({ files }) => {
    const id = hiddenFile(files, navigator, 'epochid');
    if (ids.has(id)) throw sameStem(files[0] ?? '');
    ids.add(id);
    return [id, hiddenFile(files, navigator, 'epochprobemap')];
  });
}

/** Ids and maps beside the recordings that say otherwise than what is meant. @throws NdiError import.leftOver */
export function refuseLeftOvers(navigator: Navigator, epochs: readonly EpochPlan[]): void {
  for (const { files, epochId, probes, probesAreMeant } of epochs) {
    const idPath = hiddenFile(files, navigator, 'epochid');
    const mapPath = hiddenFile(files, navigator, 'epochprobemap');
    const id = readSmallText(idPath);
    const map = readSmallText(mapPath);
    if (epochId !== undefined && id !== null && id !== epochId) throw leftOver(idPath, `the epoch id ${id}`);
    const isOther = map !== null && map.trim() !== formatProbeMap(probes).trim();
    if (probesAreMeant === true && isOther) throw leftOver(mapPath, 'another probe map');
  }
}

function leftOver(path: string, what: string): NdiError {
  return new NdiError({
    code: 'import.leftOver',
    message: `${path}, which an earlier session left beside the recording, holds ${what}.`,
    recovery: 'Move that file away, or take back what you changed of this epoch. Nothing was written.',
    details: { path },
  });
}

function sameStem(path: string): NdiError {
  return new NdiError({
    code: 'import.ambiguous',
    message: `${path} has the name of another recording beside it, but for its ending: NDI would give both one id.`,
    recovery: 'Rename one of them, or leave it out. Nothing was written.',
    details: { path },
  });
}
