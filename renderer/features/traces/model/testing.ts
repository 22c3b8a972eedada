import type { Channel, ChannelType, RecordingInfo } from '../../../../shared/contract/recordings.ts';
import { channelName, isSampled } from '../../../../shared/model/channels.ts';
import type { ViewChannel, ViewFrame } from '../../../../shared/model/view-frame.ts';

/** Builders of test data. */
export function makeChannel(type: ChannelType, number: number, more: Partial<Channel> = {}): Channel {
  const sampled = isSampled(type);
  return {
    name: channelName(type, number),
    type,
    number,
    label: `A-${number}`,
    units: type === 'analog_in' ? 'uV' : '',
    sampleRate: sampled ? 1000 : null,
    samples: sampled ? 10_000 : null,
    gain: sampled ? 1 : null,
    offset: sampled ? 0 : null,
    ...more,
  };
}

export function makeInfo(
  more: Partial<Omit<RecordingInfo, 'segments'>> & { segments?: readonly { t0: number; t1: number }[] } = {},
): RecordingInfo {
  return {
    kind: 'recording',
    path: '/data/a.rhd',
    format: 'intan-rhd',
    formatName: 'Intan RHD2000',
    version: '1.5',
    files: ['/data/a.rhd'],
    device: 'intan',
    startedAt: null,
    channels: [makeChannel('analog_in', 1)],
    events: {},
    problems: [],
    why: [],
    ...more,
    segments: (more.segments ?? [{ t0: 0, t1: 10 }]).map((times) => ({ start: 0, samples: 10_000, ...times })),
  };
}

interface RunValues {
  readonly t0: number;
  readonly dt: number;
  /** Samples, or minima of columns. */
  readonly values: readonly number[];
  /** Maxima of columns. */
  readonly maxima?: readonly number[];
}

/** A frame whose channels have the given runs; a run with maxima makes its channel an envelope. */
export function makeFrame(
  range: { t0: number; t1: number },
  columns: number,
  channels: Readonly<Record<string, readonly RunValues[]>>,
): ViewFrame {
  const body: number[] = [];
  const list: ViewChannel[] = Object.entries(channels).map(([name, runs]) => ({
    name,
    units: 'uV',
    mode: runs.some((run) => run.maxima !== undefined) ? ('envelope' as const) : ('samples' as const),
    runs: runs.map(({ t0, dt, values, maxima = [] }) => {
      const at = body.length;
      body.push(...values, ...maxima);
      return { t0, dt, count: values.length, at };
    }),
  }));
  const samplesPerColumn = list[0]?.mode === 'envelope' ? 10 : 1;
  const header = { ...range, columns, channels: list, samplesPerColumn, level: 0, sampled: 0 };
  return { header, body: Float32Array.from(body) };
}
