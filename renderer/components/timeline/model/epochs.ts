import type { ElementInfo } from '../../../../shared/contract/elements.ts';
import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import type { Epoch } from '../../../../shared/contract/sessions.ts';
import type { Place } from '../../../state/place.ts';

/** An epoch in a lane: what a DAQ system recorded, or an epoch of a probe or element. */
export interface TimelineEpoch {
  /** Name of the lane: the DAQ system, or `name | reference` of the element. */
  readonly lane: string;
  /** DAQ system whose recording it is; null where an element holds it itself. */
  readonly device: string | null;
  /** As a source names it; null in the lane of a DAQ system. */
  readonly element: string | null;
  readonly epochId: string;
  /** Position in the epoch table of its DAQ system (of the element, where that holds it): equal ones ran together. */
  readonly number: number;
  /** The first is that of the signals. */
  readonly clocks: Epoch['clocks'];
  /** It is a series of frames. */
  readonly images?: boolean | undefined;
}

/** One lane for each DAQ system. */
export function epochsOfDevices(epochs: readonly Epoch[]): TimelineEpoch[] {
  return epochs.map(({ device, epochId, number, clocks, images }) => ({
    ...{ lane: device, device, element: null },
    ...{ epochId, number, clocks, images },
  }));
}

/** One lane for each probe or element. */
export function epochsOfElements(elements: readonly ElementInfo[], epochs: readonly Epoch[]): TimelineEpoch[] {
  const recorded = new Map(epochs.map((epoch) => [recordedKey(epoch), epoch]));
  return elements.flatMap((element) => {
    const name = `${element.name} | ${element.reference}`;
    return element.epochs.map(({ epochId, number, device, clocks }) => {
      const own = recorded.get(recordedKey({ device, epochId }));
      return {
        ...{ lane: name, device, element: element.id ?? name },
        ...{ epochId, number: own?.number ?? number, clocks, images: own?.images },
      };
    });
  });
}

/** Names what a device recorded, by which stimuli and places on other clocks are told; bars of several lanes may show it. */
export function recordedKey({ device, epochId }: { readonly device: string | null; readonly epochId: string }): string {
  return `${device ?? ''}\0${epochId}`;
}

export function epochKey({ lane, epochId, number }: TimelineEpoch): string {
  return `${lane}\0${epochId}\0${number}`;
}

/** Where its signals are. */
export function sourceOf(place: Place, { device, element, epochId }: TimelineEpoch): SignalSource {
  return {
    ...place,
    ...(device === null ? {} : { device }),
    ...(element === null ? {} : { element }),
    epoch: epochId,
  };
}

type Span = { readonly t0: number; readonly t1: number };

/** Start and end of an epoch on a clock; null where it has none. */
export function spanOn({ clocks }: Pick<Epoch, 'clocks'>, clock: string): Span | null {
  const span = clocks.find(({ type }) => type === clock);
  return span === undefined ? null : known(span);
}

/** Start and end on the clock of the signals. */
export function ownSpan({ clocks: [first] }: Pick<Epoch, 'clocks'>): Span | null {
  return first === undefined ? null : known(first);
}

/** Seconds from start to end on the first clock that tells; null where none does. */
export function durationOf({ clocks }: Pick<Epoch, 'clocks'>): number | null {
  const span = clocks.map(known).find((one) => one !== null);
  return span === undefined ? null : span.t1 - span.t0;
}

function known({ t0, t1 }: Epoch['clocks'][number]): Span | null {
  return t0 === null || t1 === null ? null : { t0, t1 };
}
