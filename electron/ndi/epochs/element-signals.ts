import { channelPrefix } from '../../../shared/model/channels.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import { parseDeviceString } from '../../../shared/model/device-string.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { elementAddress } from '../../formats/vhsb/address.ts';
import type { Session } from '../session.ts';
import { circular, type Element, elementEpochs, elementName, elements, isProbe } from './elements.ts';
import type { Epoch } from './epoch.ts';
import { epochsOfProbe, localIdentifier, probes } from './probes.ts';
import { type Subject, subjects } from './subjects.ts';

/** Name of the file in which an element's document holds an epoch. */
export const ELEMENT_FILE = 'epoch_binary_data.vhsb';

/** A probe or element with its epochs. */
export interface ElementTable {
  /** Null while a probe is known from probe maps only. */
  readonly id: string | null;
  readonly name: string;
  readonly reference: number;
  readonly type: string;
  readonly className: string;
  /** Local identifier. */
  readonly subject: string;
  readonly isProbe: boolean;
  /** Its epochs are those of what it stands on. */
  readonly direct: boolean;
  /** Element on which it stands; empty for none. */
  readonly underlyingId: string;
  readonly epochs: readonly ElementTableEpoch[];
}

export interface ElementTableEpoch {
  readonly epochId: string;
  readonly clocks: readonly ClockSpan[];
  readonly held: HeldByDevice | HeldByDocument;
}

/** Signals that channels of a DAQ system recorded, in the order of the device strings. */
interface HeldByDevice {
  readonly by: 'device';
  readonly epoch: Epoch;
  readonly channels: readonly string[];
}

/** Signals that the element holds itself. */
interface HeldByDocument {
  readonly by: 'document';
  readonly documentId: string;
}

/**
 * Probes and elements of a session with their epochs. A direct element has the epochs of what it stands on, any other
 * those that its documents hold, where it stands on another only those that the two have in common, in order of their
 * ids (daq-epochs-time reference, sections 14.3 and 15.2).
 */
export class ElementTables {
  readonly #session: Session;
  readonly #epochs: readonly Epoch[];
  readonly #elements: readonly Element[];
  readonly #subjects: readonly Subject[];
  /** Found once: every neuron that stands on a probe asks for them. */
  #foundProbes: readonly ElementTable[] | undefined;

  /** @param epochs of all DAQ systems of the session */
  constructor(session: Session, epochs: readonly Epoch[]) {
    this.#session = session;
    this.#epochs = epochs;
    this.#elements = elements(session);
    this.#subjects = subjects(session);
  }

  /** Probes, then other elements. @throws NdiError document.invalid for elements that stand on themselves */
  all(): ElementTable[] {
    return [...this.#probes(), ...this.#elements.filter((one) => !isProbe(one)).map((one) => this.#table(one))];
  }

  /**
   * The one that is meant.
   * @param wanted `name | reference` (case ignored) or the id of its document
   * @throws NdiError epoch.notFound, usage.invalid where more than one fits
   */
  find(wanted: string): ElementTable {
    const element = this.#elements.find(({ id }) => id === wanted);
    if (element !== undefined) return this.#table(element);
    const named = [
      ...this.#probes().map((probe) => ({ probe, table: () => probe })),
      ...this.#elements.filter((one) => !isProbe(one)).map((probe) => ({ probe, table: () => this.#table(probe) })),
    ];
    const fitting = named.filter(({ probe }) => isNamed(wanted, probe));
    const [only, ...others] = fitting;
    if (only === undefined)
      throw notFound(
        wanted,
        named.map(({ probe }) => elementName(probe)),
      );
    if (others.length > 0)
      throw severalFit(
        wanted,
        fitting.map(({ probe }) => probe),
      );
    return only.table();
  }

  #probes(): readonly ElementTable[] {
    this.#foundProbes ??= this.#findProbes();
    return this.#foundProbes;
  }

