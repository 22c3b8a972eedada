import type { RecordingInfo } from '../../../../shared/contract/recordings.ts';

/** The part of a recording that a thumbnail shows. */
export interface Excerpt {
  readonly channels: readonly string[];
  /** Seconds on the recording's clock, half-open. */
  readonly t0: number;
  readonly t1: number;
}

const CHANNELS_SHOWN = 8;
const SECONDS_SHOWN = 2;

/** The first seconds of the first analog channels; null where there are none. */
export function excerptOf(info: Pick<RecordingInfo, 'channels' | 'segments'>): Excerpt | null {
  const analog = info.channels.filter(({ type, samples }) => type === 'analog_in' && samples !== 0);
  const segment = info.segments.find(({ samples }) => samples > 0);
  if (analog.length === 0 || segment === undefined) return null;
  const { t0 } = segment;
  const rate = Math.max(...analog.map(({ sampleRate }) => sampleRate ?? 0));
  // A segment's end is the time of its last sample: one step further takes that sample in.
  const end = segment.t1 + (rate > 0 ? 1 / rate : 0);
  return {
    channels: analog.slice(0, CHANNELS_SHOWN).map(({ name }) => name),
    t0,
    t1: Math.min(t0 + SECONDS_SHOWN, end),
  };
}
