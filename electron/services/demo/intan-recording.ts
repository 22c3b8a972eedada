import { RHD_BLOCK, RhdWriter } from '../../formats/intan-rhd/writer.ts';
import { FIELD_SOURCES, type Field } from './field.ts';
import { createNoise } from './noise.ts';
import { EPOCH_SECONDS, INTAN_RATE, TRIGGER_WIDTH, type EpochPlan, type ExperimentPlan } from './plan.ts';
import { createRandom } from './random.ts';
import { TRIGGER_BIT, intanAmplifiers, intanAnalogInputs, intanAuxiliaries, intanDigitalInputs } from './recordings.ts';
import { createSpikeLayer } from './spike-layer.ts';

/** Samples made at a time. */
const STRETCH = 50 * RHD_BLOCK;
const AUXILIARY_EVERY = 4;
const TRIGGER_VOLTS = 3.3;
const PHOTODIODE_VOLTS = { dark: 0.4, lit: 2.1 };
/** The photodiode follows the screen with this time constant, in seconds. */
const PHOTODIODE_LAG = 0.004;

/** Writes the first device's file of an epoch. `pause` is awaited between stretches and ends the work by throwing. */
export async function writeIntanRecording(
  path: string,
  plan: ExperimentPlan,
  epoch: EpochPlan,
  field: Field,
  noiseTable: Float32Array,
  pause: () => Promise<void>,
): Promise<void> {
  const writer = await RhdWriter.create(path, {
    sampleRate: INTAN_RATE,
    amplifier: intanAmplifiers,
    auxiliary: intanAuxiliaries,
    boardAdc: intanAnalogInputs,
    digitalIn: intanDigitalInputs,
    notes: ['Sample experiment of NDI Desktop: synthetic data', `epoch ${epoch.number}`, ''],
  });
  try {
    const synthesise = createIntanSignals(plan, epoch, field, noiseTable);
    const samples = EPOCH_SECONDS * INTAN_RATE;
    for (let first = 0; first < samples; first += STRETCH) {
      await pause();
      await writer.append(synthesise(first, Math.min(STRETCH, samples - first)));
    }
  } finally {
    await writer.close();
  }
}

function createIntanSignals(plan: ExperimentPlan, epoch: EpochPlan, field: Field, noiseTable: Float32Array) {
  const channels = intanAmplifiers.length;
  const noises = intanAmplifiers.map((_, channel) => {
    const random = createRandom(plan.seed, `epoch ${epoch.number}: intan noise ${channel}`);
    return createNoise(noiseTable, random, INTAN_RATE, random.between(4, 6), random.between(4, 6));
  });
  const spikes = createSpikeLayer(plan.units, intanTrains(plan, epoch), channels, INTAN_RATE);
  const sources = Array.from({ length: FIELD_SOURCES }, () => new Float32Array(STRETCH));
  const accelerometer = createRandom(plan.seed, `epoch ${epoch.number}: accelerometer`);
  let photodiode = PHOTODIODE_VOLTS.dark;
  return (first: number, count: number) => {
    field.read(first / INTAN_RATE, 1 / INTAN_RATE, count, sources);
    const amplifier = intanAmplifiers.map((_, channel) => {
      const signal = mixField(sources, depthProfile(channel), count);
      noises[channel]?.addTo(signal, count);
      return signal;
    });
    spikes.addTo(amplifier, first, count);
    const digitalIn = digitalWords(epoch, first, count);
    const trigger = Float32Array.from(digitalIn, (word) => ((word >> TRIGGER_BIT) & 1) * TRIGGER_VOLTS);
    const diode = Float32Array.from(digitalIn, (word) => {
      const lit = (word & ((1 << TRIGGER_BIT) - 1)) !== 0;
      const aim = lit ? PHOTODIODE_VOLTS.lit : PHOTODIODE_VOLTS.dark;
      photodiode += (aim - photodiode) / (PHOTODIODE_LAG * INTAN_RATE);
      return photodiode;
    });
    const auxiliary = intanAuxiliaries.map((_, axis) =>
      Float32Array.from({ length: count / AUXILIARY_EVERY }, (_unused, index) => {
        const t = (first + index * AUXILIARY_EVERY) / INTAN_RATE;
        // An animal that breathes: gravity's part differs by axis.
        return 1.62 + 0.16 * axis + 0.012 * Math.sin(2 * Math.PI * 1.9 * t + axis) + 0.0015 * accelerometer.gaussian();
      }),
    );
    return { samples: count, amplifier, auxiliary, boardAdc: [trigger, diode], digitalIn };
  };
}

function intanTrains(plan: ExperimentPlan, epoch: EpochPlan): (readonly number[])[] {
  return plan.units.map((unit, index) => (unit.device === 'intan1' ? (epoch.spikes[index] ?? []) : []));
}

/** Weights of the field's sources along the probe: the first turns its sign in the middle, as a sink's field does. */
function depthProfile(channel: number): readonly [number, number] {
  return [Math.cos((Math.PI * channel) / (intanAmplifiers.length - 1)), 0.55];
}

export function mixField(sources: readonly Float32Array[], weights: readonly number[], count: number): Float32Array {
  const mixed = new Float32Array(count);
  sources.forEach((source, index) => {
    const weight = weights[index] ?? 0;
    for (let s = 0; s < count; s++) mixed[s] = (mixed[s] ?? 0) + weight * (source[s] ?? 0);
  });
  return mixed;
}

/** The digital lines, sample by sample. */
function digitalWords(epoch: EpochPlan, first: number, count: number): Uint16Array {
  const words = new Uint16Array(count);
  const raise = (bit: number, from: number, to: number) => {
    const start = Math.max(0, Math.round(from * INTAN_RATE) - first);
    const end = Math.min(count, Math.round(to * INTAN_RATE) - first);
    for (let s = start; s < end; s++) words[s] = (words[s] ?? 0) | (1 << bit);
  };
  for (const shown of epoch.presentations) raise(shown.stimulusId - 1, shown.onset, shown.offset);
  for (const time of epoch.triggers) raise(TRIGGER_BIT, time, time + TRIGGER_WIDTH);
  return words;
}
