import type { Presentation } from './stimuli.ts';
import type { Random } from './random.ts';

/** A planted cell: where it sits, how it looks, what it likes. */
export interface Unit {
  readonly name: string;
  readonly device: 'intan1' | 'blackrock1';
  /** Position along the device's channels: 4.3 lies between the 5th and the 6th. */
  readonly position: number;
  /** Channels over which the amplitude falls to 60 %. */
  readonly spread: number;
  /** Microvolts from baseline to trough, at the cell. */
  readonly amplitude: number;
  /** 1 for a broad spike of a pyramidal cell, less for a narrow one. */
  readonly width: number;
  readonly tuning: Tuning;
}

/** Firing rates in spikes a second. */
export interface Tuning {
  readonly preferredDirection: number;
  readonly baseline: number;
  /** Above the baseline, at the preferred direction. */
  readonly peak: number;
  /** Above the baseline, at the opposite direction. */
  readonly opposite: number;
  /** Sharpness: kappa of a von Mises function. */
  readonly sharpness: number;
}

/** No cell fires again within this time, in seconds. */
export const REFRACTORY = 0.002;
/** From the stimulus' onset to the response, in seconds. */
export const LATENCY = 0.04;

/** Where a waveform starts and ends, in seconds around its trough. */
const WAVEFORM_SPAN = [-0.0006, 0.0016] as const;

/** The cells of the experiment; their sites are given, what they like is drawn. */
export function plantUnits(random: Random): Unit[] {
  const sites = [
    { device: 'intan1', position: 1.2, amplitude: 150, width: 1 },
    { device: 'intan1', position: 3.9, amplitude: 95, width: 0.6 },
    { device: 'intan1', position: 6.1, amplitude: 190, width: 1.1 },
    { device: 'intan1', position: 8.6, amplitude: 110, width: 1 },
    { device: 'intan1', position: 11.0, amplitude: 165, width: 0.65 },
    { device: 'intan1', position: 13.8, amplitude: 125, width: 1.05 },
    { device: 'blackrock1', position: 0.1, amplitude: 140, width: 1 },
    { device: 'blackrock1', position: 1.9, amplitude: 105, width: 0.7 },
  ] as const;
  return sites.map((site, index) => {
    const narrow = site.width < 0.8;
    const peak = random.between(28, 55);
    return {
      name: `unit${index + 1}`,
      ...site,
      spread: random.between(0.75, 1),
      tuning: {
        preferredDirection: Math.round(random.between(0, 360)) % 360,
        baseline: narrow ? random.between(5, 9) : random.between(1.5, 4),
        peak,
        opposite: peak * (narrow ? random.between(0.6, 0.95) : random.between(0.1, 0.5)),
        sharpness: narrow ? random.between(0.8, 1.4) : random.between(1.8, 3.2),
      },
    };
  });
}

/** Spikes a second during a stimulus; the blank leaves the baseline. */
export function firingRate(tuning: Tuning, direction: number | null): number {
  if (direction === null) return tuning.baseline;
  const bump = (centre: number) => Math.exp(tuning.sharpness * (Math.cos(((direction - centre) * Math.PI) / 180) - 1));
  const preferred = tuning.preferredDirection;
  return tuning.baseline + tuning.peak * bump(preferred) + tuning.opposite * bump(preferred + 180);
}

/**
 * Spike times of a cell, in seconds of true time: a Poisson process with dead time whose mean rate follows the stimuli.
 */
export function spikeTrain(
  unit: Unit,
  presentations: readonly Presentation[],
  from: number,
  to: number,
  random: Random,
): number[] {
  const steps = presentations.flatMap((shown) => [
    { until: shown.onset + LATENCY, rate: unit.tuning.baseline },
    { until: shown.offset + LATENCY, rate: firingRate(unit.tuning, shown.direction) },
  ]);
  steps.push({ until: to, rate: unit.tuning.baseline });
  const spikes: number[] = [];
  let time = from;
  for (const step of steps) {
    // Dead time lowers a Poisson process' rate; this intensity gives the wanted rate again.
    const intensity = step.rate / (1 - step.rate * REFRACTORY);
    while (time < step.until) {
      const next = time - Math.log(1 - random.uniform()) / intensity;
      if (next >= step.until) {
        // The process has no memory: it starts afresh at the new rate.
        time = step.until;
        break;
      }
      spikes.push(next);
      time = next + REFRACTORY;
    }
  }
  return spikes;
}

/** Amplitude of a cell on a channel (0-based), as a fraction of its amplitude. */
export function amplitudeOn(unit: Unit, channel: number): number {
  const distance = (channel - unit.position) / unit.spread;
  const fraction = Math.exp(-0.5 * distance * distance);
  return fraction < 0.05 ? 0 : fraction;
}

/** The waveform at the cell, in microvolts: a trough and the slow hump after it. `trough` is the trough's index. */
export function waveform(unit: Unit, sampleRate: number): { values: Float32Array; trough: number } {
  const trough = Math.round(-WAVEFORM_SPAN[0] * sampleRate);
  const count = trough + Math.round(WAVEFORM_SPAN[1] * sampleRate) + 1;
  const bell = (t: number, centre: number, width: number) => Math.exp(-0.5 * ((t - centre) / width) ** 2);
  const values = Float32Array.from({ length: count }, (_, index) => {
    const t = ((index - trough) / sampleRate) * 1000;
    const { width } = unit;
    const shape =
      -bell(t, 0, 0.11 * width) + 0.12 * bell(t, -0.28 * width, 0.1) + 0.3 * bell(t, 0.45 * width, 0.22 * width);
    // The ends fade out, so that a spike does not begin or end with a step.
    const fade = Math.min(1, index / 4, (count - 1 - index) / 6);
    return unit.amplitude * shape * fade;
  });
  return { values, trough };
}
