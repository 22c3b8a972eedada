import type { DaqSystem } from '../daq/daq-systems.ts';
import { circular, type Element, elementEpochs, elementName, elements, isProbe } from '../epochs/elements.ts';
import type { Epoch } from '../epochs/epoch.ts';
import { type Probe, probes } from '../epochs/probes.ts';
import type { Session } from '../session.ts';
import type { EpochSet, SetEpoch } from './epoch-sets.ts';

/**
 * A DAQ system as the sync graph knows it.
 * @param stampOf changes when one of an epoch's files does
 */
export function deviceSet(
  session: Session,
  system: DaqSystem,
  epochs: readonly Epoch[],
  stampOf: (epoch: Epoch) => string,
): EpochSet {
  return {
    name: system.name,
    className: system.className,
    kind: 'device',
    epochs: epochs.map((epoch) => {
      const { epochId, clocks, files, probeMap } = epoch;
      return { epochId, sessionId: session.id, clocks, files, probeMap, stamp: stampOf(epoch), underlying: [] };
    }),
  };
}

/** Name of a probe or element in the sync graph (reference, section 2.4). */
export function derivedName(kind: 'probe' | 'element', element: { name: string; reference: number }): string {
  return `${kind}: ${elementName(element)}`;
}

/**
 * Probes and elements by their name in the sync graph. Two of one name (of other type or subject) are one here, as in
 * NDI, whose nodes carry the name only; the first is meant.
 */
export class DerivedSets {
  readonly #session: Session;
  readonly #epochs: readonly Epoch[];
  readonly #elements: readonly Element[];
  /** Found once: everything that stands on a probe asks for them. */
  #foundProbes: readonly Probe[] | undefined;

  constructor(session: Session, epochs: readonly Epoch[]) {
    this.#session = session;
    this.#epochs = epochs;
    this.#elements = elements(session);
  }

  names(): string[] {
    const named = this.#probes().map((probe) => derivedName('probe', probe));
    const derived = this.#elements.filter((one) => !isProbe(one)).map((one) => derivedName('element', one));
    return [...new Set([...named, ...derived])];
  }

  /** The set of a name with the sets on which it stands before it; [] where there is none. */
  find(name: string): EpochSet[] {
    const found = this.#probe(name);
    if (found !== null) return [found];
    const element = this.#elements.find((one) => !isProbe(one) && sameText(derivedName('element', one), name));
    return element === undefined ? [] : this.#element(element, []);
  }

  #probes(): readonly Probe[] {
    return (this.#foundProbes ??= probes(this.#session, this.#epochs, { elements: this.#elements }));
  }

  #probe(name: string): EpochSet | null {
    const probe = this.#probes().find((one) => sameText(derivedName('probe', one), name));
    if (probe === undefined) return null;
    const epochs = this.#epochs
      .filter((epoch) => probe.epochIds.includes(epoch.epochId) && epoch.probeMap.some((row) => names(row, probe)))
      .map((epoch) => standingOn(epoch.device, { ...epoch, sessionId: this.#session.id }));
    const className = this.#elements.find(({ id }) => id === probe.id)?.className ?? 'ndi.probe';
    return { name: derivedName('probe', probe), className, kind: 'derived', epochs };
  }

  #element(element: Element, above: readonly string[]): EpochSet[] {
    if (above.includes(element.id)) throw circular(element);
    const below = this.#below(element, [...above, element.id]);
    const base = below.at(-1);
    const own = elementEpochs(this.#session, element).map(({ epochId, clocks }): SetEpoch => {
      return { epochId, sessionId: this.#session.id, clocks, files: [], probeMap: [], stamp: '', underlying: [] };
    });
    const epochs = element.direct
      ? (base?.epochs ?? []).map((epoch) => standingOn(base?.name ?? '', epoch))
      : own.map((epoch) => {
          const shared = base?.epochs.some(({ epochId }) => epochId === epoch.epochId) === true;
          return shared ? standingOn(base.name, epoch) : epoch;
        });
    const name = derivedName('element', element);
    return [...below, { name, className: element.className, kind: 'derived', epochs }];
  }

  #below(element: Element, above: readonly string[]): EpochSet[] {
    const underlying = this.#elements.find(({ id }) => id === element.underlyingId);
    if (underlying === undefined) return [];
    if (!isProbe(underlying)) return this.#element(underlying, above);
    const probe = this.#probe(derivedName('probe', underlying));
    return probe === null ? [] : [probe];
  }
}

function standingOn(setName: string, epoch: Pick<SetEpoch, 'epochId' | 'sessionId' | 'clocks'>): SetEpoch {
  const { epochId, sessionId, clocks } = epoch;
  return { epochId, sessionId, clocks, files: [], probeMap: [], stamp: '', underlying: [{ setName, epochId }] };
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function names(
  row: { name: string; reference: number; type: string },
  probe: { name: string; reference: number; type: string },
) {
  return row.name === probe.name && row.reference === probe.reference && sameText(row.type, probe.type);
}
