/**
 * Events that NDI derives from sampled channels: edges of digital lines (`dep1`, `dimn2`) and crossings of a threshold
 * by analog inputs (`aep3_t2.5`).
 */
export interface DerivedChannel {
  /** As it was asked for: `dep1`, `aep3_t2.5`. */
  readonly name: string;
  readonly type: DerivedType;
  /** Channel whose samples are looked at: `di1`, `ai3`. */
  readonly source: string;
  /** Samples at or above it are high. */
  readonly threshold: number;
}

export type DerivedType = 'dep' | 'den' | 'dimp' | 'dimn' | 'aep' | 'aen' | 'aimp' | 'aimn';

/**
 * Values of the events at an upward and a downward step; null: none.
 * NDI-matlab never gives the second event of `dimn` because of a typing error; here it is given.
 */
const steps: Readonly<Record<DerivedType, readonly [up: number | null, down: number | null]>> = {
  dep: [1, null],
  den: [null, 1],
  dimp: [1, -1],
  dimn: [-1, 1],
  aep: [1, null],
  aen: [null, -1],
  aimp: [1, -1],
  aimn: [1, -1],
};

const DERIVED =
  /^(dep|den|dimp|dimn|aep|aen|aimp|aimn)(\d+)(?:-(?:[a-z]+)?(\d+))?(?:_t([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?))?$/;
const LONGEST_RANGE = 10_000;

/** The derived channels that an item of a channel list means (`dep1-3`, `aep2_t0.5`), or null where it is none. */
export function parseDerived(item: string): DerivedChannel[] | null {
  const match = DERIVED.exec(item.trim());
  if (match === null) return null;
  const type = match[1] as DerivedType;
  const [first, last] = [Number(match[2]), Number(match[3] ?? match[2])];
  const isAnalog = type.startsWith('a');
  // A line needs no threshold; that of an analog input is 0 where none is named (reference, section 7.1).
  if ((!isAnalog && match[4] !== undefined) || last < first || last - first >= LONGEST_RANGE) return null;
  const ending = match[4] === undefined ? '' : `_t${match[4]}`;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index;
    const source = `${isAnalog ? 'ai' : 'di'}${number}`;
    return { name: `${type}${number}${ending}`, type, source, threshold: isAnalog ? Number(match[4] ?? 0) : 0.5 };
  });
}

/**
 * The event at a sample, given the one before.
 * @returns its value, or null where there is none: also beside samples that are no numbers
 */
export function derivedEvent({ type, threshold }: DerivedChannel, before: number, now: number): number | null {
  if (Number.isNaN(before) || Number.isNaN(now)) return null;
  const [wasHigh, isHigh] = [before >= threshold, now >= threshold];
  if (wasHigh === isHigh) return null;
  const [up, down] = steps[type];
  return isHigh ? up : down;
}
