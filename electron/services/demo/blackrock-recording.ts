import { NEV_WAVEFORM, NevWriter, NsxWriter } from '../../formats/blackrock/writer.ts';
import { FIELD_SOURCES, type Field } from './field.ts';
import { mixField } from './intan-recording.ts';
import { createNoise } from './noise.ts';
import {
  BLACKROCK_RATE,
  TRIGGER_WIDTH,
  blackrockSample,
  blackrockStamp,
  blackrockTrueTime,
  type EpochPlan,
  type ExperimentPlan,
} from './plan.ts';
import { createRandom } from './random.ts';
import { blackrockChannels, blackrockElectrodes } from './recordings.ts';
import { createSpikeLayer } from './spike-layer.ts';
import { amplitudeOn, waveform } from './units.ts';

/** Samples made at a time. */
const STRETCH = 9600;
const TRIGGER_MILLIVOLTS = 3300;
/** Weights of the field's sources at each electrode. */
const FIELD_WEIGHTS = [
  [0.8, 0.5],
  [0.7, 0.6],
  [0.55, 0.7],
] as const;

/** Writes the second device's continuous file of an epoch; `pause` as for the first device. */
export async function writeBlackrockSignals(
  path: string,
  plan: ExperimentPlan,
  epoch: EpochPlan,
  field: Field,
  noiseTable: Float32Array,
  pause: () => Promise<void>,
): Promise<void> {
  const writer = await NsxWriter.create(path, {
    label: '30 kS/s',
    comment: 'Sample experiment of NDI Desktop: synthetic data',
    period: 1,
    startedAt: epoch.startedAt,
    channels: blackrockChannels,
  });
  try {
    const synthesise = createBlackrockSignals(plan, epoch, field, noiseTable);
    const { samples, jump } = epoch.blackrock;
    for (const [from, to] of jump === null ? [[0, samples] as const] : halves(samples, jump.sample)) {
      await writer.startSegment(blackrockStamp(epoch.blackrock, from));
      for (let first = from; first < to; first += STRETCH) {
        await pause();
        const count = Math.min(STRETCH, to - first);
        await writer.append(synthesise(first, count), count);
      }
    }
  } finally {
    await writer.close();
  }
}

function halves(samples: number, middle: number) {
  return [
    [0, middle],
    [middle, samples],
  ] as const;
}

function createBlackrockSignals(plan: ExperimentPlan, epoch: EpochPlan, field: Field, noiseTable: Float32Array) {
  const { blackrock: span, clocks } = epoch;
  const noises = blackrockElectrodes.map((_, channel) => {
    const random = createRandom(plan.seed, `epoch ${epoch.number}: blackrock noise ${channel}`);
    return createNoise(noiseTable, random, BLACKROCK_RATE, random.between(4.5, 6.5), random.between(4, 6));
  });
  const trains = plan.units.map((unit, index) => (unit.device === 'blackrock1' ? (epoch.spikes[index] ?? []) : []));
  const spikes = createSpikeLayer(plan.units, trains, blackrockElectrodes.length, BLACKROCK_RATE);
  const sources = Array.from({ length: FIELD_SOURCES }, () => new Float32Array(STRETCH));
  const onsets = epoch.triggers.map((time) => blackrockSample(clocks.blackrock1, span, time));
  return (first: number, count: number): Float32Array[] => {
    const from = blackrockTrueTime(clocks.blackrock1, span, first);
    field.read(from, 1 / (BLACKROCK_RATE * clocks.blackrock1.scale), count, sources);
    const signals = blackrockElectrodes.map((_, channel) => {
      const signal = mixField(sources, FIELD_WEIGHTS[channel] ?? [0.5, 0.5], count);
      noises[channel]?.addTo(signal, count);
      return signal;
    });
    spikes.addTo(signals, first, count);
    const trigger = new Float32Array(count);
    for (const onset of onsets) {
      const start = onset - first;
      trigger.fill(TRIGGER_MILLIVOLTS, clip(start, count), clip(start + TRIGGER_WIDTH * BLACKROCK_RATE, count));
    }
    return [...signals, trigger];
  };
}

function clip(index: number, count: number): number {
  return Math.max(0, Math.min(count, Math.round(index)));
}

/** Writes the second device's event file: spikes it sorted, trigger words, stimulus numbers over the serial line. */
export async function writeBlackrockEvents(path: string, plan: ExperimentPlan, epoch: EpochPlan): Promise<void> {
  const { blackrock: span, clocks } = epoch;
  const writer = await NevWriter.create(path, {
    comment: 'Sample experiment of NDI Desktop: synthetic data',
    startedAt: epoch.startedAt,
    electrodes: blackrockElectrodes,
  });
  try {
    const stamp = (trueTime: number) => blackrockStamp(span, blackrockSample(clocks.blackrock1, span, trueTime));
    const events: { at: number; write: (at: number) => Promise<void> }[] = [
      { at: blackrockStamp(span, 0), write: (at) => writer.comment(at, `sample experiment, epoch ${epoch.number}`) },
      ...epoch.triggers.map((time) => ({ at: stamp(time), write: (at: number) => writer.digital(at, 1) })),
      ...epoch.presentations.map((shown) => ({
        at: stamp(shown.onset),
        write: (at: number) => writer.serial(at, shown.stimulusId),
      })),
      ...sortedSpikes(plan, epoch, writer),
    ];
    events.sort((a, b) => a.at - b.at);
    for (const event of events) await event.write(event.at);
  } finally {
    await writer.close();
  }
}

function sortedSpikes(plan: ExperimentPlan, epoch: EpochPlan, writer: NevWriter) {
  const random = createRandom(plan.seed, `epoch ${epoch.number}: spike snapshots`);
  return plan.units.flatMap((unit, index) => {
    if (unit.device !== 'blackrock1') return [];
    const channel = Math.round(unit.position);
    const electrodeId = blackrockElectrodes[channel]?.electrodeId ?? 1;
    const gain = amplitudeOn(unit, channel);
    const shape = waveform(unit, BLACKROCK_RATE).values.subarray(0, NEV_WAVEFORM);
    return (epoch.spikes[index] ?? []).map((sample) => ({
      at: blackrockStamp(epoch.blackrock, sample),
      write: (at: number) => {
        const snapshot = Float32Array.from(shape, (value) => gain * value + 6 * random.gaussian());
        return writer.spike(at, electrodeId, 1, snapshot);
      },
    }));
  });
}
