import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { composeMappings, identityMapping, type TimeMapping } from '../../../shared/model/time-mapping.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Converted } from '../../ndi/time/convert.ts';
import { nodeId } from '../../ndi/time/epoch-sets.ts';
import { hopInfo, pathError } from './answers.ts';
import { findPlace, type ClockPlace, type SessionClocks } from './session-clocks.ts';

type SignalTimes = CallOutputs['sync']['signalTimes'];
type Line = SignalTimes['lines'][number];

/** An epoch is asked at so many steps, and more closely where two answers differ: a jump there and back in one is missed. */
const STEPS = 128;

/** An epoch of a DAQ system, probe or element by its name in the sync graph; its own clock is the first. */
type OwnEpoch = Pick<Epoch, 'device' | 'epochId' | 'clocks'>;

/**
 * How the times of an epoch's signals stand on another clock, exactly: one line for each stretch of one mapping.
 * @throws NdiError time.*, where no time of the epoch has a place there the first failure
 */
export async function signalTimes(clocks: SessionClocks, epoch: OwnEpoch, to: ClockPlace): Promise<SignalTimes> {
  const [own] = epoch.clocks;
  const clock = own?.type ?? 'dev_local_time';
  const from = findPlace(clocks, { device: epoch.device, epoch: epoch.epochId, clock });
  const request = { from, to: findPlace(clocks, to) };
  const failures: NdiError[] = [];
  const ask = async (time: number): Promise<Place> => {
    try {
      const converted = await clocks.converter.convert(request, time);
      const mapping = mappingOf(converted);
      return { time, converted, key: `${nodeId(converted.node)} ${mapping.join(' ')}`, mapping };
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      failures.push(error);
      return { time, converted: null, key: '', mapping: identityMapping };
    }
  };
  const t0 = finiteOr(own?.t0, 0);
  const t1 = finiteOr(own?.t1, t0);
  const starts: Place[] = [];
  let last = await ask(t0);
  starts.push(last);
  for (let step = 1; step <= STEPS && t1 > t0; step += 1) {
    const next = await ask(step === STEPS ? t1 : t0 + ((t1 - t0) * step) / STEPS);
    starts.push(...(await changes(last, next, ask)));
    last = next;
  }
  const lines = linesOf(starts, t1);
  const first = starts.find(({ converted }) => converted !== null)?.converted ?? null;
  if (first === null) throw failures[0] ?? new RangeError('A time was neither converted nor refused.');
  return {
    from: { device: epoch.device, epochId: epoch.epochId, clock, t0, t1 },
    to: { device: first.node.set.name, clock: first.node.clock },
    lines,
    errorSec: pathError(first.hops),
    path: first.hops.map(hopInfo),
  };
}

/** All steps of a conversion together. */
export function mappingOf({ hops }: Converted): TimeMapping {
  return hops.reduce((all, hop) => composeMappings(all, hop.mapping), identityMapping);
}

const finiteOr = (value: number | undefined, other: number) => (Number.isFinite(value) ? Number(value) : other);

interface Place {
  readonly time: number;
  /** Null where the time has no place on the other clock. */
  readonly converted: Converted | null;
  readonly mapping: TimeMapping;
  /** Equal for places of one line. */
  readonly key: string;
}

/** The first moments of other lines after `start`, up to `end`, to the last digit. */
async function changes(start: Place, end: Place, ask: (time: number) => Promise<Place>): Promise<Place[]> {
  if (start.key === end.key) return [];
  const time = start.time + (end.time - start.time) / 2;
  if (time <= start.time || time >= end.time) return [end];
  const middle = await ask(time);
  return [...(await changes(start, middle, ask)), ...(await changes(middle, end, ask))];
}

function linesOf(starts: readonly Place[], t1: number): Line[] {
  return starts.flatMap(({ time, converted, mapping }, at) => {
    if (converted === null) return [];
    const toSec = starts[at + 1]?.time ?? t1;
    return [{ fromSec: time, toSec, epochId: converted.node.epoch.epochId, mapping: [...mapping] }];
  });
}
