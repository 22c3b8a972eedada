/** What is done to signals before they are shown. */
export interface Processing {
  /** Cut-off frequencies in Hz: what is below `low` or above `high` goes; null leaves that side open. */
  readonly low: number | null;
  readonly high: number | null;
  /** Order of the Butterworth filter on each side. */
  readonly order: number;
  /** `zero`: forwards and backwards, so that nothing moves in time; `causal`: forwards only, as amplifiers do. */
  readonly phase: 'zero' | 'causal';
  /** What is taken away from every channel at each sample: nothing, or the median or average of all of its stream. */
  readonly reference: 'none' | 'median' | 'average';
}

/** A second-order section b0 + b1/z + b2/z² over 1 + a1/z + a2/z², and its state for a constant input of 1. */
export interface Section {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
  readonly steady: readonly [number, number];
}

/** Above this share of the sample rate a low-pass has nothing left to take away. */
const OPEN_FROM = 0.49;

/**
 * Butterworth sections of both sides, by the bilinear transform with the cut-off frequencies pre-warped, so that at a
 * cut-off the gain of one pass is exactly 1/sqrt(2). Null where the sample rate is too low for the band.
 */
export function designSections({ low, high, order }: Processing, rate: number): readonly Section[] | null {
  if (low !== null && low >= OPEN_FROM * rate) return null;
  const sections: Section[] = [];
  if (low !== null && low > 0) sections.push(...butterworth(low / rate, order, 'high'));
  if (high !== null && high < OPEN_FROM * rate) sections.push(...butterworth(high / rate, order, 'low'));
  return withSteadyStates(sections);
}

type Bare = Omit<Section, 'steady'>;

function butterworth(frequency: number, order: number, kind: 'low' | 'high'): Section[] {
  const warped = Math.tan(Math.PI * frequency);
  const sections: Bare[] = [];
  for (let k = 0; 2 * k + 1 < order; k++) {
    // Poles of a pair lie at this angle; the transform of s² + s/q + 1.
    const q = 1 / (2 * Math.sin((Math.PI * (2 * k + 1)) / (2 * order)));
    const w2 = warped * warped;
    const norm = 1 / (1 + warped / q + w2);
    const a = [2 * (w2 - 1) * norm, (1 - warped / q + w2) * norm] as const;
    const gain = kind === 'low' ? w2 * norm : norm;
    sections.push({ b: [gain, kind === 'low' ? 2 * gain : -2 * gain, gain], a });
  }
  if (order % 2 === 1) {
    const norm = 1 / (1 + warped);
    const gain = kind === 'low' ? warped * norm : norm;
    sections.push({ b: [gain, kind === 'low' ? gain : -gain, 0], a: [(warped - 1) * norm, 0] });
  }
  return sections.map((section) => ({ ...section, steady: [0, 0] }));
}

/** States (transposed direct form II) in which a constant input of 1 to the whole chain gives a constant output. */
function withSteadyStates(sections: readonly Bare[]): Section[] {
  let level = 1;
  return sections.map(({ b, a }) => {
    const out = (level * (b[0] + b[1] + b[2])) / (1 + a[0] + a[1]);
    const second = b[2] * level - a[1] * out;
    const first = b[1] * level - a[0] * out + second;
    level = out;
    return { b, a, steady: [first, second] };
  });
}

/** The chain's memory dies away to this share of what it was. */
const FORGOTTEN = 1e-6;

/** Samples after which the sections have forgotten what came before. */
export function settlingSamples(sections: readonly Section[]): number {
  let slowest = 0;
  for (const { a } of sections) {
    const discriminant = a[0] * a[0] - 4 * a[1];
    const radius =
      discriminant < 0
        ? Math.sqrt(a[1])
        : Math.max(...[1, -1].map((s) => Math.abs((-a[0] + s * Math.sqrt(discriminant)) / 2)));
    slowest = Math.max(slowest, radius);
  }
  if (slowest === 0) return 0;
  return Math.ceil(Math.log(FORGOTTEN) / Math.log(Math.min(slowest, 1 - 1e-9)));
}
