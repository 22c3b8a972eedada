import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { note, shouldFix } from '../problems.ts';
import type { AbfHeader } from './abf-header.ts';

/** A stretch without a gap: a sweep, an event, or a whole gap-free recording. */
export interface Sweep {
  /** Multiplexed samples before it. */
  readonly base: number;
  /** Samples of each channel. */
  readonly samples: number;
  /** Seconds from the start of the recording. */
  readonly t0: number;
}

/** More sweeps than this is no recording. */
const MAX_SWEEPS = 1_000_000;

/** Finds the sweeps and what of them is in the file. @throws NdiError format.* */
export function findSweeps(file: FileBytes, header: AbfHeader): { sweeps: Sweep[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const available = presentSamples(file, header, problems);
  const isCut = available < header.data.count - (header.data.count % header.channels.length);
  const entries = readSynch(file, header, isCut, problems);
  const planned = entries === null ? equalSweeps(header, problems) : timedSweeps(header, entries, file.path, problems);
  const sweeps: Sweep[] = [];
  let beyond = 0;
  for (const sweep of planned) {
    const present = Math.min(sweep.samples, Math.floor((available - sweep.base) / header.channels.length));
    if (present < sweep.samples) beyond += 1;
    if (present > 0) sweeps.push({ ...sweep, samples: present });
  }
  if (beyond > 0 && !isCut) {
    const message = `${beyond} of ${planned.length} sweeps reach beyond the ${header.data.count} samples: they are cut.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  return { sweeps, problems };
}

/** Multiplexed samples that are in the file, as whole multiples of the number of channels. */
function presentSamples(file: FileBytes, { data, word, channels }: AbfHeader, problems: Problem[]): number {
  const width = word === 'f32' ? 4 : 2;
  const there = Math.max(0, Math.floor((file.size - data.offset) / width));
  const whole = (samples: number) => samples - (samples % channels.length);
  if (there < data.count) {
    const left = file.size - data.offset - whole(there) * width;
    const message =
      `The file ends early: ${whole(there) / channels.length} of ${data.count / channels.length} samples a channel ` +
      `are there${left > 0 ? `; ${left} bytes at the end are left out` : ''}.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  return whole(Math.min(there, data.count));
}

interface SynchEntry {
  readonly start: number;
  readonly length: number;
}

/** The synch array, or null where there is none. It lies behind the data: a file that is cut has lost it. */
function readSynch(file: FileBytes, { synch }: AbfHeader, isCut: boolean, problems: Problem[]): SynchEntry[] | null {
  if (synch === null) return null;
  if (synch.offset + 8 > file.size && isCut) {
    problems.push(
      shouldFix('format.truncated', 'The times of its sweeps are lost with the end of the file.', file.path),
    );
    return null;
  }
  if (synch.offset > file.size || synch.count > MAX_SWEEPS) {
    const message = `the synch array (${synch.count} entries at byte ${synch.offset}) lies outside the file.`;
    throw formatFault('format.truncated', file.path, message, {
      field: 'the synch array',
      value: synch.count,
      offset: synch.offset,
      size: file.size,
    });
  }
  const count = Math.min(synch.count, Math.floor((file.size - synch.offset) / 8));
  if (count < synch.count) {
    const message = `The file ends inside the synch array: ${count} of ${synch.count} sweeps are known.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  const entries: SynchEntry[] = [];
  for (let index = 0; index < count; index++) {
    const at = synch.offset + 8 * index;
    const view = file.view(at, 8, 'the synch array');
    const [start, length] = [view.getInt32(0, true), view.getInt32(4, true)];
    if (start < 0 || length < 0) {
      const message = `sweep ${index + 1} starts at ${start} and has ${length} samples (byte ${at}).`;
      throw formatFault('format.invalid', file.path, message, { field: 'the synch array', value: start, offset: at });
    }
    entries.push({ start, length });
  }
  return entries;
}

/** Sweeps without times: gap-free is one, the others follow each other. */
function equalSweeps(header: AbfHeader, problems: Problem[]): Sweep[] {
  const channels = header.channels.length;
  const total = Math.floor(header.data.count / channels);
  if (header.mode === 3) return [{ base: 0, samples: total, t0: 0 }];
  const each = header.samplesPerSweep > 0 ? header.samplesPerSweep : header.data.count / Math.max(1, header.sweeps);
  const samples = Math.floor(each / channels);
  if (samples < 1 || total / samples > MAX_SWEEPS) return [{ base: 0, samples: total, t0: 0 }];
  const sweeps: Sweep[] = [];
  for (let first = 0; first < total; first += samples) {
    sweeps.push({
      base: first * channels,
      samples: Math.min(samples, total - first),
      t0: first / header.sampleRate,
    });
  }
  if (sweeps.length > 1) {
    const message = 'The file does not tell when its sweeps began: each is placed right after the one before.';
    problems.push(note('recording.assumedTimes', message));
  }
  return sweeps;
}

function timedSweeps(header: AbfHeader, entries: readonly SynchEntry[], path: string, problems: Problem[]): Sweep[] {
  const channels = header.channels.length;
  const scale = lengthScale(header, entries);
  const unit = startUnit(header, entries);
  let base = 0;
  const sweeps = entries.map(({ start, length }): Sweep => {
    const multiplexed = Math.round(length * scale);
    const sweep = { base, samples: Math.floor(multiplexed / channels), t0: (start * unit) / 1e6 };
    base += multiplexed;
    return sweep;
  });
  const lengthOf = (sweep: Sweep) => (sweep.samples - 1.5) / header.sampleRate;
  if (sweeps.every((sweep, index) => index === 0 || sweep.t0 >= endOf(sweeps[index - 1], lengthOf))) return sweeps;
  const message = 'The starts of its sweeps go back in time: each sweep is placed right after the one before.';
  problems.push(shouldFix('format.invalid', message, path));
  let samples = 0;
  return sweeps.map((sweep) => {
    const t0 = samples / header.sampleRate;
    samples += sweep.samples;
    return { ...sweep, t0 };
  });
}

function endOf(sweep: Sweep | undefined, lengthOf: (sweep: Sweep) => number): number {
  return sweep === undefined ? -Infinity : sweep.t0 + lengthOf(sweep);
}

/**
 * Some writers of event-driven files store lengths, too, in units of time: told by lengths that do not add up to the
 * number of samples.
 */
function lengthScale({ mode, synchUnit, interval, data }: AbfHeader, entries: readonly SynchEntry[]): number {
  if (mode !== 1 || !(synchUnit > 0)) return 1;
  const sum = entries.reduce((total, { length }) => total + length, 0);
  return sum === data.count ? 1 : synchUnit / interval;
}

/**
 * Microseconds of one unit of a start. Without a unit it counts multiplexed samples; but where sweeps would not have
 * room between two starts, samples of one channel.
 */
function startUnit({ synchUnit, interval, channels }: AbfHeader, entries: readonly SynchEntry[]): number {
  if (synchUnit > 0) return synchUnit;
  const isTight = entries.some(({ start }, index) => {
    const before = entries[index - 1];
    return before !== undefined && start - before.start < before.length;
  });
  return (isTight ? channels.length : 1) * interval;
}
