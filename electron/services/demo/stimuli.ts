import type { Random } from './random.ts';

/** A stimulus of the sample experiment: a drifting grating, or a blank screen. */
export interface Stimulus {
  /** 1, 2, ... */
  readonly id: number;
  /** Degrees, or null for the blank. */
  readonly direction: number | null;
}

/** Eight directions and a blank. */
export const stimuli: readonly Stimulus[] = [
  ...[0, 45, 90, 135, 180, 225, 270, 315].map((direction, index) => ({ id: index + 1, direction })),
  { id: 9, direction: null },
];

/** A stimulus as it was shown; seconds of true time. */
export interface Presentation {
  readonly stimulusId: number;
  readonly direction: number | null;
  readonly onset: number;
  readonly offset: number;
}

/** Times each stimulus is shown in an epoch. */
const REPETITIONS = 2;
const FIRST_ONSET = 1;
const PERIOD = 0.8;
const SHOWN = 0.5;
/** The screen is not quite regular. */
const JITTER = 0.04;

/** The stimuli of one epoch: every repetition in a new order, at times of the given grid. */
export function presentStimuli(random: Random, gridHz: number): Presentation[] {
  const order = Array.from({ length: REPETITIONS }, () => random.shuffled(stimuli)).flat();
  const onGrid = (time: number) => Math.round(time * gridHz) / gridHz;
  return order.map((stimulus, position) => {
    const onset = onGrid(FIRST_ONSET + PERIOD * position + random.between(0, JITTER));
    return { stimulusId: stimulus.id, direction: stimulus.direction, onset, offset: onGrid(onset + SHOWN) };
  });
}

/** Parameters of a stimulus as stimulus documents hold them, in the names that NDI's decoders know. */
export function stimulusParameters(stimulus: Stimulus): Record<string, number> {
  return {
    stimid: stimulus.id,
    // A blank has every parameter of the others; `isblank` alone tells them apart.
    direction: stimulus.direction ?? 0,
    contrast: stimulus.direction === null ? 0 : 1,
    sFrequency: 0.1,
    tFrequency: 4,
    isblank: stimulus.direction === null ? 1 : 0,
  };
}
