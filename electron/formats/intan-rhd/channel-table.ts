import type { HeaderCursor } from '../file-bytes.ts';

/** One enabled channel of the tables in the headers of RHD and RHS files. */
export interface IntanChannel<T extends string> {
  /** The device's name for it: `A-000`. */
  readonly native: string;
  /** What the user called it. */
  readonly custom: string;
  /** For a digital line: its bit in the word. */
  readonly nativeOrder: number;
  readonly type: T;
  /** Letter of the port that its headstage is plugged into; empty for channels of the board itself. */
  readonly port: string;
}

/** Enabled channels in the order of their data, by type. */
export type ChannelTable<T extends string> = Readonly<Record<T, readonly IntanChannel<T>[]>>;

/** What differs between the channel records of RHD and RHS. */
export interface RecordForm<T extends string> {
  /** Type by its number; a number without one is an error. */
  readonly types: readonly (T | null)[];
  /** Bytes after the enabled flag. */
  readonly settingsBytes: number;
}

const NULL_STRING = 0xffffffff;

/**
 * A QString: byte length, then UTF-16LE; the length 0xFFFFFFFF is a null string.
 * @throws NdiError format.* naming the field
 */
export function readString(at: HeaderCursor, field: string): string {
  const offset = at.at;
  const length = at.u32(`the length of ${field}`);
  if (length === NULL_STRING) return '';
  if (length % 2 !== 0) throw at.invalid(`the length of ${field}`, length, offset, 'is odd');
  if (at.at + length > at.file.size) {
    throw at.invalid(`the length of ${field}`, length, offset, 'reaches beyond the end of the file');
  }
  const view = at.bytes(length, field);
  const text = new TextDecoder('utf-16le').decode(view);
  return text.replace(/[\0 ]+$/, '');
}

/**
 * The signal groups with their channels, which end the header.
 * @throws NdiError format.* naming the field
 */
export function readGroups<T extends string>(at: HeaderCursor, form: RecordForm<T>): ChannelTable<T> {
  const types = form.types.filter((type) => type !== null);
  const channels = Object.fromEntries(types.map((type) => [type, []])) as unknown as Record<T, IntanChannel<T>[]>;
  const groups = at.count('the number of signal groups');
  for (let group = 1; group <= groups; group++) {
    const where = `signal group ${group}`;
    readString(at, `the name of ${where}`);
    const prefix = readString(at, `the prefix of ${where}`);
    // Names can be changed, prefixes cannot: those of the board itself are words (`ADC`, `DIGITAL-IN`).
    const port = /^[A-H]$/.test(prefix) ? prefix : '';
    const enabled = at.i16(`the enabled flag of ${where}`);
    const count = at.count(`the number of channels of ${where}`);
    at.count(`the number of amplifiers of ${where}`);
    if (enabled === 0) continue;
    for (let index = 1; index <= count; index++) {
      const record = readChannel(at, `channel ${index} of ${where}`, form);
      if (record !== null) channels[record.type].push({ ...record, port });
    }
  }
  return channels;
}

/** One channel record; null for a channel that is not enabled, of which there are no data. */
function readChannel<T extends string>(
  at: HeaderCursor,
  where: string,
  form: RecordForm<T>,
): Omit<IntanChannel<T>, 'port'> | null {
  const native = readString(at, `the native name of ${where}`);
  const custom = readString(at, `the custom name of ${where}`);
  const nativeOrder = at.i16(`the native order of ${where}`);
  at.i16(`the custom order of ${where}`);
  const typeAt = at.at;
  const typeNumber = at.i16(`the signal type of ${where}`);
  const type = form.types[typeNumber] ?? null;
  if (type === null) throw at.invalid(`the signal type of ${where}`, typeNumber, typeAt, 'is unknown');
  const enabled = at.i16(`the enabled flag of ${where}`);
  at.bytes(form.settingsBytes, `the settings of ${where}`);
  if (enabled === 0) return null;
  if ((type === 'digitalIn' || type === 'digitalOut') && (nativeOrder < 0 || nativeOrder > 15)) {
    throw at.invalid(`the native order of ${where}`, nativeOrder, typeAt - 4, 'is not a bit of the digital word');
  }
  return { native, custom, nativeOrder, type };
}
