import { clockTime, type DeviceClock } from './clocks.ts';
import { createRandom, type Random } from './random.ts';
import { presentStimuli, type Presentation } from './stimuli.ts';
import { plantUnits, spikeTrain, type Unit } from './units.ts';

/** What the sample experiment is, before a byte of it is written: everything that the files will hold. */
export interface ExperimentPlan {
  readonly seed: number;
  readonly units: readonly Unit[];
  readonly epochs: readonly EpochPlan[];
}

/** One epoch. Times are seconds of true time (the clock of `intan1`) unless their name says otherwise. */
export interface EpochPlan {
  /** 1, 2, ... */
  readonly number: number;
  /** `t00001`, ... */
  readonly name: string;
  readonly startedAt: Date;
  readonly clocks: { readonly blackrock1: DeviceClock; readonly stimulator: DeviceClock };
  readonly blackrock: BlackrockSpan;
  /** Onsets of the trigger pulses, on the samples of `intan1`. */
  readonly triggers: readonly number[];
  readonly presentations: readonly Presentation[];
  /**
   * Spikes by unit, in the order of the units: sample indices of the unit's device, counted over its segments.
   */
  readonly spikes: readonly (readonly number[])[];
}

/** What the second device records of an epoch. */
export interface BlackrockSpan {
  /** Time stamp of its first sample. */
  readonly firstStamp: number;
  readonly samples: number;
  /** From this sample on the time stamps are `ticks` further on. */
  readonly jump: { readonly sample: number; readonly ticks: number } | null;
}

export const EPOCH_SECONDS = 16;
export const INTAN_RATE = 20_000;
export const BLACKROCK_RATE = 30_000;
/** Seconds that a trigger pulse stays up. */
export const TRIGGER_WIDTH = 0.01;

const EPOCHS = 3;
/** The epoch (counted from 1) in which the second device's clock jumps. */
const JUMP_IN_EPOCH = 3;
const JUMP_SECONDS = 0.25;
const BLACKROCK_SCALE = 1 + 37e-6;
const STIMULATOR_SCALE = 1 - 12e-6;
const FIRST_START = Date.UTC(2026, 2, 17, 10, 0, 0);
const MINUTES_BETWEEN_EPOCHS = 5;
/** The second device goes on for a while after the first one has stopped. */
const BLACKROCK_TAIL = 0.2;

/** Draws the experiment; the same seed gives the same experiment. */
export function planExperiment(seed: number): ExperimentPlan {
  const units = plantUnits(createRandom(seed, 'units'));
  const epochs = Array.from({ length: EPOCHS }, (_, index) => planEpoch(seed, index + 1, units));
  return { seed, units, epochs };
}

function planEpoch(seed: number, number: number, units: readonly Unit[]): EpochPlan {
  const random = (purpose: string) => createRandom(seed, `epoch ${number}: ${purpose}`);
  const { clock, span } = startBlackrock(random('blackrock clock'), number === JUMP_IN_EPOCH);
  const stimulatorRunning = random('stimulator clock').between(40, 60) + number * MINUTES_BETWEEN_EPOCHS * 60;
  const presentations = presentStimuli(random('stimuli'), INTAN_RATE);
  const lead = (clock.offset - span.firstStamp / BLACKROCK_RATE) / clock.scale;
  const spikes = units.map((unit) => {
    const spikesFrom = unit.device === 'intan1' ? 0 : -lead;
    const train = spikeTrain(unit, presentations, spikesFrom, EPOCH_SECONDS, random(`spikes of ${unit.name}`));
    if (unit.device === 'intan1') return train.map((time) => Math.round(time * INTAN_RATE));
    return train.map((time) => blackrockSample(clock, span, time)).filter((sample) => sample < span.samples);
  });
  return {
    number,
    name: `t${String(number).padStart(5, '0')}`,
    startedAt: new Date(FIRST_START + (number - 1) * MINUTES_BETWEEN_EPOCHS * 60_000),
    clocks: {
      blackrock1: clock,
      stimulator: { scale: STIMULATOR_SCALE, offset: stimulatorRunning, jump: null },
    },
    blackrock: span,
    triggers: pulses(random('triggers')),
    presentations,
    spikes,
  };
}

/** The second device is started by hand a little before the first, its counter at some small number. */
function startBlackrock(random: Random, jumps: boolean): { clock: DeviceClock; span: BlackrockSpan } {
  const lead = random.between(0.3, 0.9);
  const firstStamp = Math.round(random.between(0, 2) * BLACKROCK_RATE);
  const samples = Math.round((lead + EPOCH_SECONDS + BLACKROCK_TAIL) * BLACKROCK_RATE);
  const offset = firstStamp / BLACKROCK_RATE + lead * BLACKROCK_SCALE;
  if (!jumps) {
    return { clock: { scale: BLACKROCK_SCALE, offset, jump: null }, span: { firstStamp, samples, jump: null } };
  }
  const at = EPOCH_SECONDS / 2 + random.between(-1, 1);
  const sample = Math.ceil((offset + BLACKROCK_SCALE * at) * BLACKROCK_RATE) - firstStamp;
  return {
    clock: { scale: BLACKROCK_SCALE, offset, jump: { at, seconds: JUMP_SECONDS } },
    span: { firstStamp, samples, jump: { sample, ticks: JUMP_SECONDS * BLACKROCK_RATE } },
  };
}

/** Irregular pulses, so that two trains of them fit together in one way only. */
function pulses(random: Random): number[] {
  const times: number[] = [];
  for (let time = 0.3; time < EPOCH_SECONDS - 0.3; time += random.between(0.25, 0.65)) {
    times.push(Math.round(time * INTAN_RATE) / INTAN_RATE);
  }
  return times;
}

/** Time stamp of a sample of the second device. */
export function blackrockStamp(span: BlackrockSpan, sample: number): number {
  const jumped = span.jump !== null && sample >= span.jump.sample ? span.jump.ticks : 0;
  return span.firstStamp + sample + jumped;
}

/** The sample of the second device nearest to a true time. */
export function blackrockSample(clock: DeviceClock, span: BlackrockSpan, trueTime: number): number {
  const running = clockTime({ ...clock, jump: null }, trueTime);
  return Math.round(running * BLACKROCK_RATE) - span.firstStamp;
}

/** True time of a sample of the second device. */
export function blackrockTrueTime(clock: DeviceClock, span: BlackrockSpan, sample: number): number {
  return ((span.firstStamp + sample) / BLACKROCK_RATE - clock.offset) / clock.scale;
}
