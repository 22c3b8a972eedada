/** What the name of a file tells: there is no other header. */
export interface NameHeader {
  /** `HSW`. */
  readonly format: string;
  /** Local time of the rig, `2024-03-04 14:09:26`. */
  readonly start: string;
  readonly device: string;
  readonly channels: number;
  /** Samples per second. */
  readonly sampleRate: number;
}

export const NAME_PATTERN = 'FORMAT_YYYY_MM_DD__HH_MM_SS__MMmin_SSsec__DEVICE_NNch_RRRRsps.bin';

/** The format ends at its first underscore; the device may hold some. */
const NAME =
  /^([^_]+)_(\d{4})_(\d\d)_(\d\d)__(\d\d)_(\d\d)_(\d\d)__\d+min_\d+sec__(.+)_(\d{1,9})ch_(\d{1,9})sps\.bin$/i;

export function parseName(name: string): NameHeader | null {
  const [, format, year, month, day, hour, minute, second, device, channels, rate] = NAME.exec(name) ?? [];
  if (format === undefined || device === undefined) return null;
  const start = `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  return { format, start, device, channels: Number(channels), sampleRate: Number(rate) };
}

/** Whether a name that does not fit was meant to: it ends or begins as theirs do. */
export function isNearName(name: string): boolean {
  return /_\d+ch_\d+sps\.bin$/i.test(name) || /^HSW_\d{4}_.*\.bin$/i.test(name);
}