  #findProbes(): ElementTable[] {
    const stored = { elements: this.#elements, subjects: this.#subjects };
    return probes(this.#session, this.#epochs, stored).map((probe) => {
      const element = this.#elements.find(({ id }) => id === probe.id);
      const epochs = epochsOfProbe(this.#subjects, this.#epochs, probe).map(({ epoch, deviceStrings }) => {
        const channels = deviceStrings.flatMap(channelNames);
        return { epochId: epoch.epochId, clocks: epoch.clocks, held: { by: 'device' as const, epoch, channels } };
      });
      const className = element?.className ?? 'ndi.probe';
      return { ...probe, className, isProbe: true, direct: true, underlyingId: '', epochs };
    });
  }

  #table(element: Element, above: readonly string[] = []): ElementTable {
    if (above.includes(element.id)) throw circular(element);
    if (isProbe(element)) return this.#probes().find(({ id }) => id === element.id) ?? this.#bare(element, []);
    const below = this.#elements.find(({ id }) => id === element.underlyingId);
    const base = below === undefined ? null : this.#table(below, [...above, element.id]).epochs;
    return this.#bare(element, element.direct ? (base ?? []) : this.#ownEpochs(element, base));
  }

  #ownEpochs(element: Element, base: readonly ElementTableEpoch[] | null): ElementTableEpoch[] {
    const own = elementEpochs(this.#session, element).map(({ documentId, epochId, clocks }) => {
      return { epochId, clocks, held: { by: 'document' as const, documentId } };
    });
    const known = new Set(base?.map(({ epochId }) => epochId));
    const shared = own.filter(({ epochId }) => known.has(epochId));
    return shared.length === 0 ? own : shared.sort((a, b) => (a.epochId < b.epochId ? -1 : 1));
  }

  #bare(element: Element, epochs: readonly ElementTableEpoch[]): ElementTable {
    const { id, name, reference, type, className, direct, underlyingId } = element;
    const subject = localIdentifier(this.#subjects, element.subjectId);
    return { id, name, reference, type, className, direct, underlyingId, subject, isProbe: isProbe(element), epochs };
  }
}

/** Where the signals of an element's epoch are opened. */
export interface SignalPlace {
  /** Empty where the recording cannot be read. */
  readonly path: string;
  readonly timeShift: number;
  /** Those of the element, where the recording has others too. */
  readonly channels: readonly string[] | null;
}

/** @throws NdiError document.fileMissing where the file of an epoch is not on this machine */
export function placeOf(
  session: Session,
  element: ElementTable,
  { epochId, clocks, held }: ElementTableEpoch,
): SignalPlace {
  if (held.by === 'device') {
    return { path: held.epoch.recordingPath ?? '', timeShift: held.epoch.timeShift, channels: held.channels };
  }
  const file = session.binaryFile(held.documentId, ELEMENT_FILE);
  const { t0, t1 } = ownClock(clocks);
  const [from, to] = [Number.isFinite(t0) ? t0 : null, Number.isFinite(t1) ? t1 : null];
  const path = elementAddress({ file, epochId, element: elementName(element), t0: from, t1: to });
  return { path, timeShift: 0, channels: null };
}

/** The clock of the stored times: the device's local time where there is one (reference, section 15.3). */
export function ownClock(clocks: readonly ClockSpan[]): ClockSpan {
  const local = clocks.find(({ type }) => type === 'dev_local_time');
  return local ?? clocks[0] ?? { type: 'dev_local_time', t0: NaN, t1: NaN };
}

/** Names of the channels in a device string; metadata channels hold no signals. */
function channelNames(deviceString: string): string[] {
  const named = parseDeviceString(deviceString).channels.map(({ type, number, threshold }) => {
    return { type: channelPrefix(type), number, threshold };
  });
  const signals = named.filter(({ type }) => type !== 'md');
  return signals.map(
    ({ type, number, threshold }) => `${type}${number}${threshold === undefined ? '' : `_t${threshold}`}`,
  );
}

function isNamed(wanted: string, { name, reference }: { name: string; reference: number }): boolean {
  const at = wanted.lastIndexOf('|');
  const [label, number] = at < 0 ? [wanted, ''] : [wanted.slice(0, at), wanted.slice(at + 1)];
  if (label.trim().toLowerCase() !== name.toLowerCase()) return false;
  return at < 0 || (number.trim() !== '' && Number(number) === reference);
}

function notFound(wanted: string, names: readonly string[]): NdiError {
  const listed = [...new Set(names)].slice(0, 20).join(', ');
  return new NdiError({
    code: 'epoch.notFound',
    message: `The session has no probe or element “${wanted}”.`,
    recovery: listed === '' ? 'It has neither probes nor elements.' : `There are ${listed}.`,
    details: { element: wanted },
  });
}

function severalFit(
  wanted: string,
  fitting: readonly { name: string; reference: number; type: string; id: string | null }[],
) {
  const names = fitting
    .slice(0, 5)
    .map(({ id, type, ...one }) => `${elementName(one)} (${type}, ${id ?? 'not stored'})`);
  return new NdiError({
    code: 'usage.invalid',
    message: `“${wanted}” could mean ${fitting.length} probes or elements: ${names.join('; ')}.`,
    recovery: 'Name it by name | reference, or by the id of its document.',
    details: { element: wanted, found: names },
  });
}
