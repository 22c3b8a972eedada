import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import type { SignalTimes } from '../../../../shared/contract/sync.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { mapTime, reverseMapping } from '../../../../shared/model/time-mapping.ts';
import { clockKey } from '../../../state/source-key.ts';
import { parseTime } from './typed-times.ts';

/** Another device that ran while the source was recorded. */
export interface OtherDevice {
  readonly device: string;
  /** From the source's clock to the other device's; null where nothing relates them. */
  readonly times: SignalTimes | null;
  /** Why not. */
  readonly error: NdiError | null;
  /** Channels with events, in the epochs that ran meanwhile. */
  readonly channels: readonly string[];
}

/**
 * The time of the source at which another device's clock shows a time; null where it never does. Where that clock went
 * back, the first one.
 * @param epochId limits it to one epoch of the device
 */
export function ownTimeOf({ times }: OtherDevice, there: number, epochId?: string): number | null {
  for (const line of times?.lines ?? []) {
    if (epochId !== undefined && line.epochId !== epochId) continue;
    const time = mapTime(reverseMapping(line.mapping), there);
    if (time >= line.fromSec && time <= line.toSec) return time;
  }
  return null;
}

/**
 * A time that a person typed: of the source's own clock, or with the name of a device of the clock of that
 * (`12.5 s blackrock1`, `@ 1:30 blackrock1`).
 * @returns undefined where it cannot be understood, or that clock never shows it
 */
export function parseTimeOnClocks(text: string, own: string, others: readonly OtherDevice[]): number | undefined {
  const typed = text.trim().replace(/^@\s*/, '');
  const plain = parseTime(typed);
  if (plain !== undefined) return plain;
  const named = (device: string) => device !== '' && typed.toLowerCase().endsWith(device.toLowerCase());
  const timeBefore = (device: string) => parseTime(typed.slice(0, -device.length).replace(/(?:\s+on|@)?\s*$/i, ''));
  if (named(own)) return timeBefore(own);
  for (const other of others) {
    if (!named(other.device)) continue;
    const there = timeBefore(other.device);
    const time = there === undefined ? null : ownTimeOf(other, there);
    if (time !== null) return time;
  }
  return undefined;
}

/** A moment of another view on the clock of this one; null where there is no way from the one to the other. */
export function momentHere(
  { source, others }: { readonly source: SignalSource; readonly others: readonly OtherDevice[] },
  moment: { readonly source: SignalSource; readonly time: number },
): number | null {
  const theirs = moment.source;
  if (clockKey(source) === clockKey(theirs)) return moment.time;
  if (source.path !== theirs.path || source.sessionId !== theirs.sessionId) return null;
  const other = others.find(({ device }) => device === theirs.device);
  return other === undefined ? null : ownTimeOf(other, moment.time, theirs.epoch);
}
