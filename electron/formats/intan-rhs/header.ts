import { HeaderCursor, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import {
  readGroups,
  readString,
  type ChannelTable,
  type IntanChannel,
  type RecordForm,
} from '../intan-rhd/channel-table.ts';

const RHS_MAGIC = 0xd69127ac;

type SignalType = 'amplifier' | 'adc' | 'dac' | 'digitalIn' | 'digitalOut';
export type RhsChannel = IntanChannel<SignalType>;

/**
 * Signal types of RHS (1 and 2, auxiliary inputs and supply voltages of RHD, do not occur). After the enabled flag: chip
 * channel, command stream, board stream, four of the spike trigger, impedance magnitude and phase.
 */
const recordForm: RecordForm<SignalType> = {
  types: ['amplifier', null, null, 'adc', 'dac', 'digitalIn', 'digitalOut'],
  settingsBytes: 2 * 7 + 4 * 2,
};

export interface RhsHeader {
  readonly major: number;
  readonly minor: number;
  /** Rate of all channels, Hz. */
  readonly sampleRate: number;
  /** Ampere a step of the stimulation current. */
  readonly stimulationStep: number;
  /** Whether the words of the DC amplifiers are in the file. */
  readonly dcSaved: boolean;
  readonly channels: ChannelTable<SignalType>;
  /** Length of the header: where data begin in the single-file layout. */
  readonly bytes: number;
}

/** @throws NdiError format.* naming the field */
export function readHeader(file: FileBytes): RhsHeader {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const at = new HeaderCursor(file);
  const magic = at.u32('the magic number');
  if (magic !== RHS_MAGIC) throw at.invalid('the magic number', magic.toString(16), 0, 'is not that of an RHS file');
  const major = at.i16('the major version');
  const minor = at.i16('the minor version');
  if (major < 1 || major > 3) {
    throw formatFault('format.unsupported', file.path, `version ${major}.${minor} of Intan RHS is not known.`, {
      field: 'version',
      value: `${major}.${minor}`,
      offset: 4,
    });
  }
  const sampleRate = at.f32('the sample rate');
  if (!(sampleRate > 0) || !Number.isFinite(sampleRate)) {
    throw at.invalid('the sample rate', sampleRate, 8, 'is not a positive number');
  }
  // Fixed offsets up to the notes: filter settings (12-47), impedance test (48-55), settle and charge recovery modes
  // (56-59), step size (60), limit and voltage of the charge recovery (64-71).
  at.at = 60;
  const stimulationStep = at.f32('the stimulation step size');
  if (!(stimulationStep >= 0) || !Number.isFinite(stimulationStep)) {
    throw at.invalid('the stimulation step size', stimulationStep, 60, 'is not a current');
  }
  at.at = 72;
  for (const number of [1, 2, 3]) readString(at, `note ${number}`);
  const dcSaved = at.i16('the flag of saved DC amplifiers') !== 0;
  at.i16('the board mode');
  readString(at, 'the reference channel');
  const channels = readGroups(at, recordForm);
  return { major, minor, sampleRate, stimulationStep, dcSaved, channels, bytes: at.at };
}
