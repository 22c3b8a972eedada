import { basename, dirname, relative, sep } from 'node:path';
import type { ScannedEpoch, ScannedRecording } from '../../../shared/contract/imports.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { isSampled } from '../../../shared/model/channels.ts';
import { isFolderLayout, proposeDevices } from './devices.ts';

export interface Grouping {
  readonly recordings: ScannedRecording[];
  readonly epochs: (ScannedEpoch & { recording: RecordingInfo })[];
}

/**
 * Sorts the recordings of a folder into epochs and devices. A recording (the files of one stem, or a folder of files)
 * is one epoch of one device; its key is its path below the folder, with forward slashes.
 */
export function groupRecordings(folder: string, found: readonly RecordingInfo[]): Grouping {
  const order = new Intl.Collator('en', { numeric: true });
  const infos = [...found].sort((a, b) => order.compare(a.path, b.path));
  const devices = proposeDevices(infos);
  const recordings = infos.map((info, index) => scannedRecording(folder, info, devices[index] ?? info.format));
  const epochs = infos.map((recording, index) => ({
    key: epochKey(folder, recording),
    folder: isFolderLayout(recording) ? recording.path : dirname(recording.path),
    device: devices[index] ?? recording.format,
    files: recording.files,
    duration: spanOf(recording).duration,
    recording,
  }));
  return { recordings, epochs };
}

function scannedRecording(folder: string, info: RecordingInfo, device: string): ScannedRecording {
  const span = spanOf(info);
  return {
    format: info.format,
    formatName: info.formatName,
    version: info.version,
    path: info.path,
    files: info.files,
    why: info.why,
    epoch: epochKey(folder, info),
    device,
    channels: info.channels.filter((channel) => channel.type !== 'time').length,
    sampleRate: highestRate(info),
    duration: span.duration,
    clocks: info.segments.length === 0 ? [] : [{ type: 'dev_local_time', t0: span.t0, t1: span.t1 }],
    problems: info.problems,
  };
}

function epochKey(folder: string, info: RecordingInfo): string {
  const below = relative(folder, info.path) || basename(info.path);
  return below.split(sep).join('/');
}

function highestRate(info: RecordingInfo): number | null {
  const rates = info.channels.filter((channel) => isSampled(channel.type)).map((channel) => channel.sampleRate ?? 0);
  return rates.length === 0 ? null : Math.max(...rates);
}

/** The epoch's own clock as a session will show it: Intan's starts at 0 (as NDI has it), Blackrock's keeps its stamps. */
function spanOf(info: RecordingInfo): { t0: number; t1: number; duration: number } {
  if (info.segments.length === 0) return { t0: 0, t1: 0, duration: 0 };
  const first = Math.min(...info.segments.map((segment) => segment.t0));
  const last = Math.max(...info.segments.map((segment) => segment.t1));
  const shift = info.format === 'intan-rhd' ? -first : 0;
  const rate = highestRate(info);
  return { t0: first + shift, t1: last + shift, duration: last - first + (rate === null ? 0 : 1 / rate) };
}
