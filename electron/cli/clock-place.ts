import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { ClockPlaceInput, SignalTimes } from '../../shared/contract/sync.ts';
import { rangeOfLines } from '../../shared/model/clock-lines.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { Run } from './run.ts';

/** DEVICE/EPOCH/CLOCK or DEVICE/CLOCK; an id of an epoch may hold slashes. */
export function parsePlace(text: string): ClockPlaceInput {
  const first = text.indexOf('/');
  const last = text.lastIndexOf('/');
  const [device, clock] = [text.slice(0, Math.max(0, first)), text.slice(last + 1)];
  if (device !== '' && clock !== '') {
    return first === last ? { device, clock } : { device, epoch: text.slice(first + 1, last), clock };
  }
  throw new NdiError({
    code: 'usage.invalid',
    message: `“${text}” is not of the form DEVICE/EPOCH/CLOCK.`,
    recovery: 'Write, for example, intan1/t00001/dev_local_time; “ndi sync-graph” lists what there is.',
  });
}

/** How the times of a source stand on the clock that an option names; null without the option. */
export async function signalTimes(
  run: Run,
  source: SignalSource,
  clock: string | undefined,
): Promise<SignalTimes | null> {
  if (clock === undefined) return null;
  const to = parsePlace(clock);
  return run.callLong('Relating clocks', (client, signal) => client.sync.signalTimes({ source, to }, { signal }));
}

/**
 * The seconds of the source for those of the other clock. An empty range stays one.
 * @throws NdiError time.outsideEpoch where the source has nothing there
 */
export function ownRange({ lines, from: own, to: other }: SignalTimes, from: number, to: number) {
  if (!(from < to)) return { from, to };
  const range = rangeOfLines(lines, from, to);
  if (range !== null) return range;
  throw new NdiError({
    code: 'time.outsideEpoch',
    message: `No time from ${from} to ${to} s of ${other.device} on ${other.clock} falls into epoch ${own.epochId} of ${own.device}.`,
    recovery: 'Choose another range or epoch; “ndi convert-time” tells where a time lies.',
    details: { from, to, device: other.device, clock: other.clock },
  });
}
