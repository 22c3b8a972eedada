import type { Session } from '../session.ts';
import { type Element, elements, isProbe } from './elements.ts';
import type { Epoch } from './epoch.ts';
import { type Subject, subjects } from './subjects.ts';

/** A probe: stored as an element, named in epoch probe maps, or both. */
export interface Probe {
  readonly name: string;
  readonly reference: number;
  readonly type: string;
  /** Local identifier of the subject (or what the probe map says, where no subject document fits). */
  readonly subject: string;
  /** Id of the element document; null while the probe is known from probe maps only. */
  readonly id: string | null;
  /** Ids of the epochs in which it was recorded, in the order of the epochs given. */
  readonly epochIds: readonly string[];
}

/**
 * The probes of a session: the stored ones, then those that only the probe maps of `epochs` (of all DAQ systems) name.
 * Name, reference and subject must agree, the type whatever its case; the row must name its own DAQ system.
 * @param stored the elements and subjects of the session, where they have been read already
 */
export function probes(
  session: Session,
  epochs: readonly Epoch[],
  stored: { readonly elements?: readonly Element[]; readonly subjects?: readonly Subject[] } = {},
): Probe[] {
  const { elements: kept = elements(session), subjects: known = subjects(session) } = stored;
  const found = new Map<string, { probe: Omit<Probe, 'epochIds'>; epochIds: Set<string> }>();
  for (const element of kept.filter(isProbe)) {
    const { name, reference, type, id } = element;
    const probe = { name, reference, type, id, subject: localIdentifier(known, element.subjectId) };
    found.set(keyOf(probe), { probe, epochIds: new Set() });
  }
  for (const epoch of epochs) {
    for (const { name, reference, type, subject, deviceString } of epoch.probeMap) {
      if (!namesDevice(deviceString, epoch.device)) continue;
      const probe = { name, reference, type, id: null, subject: localIdentifier(known, subject) };
      const entry = found.get(keyOf(probe)) ?? { probe, epochIds: new Set<string>() };
      entry.epochIds.add(epoch.epochId);
      found.set(keyOf(probe), entry);
    }
  }
  return [...found.values()].map(({ probe, epochIds }) => ({ ...probe, epochIds: [...epochIds] }));
}

/** Epochs in which a probe was recorded, with the probe map's rows of it. */
export function epochsOfProbe(
  known: readonly Subject[],
  epochs: readonly Epoch[],
  probe: Pick<Probe, 'name' | 'reference' | 'type' | 'subject'>,
): { readonly epoch: Epoch; readonly deviceStrings: readonly string[] }[] {
  const key = keyOf(probe);
  return epochs.flatMap((epoch) => {
    const rows = epoch.probeMap.filter((row) => {
      const isSame = keyOf({ ...row, subject: localIdentifier(known, row.subject) }) === key;
      return isSame && namesDevice(row.deviceString, epoch.device);
    });
    return rows.length === 0 ? [] : [{ epoch, deviceStrings: rows.map((row) => row.deviceString) }];
  });
}

function keyOf(probe: { name: string; reference: number; type: string; subject: string }): string {
  return [probe.name, probe.reference, probe.type.toLowerCase(), probe.subject].join('\n');
}

/** Probe maps and elements name a subject by its local identifier or by the id of its document. */
export function localIdentifier(known: readonly Subject[], subject: string): string {
  return known.find((one) => one.id === subject)?.localIdentifier ?? subject;
}

/** The device of a device string that was checked when its probe map was read. */
function namesDevice(deviceString: string, device: string): boolean {
  const named = deviceString.slice(0, deviceString.indexOf(':')).trim();
  return named.toLowerCase() === device.toLowerCase();
}
