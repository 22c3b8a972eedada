import type { NdiDocument } from '../../../shared/model/documents.ts';
import { makeId } from '../../../shared/model/ids.ts';
import type { ImportChoices } from '../../../shared/model/import-plan/choices.ts';
import { renamed } from '../../../shared/model/import-plan/plan.ts';
import type { PlannedRecording } from '../../../shared/model/import-plan/planned.ts';
import { type DaqSystem, loadDaqSystems, newDaqSystemDocuments } from '../../ndi/daq/daq-systems.ts';
import { findEpochFiles, sameClass } from '../../ndi/daq/navigator.ts';
import type { Session as NdiSession } from '../../ndi/session.ts';
import type { GroupedRecording } from './group.ts';
import { groupsFound } from './navigator.ts';
import { choosePatterns, epochFiles } from './patterns.ts';
import type { Session } from './plan-sessions.ts';
import type { EpochPlan } from './write-session.ts';

/** A DAQ system of the session, or one that is added, and the epochs that it gets. */
export interface AddedDevice {
  readonly name: string;
  /** None for one that is there. */
  readonly documents: readonly NdiDocument[];
  /** Each with the key of its recording. */
  readonly epochs: readonly (EpochPlan & { readonly key: string })[];
}

interface Added {
  readonly one: PlannedRecording<GroupedRecording>;
  readonly epochId: string | undefined;
}

/**
 * Which DAQ systems of a session get the epochs of recordings that have come into its folder: those whose file patterns
 * find them by the same reader; for the others new ones, under names that are free.
 * @throws NdiError import.ambiguous where names cannot tell them from other recordings
 */
export function devicesToAdd(session: NdiSession, { epochs }: Session, choices: ImportChoices): AddedDevice[] {
  const { systems } = loadDaqSystems(session);
  const known = systems.map((system) => {
    const found = findEpochFiles(session.path, system.navigator).epochs;
    return { system, files: new Set(found.map(({ files }) => files[0])) };
  });
  const homeOf = ({ found, reader }: Added['one']) => {
    const [file] = epochFiles(found.info);
    return known.find(({ system, files }) => files.has(file) && readsAlike(system, reader))?.system;
  };
  const all = epochs.flatMap((epoch): Added[] => {
    // Recordings that are one epoch have one id; NDI makes it where nobody has named it.
    const epochId = epoch.epochId ?? (epoch.recordings.length > 1 ? `epoch_${makeId()}` : undefined);
    return epoch.recordings.map((one) => ({ one, epochId }));
  });
  const [there, fresh] = [all.filter(({ one }) => homeOf(one)), all.filter(({ one }) => !homeOf(one))];
  const names = new Set(systems.map(({ name }) => name.toLowerCase()));
  return [
    ...[...Map.groupBy(there, ({ one }) => homeOf(one)?.name ?? '')].map(([name, own]) =>
      deviceOf(name, own, [], choices),
    ),
    ...[...Map.groupBy(fresh, ({ one }) => one.device)].map(([device, own]) => {
      const name = freeName(device, names);
      const infos = own.map(({ one }) => one.found.info);
      const filePatterns = choosePatterns(infos, (patterns) => groupsFound(session.path, patterns));
      const { readerClass = '', readerArgument } = own[0]?.one.reader ?? {};
      return deviceOf(name, own, newDaqSystemDocuments({ name, readerClass, readerArgument, filePatterns }), choices);
    }),
  ];
}

function readsAlike(system: DaqSystem, { readerClass, readerArgument = '' }: Added['one']['reader']): boolean {
  return (
    sameClass(system.readerClass, readerClass) && system.readerArgument.toLowerCase() === readerArgument.toLowerCase()
  );
}

function deviceOf(
  name: string,
  own: readonly Added[],
  documents: readonly NdiDocument[],
  choices: ImportChoices,
): AddedDevice {
  const epochs = own.map(({ one: { found, device, subject, probes }, epochId }) => ({
    key: found.key,
    files: epochFiles(found.info),
    epochId,
    probesAreMeant: subject !== '' || choices.recordings[found.key]?.probes !== undefined,
    probes: probes.map((probe) => ({
      ...probe,
      name: renamed(probe.name, device, name),
      deviceString: `${name}${probe.deviceString.slice(device.length)}`,
    })),
  }));
  return { name, documents, epochs };
}

/** `intan1` where that is free, else the first of `intan2`, `intan3`, ... */
function freeName(wanted: string, taken: Set<string>): string {
  const [, stem = wanted, digits = ''] = /^(.*?)(\d*)$/.exec(wanted) ?? [];
  let name = wanted;
  for (let at = Number(digits || 1) + 1; taken.has(name.toLowerCase()); at++) name = `${stem}${at}`;
  taken.add(name.toLowerCase());
  return name;
}
