import { HeaderCursor, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/** The first four bytes of an RHD file, and of its sibling for stimulation controllers (RHS). */
const RHD_MAGIC = 0xc6912702;
const RHS_MAGIC = 0xd69127ac;

/** Signal types of channel records (Intan RHD2000 data file formats). */
export const signalTypes = ['amplifier', 'auxiliary', 'supply', 'adc', 'digitalIn', 'digitalOut'] as const;
export type SignalType = (typeof signalTypes)[number];

export interface RhdChannel {
  /** The device's name for it: `A-000`. */
  readonly native: string;
  /** What the user called it. */
  readonly custom: string;
  /** For a digital line: its bit in the word. */
  readonly nativeOrder: number;
  readonly type: SignalType;
}

export interface RhdHeader {
  readonly major: number;
  readonly minor: number;
  /** Rate of the amplifiers, Hz. */
  readonly sampleRate: number;
  readonly notes: readonly string[];
  readonly temperatureSensors: number;
  readonly boardMode: number;
  /** Enabled channels in the order of their data, by type. */
  readonly channels: Readonly<Record<SignalType, readonly RhdChannel[]>>;
  /** Length of the header: where data begin in the single-file layout. */
  readonly bytes: number;
}

const NULL_STRING = 0xffffffff;

/** @throws NdiError format.* naming the field */
export function readHeader(file: FileBytes): RhdHeader {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const at = new HeaderCursor(file);
  checkMagic(at);
  const major = at.i16('the major version');
  const minor = at.i16('the minor version');
  if (major < 1 || major > 3) {
    throw formatFault('format.unsupported', file.path, `version ${major}.${minor} of Intan RHD is not known.`, {
      field: 'version',
      value: `${major}.${minor}`,
      offset: 4,
    });
  }
  const since = (wantedMajor: number, wantedMinor: number) =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  const sampleRate = at.f32('the sample rate');
  if (!(sampleRate > 0) || !Number.isFinite(sampleRate)) {
    throw at.invalid('the sample rate', sampleRate, 8, 'is not a positive number');
  }
  // Fixed offsets up to the notes: filter settings (12-37), notch (38), impedance test frequencies (40-47).
  at.at = 48;
  const notes = [1, 2, 3].map((number) => readString(at, `note ${number}`));
  const temperatureSensors = since(1, 1) ? at.count('the number of temperature sensors') : 0;
  const boardMode = since(1, 3) ? at.i16('the board mode') : 0;
  if (since(2, 0)) readString(at, 'the reference channel');
  const channels = readGroups(at);
  return { major, minor, sampleRate, notes, temperatureSensors, boardMode, channels, bytes: at.at };
}

function checkMagic(at: HeaderCursor): void {
  const magic = at.u32('the magic number');
  if (magic === RHD_MAGIC) return;
  const found = magic === RHS_MAGIC ? 'it is an RHS recording of a stimulation controller' : 'it is not an RHD file';
  throw formatFault('format.invalid', at.file.path, `${found} (magic number ${magic.toString(16)}).`, {
    field: 'the magic number',
    value: magic,
    offset: 0,
  });
}

/** A QString: byte length, then UTF-16LE; the length 0xFFFFFFFF is a null string. */
function readString(at: HeaderCursor, field: string): string {
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

function readGroups(at: HeaderCursor): RhdHeader['channels'] {
  const channels = Object.fromEntries(signalTypes.map((type) => [type, []])) as unknown as Record<
    SignalType,
    RhdChannel[]
  >;
  const groups = at.count('the number of signal groups');
  for (let group = 1; group <= groups; group++) {
    const where = `signal group ${group}`;
    readString(at, `the name of ${where}`);
    readString(at, `the prefix of ${where}`);
    const enabled = at.i16(`the enabled flag of ${where}`);
    const count = at.count(`the number of channels of ${where}`);
    at.count(`the number of amplifiers of ${where}`);
    if (enabled === 0) continue;
    for (let index = 1; index <= count; index++) {
      const record = readChannel(at, `channel ${index} of ${where}`);
      if (record !== null) channels[record.type].push(record);
    }
  }
  return channels;
}

/** One channel record; null for a channel that is not enabled, of which there are no data. */
function readChannel(at: HeaderCursor, where: string): RhdChannel | null {
  const native = readString(at, `the native name of ${where}`);
  const custom = readString(at, `the custom name of ${where}`);
  const nativeOrder = at.i16(`the native order of ${where}`);
  at.i16(`the custom order of ${where}`);
  const typeAt = at.at;
  const typeNumber = at.i16(`the signal type of ${where}`);
  const type = signalTypes[typeNumber];
  if (type === undefined) throw at.invalid(`the signal type of ${where}`, typeNumber, typeAt, 'is unknown');
  const enabled = at.i16(`the enabled flag of ${where}`);
  // Chip channel, board stream, four of the spike trigger, impedance magnitude and phase.
  at.bytes(2 * 6 + 4 * 2, `the settings of ${where}`);
  if (enabled === 0) return null;
  if ((type === 'digitalIn' || type === 'digitalOut') && (nativeOrder < 0 || nativeOrder > 15)) {
    throw at.invalid(`the native order of ${where}`, nativeOrder, typeAt - 4, 'is not a bit of the digital word');
  }
  return { native, custom, nativeOrder, type };
}
