import { existsSync } from 'node:fs';
import { formatProbeMap, type ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { makeId } from '../../../shared/model/ids.ts';
import type { DaqSystem } from '../daq/daq-systems.ts';
import { findEpochFiles, hiddenFile, probeMapAmong, usesIdFiles } from '../daq/navigator.ts';
import { writeWhole } from '../../files/whole-files.ts';
import type { Session } from '../session.ts';

/** What to write beside the recordings of one epoch. */
export interface EpochToWrite {
  /** Any file of the epoch (the same file may belong to one epoch of a DAQ system only). */
  readonly file: string;
  /** Rows of the probe map; left out: the map is not touched. */
  readonly probeMap?: readonly ProbeMapEntry[];
  /** Whether a probe map that is there stays as it is. */
  readonly keepsMap?: boolean;
  /** The id of an epoch that has none on disk yet; left out: one is made. */
  readonly epochId?: string | undefined;
}

/**
 * Gives every epoch of a DAQ system an id on disk and writes probe maps, as NDI does: hidden files beside the first
 * file of the epoch (or the file that the navigator's patterns name). Ids that are there are kept. Each file is written
 * whole or not at all.
 * @returns ids by the first file of each epoch
 * @throws NdiError path.* (read-only disk, no space), document.invalid for a map that breaks a rule, epoch.notFound
 */
export function writeEpochFiles(
  session: Session,
  system: DaqSystem,
  epochs: readonly EpochToWrite[],
): Map<string, string> {
  if (!session.writable) throw readOnly(session);
  const found = findEpochFiles(session.path, system.navigator).epochs;
  const maps = epochs.map((epoch) => {
    const files = found.find((one) => one.files.includes(epoch.file))?.files;
    if (files === undefined) throw noEpoch(system, epoch.file);
    const text = epoch.probeMap === undefined ? null : formatProbeMap(epoch.probeMap);
    return { files, text, keepsMap: epoch.keepsMap === true, epochId: epoch.epochId };
  });
  for (const { files, text, keepsMap } of maps) {
    const path = probeMapPath(system, files);
    if (text !== null && !(keepsMap && existsSync(path))) writeWhole(path, text);
  }
  const wanted = new Map(maps.map(({ files, epochId }) => [files[0] ?? '', epochId]));
  return new Map(
    found.map(({ files, epochId, provisional }) => {
      const [first = ''] = files;
      return [first, provisional ? writeId(system, files, wanted.get(first)) : epochId];
    }),
  );
}

/** Where an epoch's probe map is or would be written. */
function probeMapPath(system: DaqSystem, files: readonly string[]): string {
  return probeMapAmong(files, system.navigator) ?? hiddenFile(files, system.navigator, 'epochprobemap');
}

function writeId(system: DaqSystem, files: readonly string[], epochId = `epoch_${makeId()}`): string {
  const path = hiddenFile(files, system.navigator, 'epochid');
  if (usesIdFiles(system.navigator) && !existsSync(path)) writeWhole(path, epochId);
  return epochId;
}

function readOnly(session: Session): NdiError {
  return new NdiError({
    code: 'path.readOnly',
    message: `The session in ${session.path} was opened for reading only.`,
    recovery: 'Open the session for writing.',
    details: { path: session.path },
  });
}

function noEpoch(system: DaqSystem, file: string): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message: `${file} is in no epoch of "${system.name}".`,
    recovery: `Its file patterns are: ${system.navigator.filePatterns.join(', ')}.`,
    details: { path: file, device: system.name },
  });
}
