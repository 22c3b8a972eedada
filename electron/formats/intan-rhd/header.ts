import { HeaderCursor, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { readGroups, readString, type ChannelTable, type IntanChannel, type RecordForm } from './channel-table.ts';

/** The first four bytes of an RHD file, and of its sibling for stimulation controllers (RHS). */
const RHD_MAGIC = 0xc6912702;
const RHS_MAGIC = 0xd69127ac;

/** Signal types of channel records (Intan RHD2000 data file formats). */
export const signalTypes = ['amplifier', 'auxiliary', 'supply', 'adc', 'digitalIn', 'digitalOut'] as const;
export type SignalType = (typeof signalTypes)[number];

export type RhdChannel = IntanChannel<SignalType>;

/** After the enabled flag: chip channel, board stream, four of the spike trigger, impedance magnitude and phase. */
const recordForm: RecordForm<SignalType> = { types: signalTypes, settingsBytes: 2 * 6 + 4 * 2 };

export interface RhdHeader {
  readonly major: number;
  readonly minor: number;
  /** Rate of the amplifiers, Hz. */
  readonly sampleRate: number;
  readonly notes: readonly string[];
  readonly temperatureSensors: number;
  readonly boardMode: number;
  readonly channels: ChannelTable<SignalType>;
  /** Length of the header: where data begin in the single-file layout. */
  readonly bytes: number;
}

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
  const channels = readGroups(at, recordForm);
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
