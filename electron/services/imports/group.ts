import { basename, dirname, relative, sep } from 'node:path';
import type { ScannedEpoch, ScannedRecording } from '../../../shared/contract/imports.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { isSampled } from '../../../shared/model/channels.ts';
import { isFolderLayout, proposeDevices } from './devices.ts';
import { sessionClocks } from './readers.ts';

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
    duration: durationOf(recording),
    recording,
  }));
  return { recordings, epochs };
}

function scannedRecording(folder: string, info: RecordingInfo, device: string): ScannedRecording {
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
    duration: durationOf(info),
    clocks: sessionClocks(info),
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

/** Seconds that the recording says it runs, else from the first sample to the end of the last one, with pauses. */
function durationOf(info: RecordingInfo): number {
  const rate = highestRate(info);
  if (info.extent !== undefined) return info.extent.t1 - info.extent.t0;
  if (info.segments.length === 0 || rate === null) return 0;
  const [only] = info.segments;
  if (only !== undefined && info.segments.length === 1) return only.samples / rate;
  const first = Math.min(...info.segments.map((segment) => segment.t0));
  const last = Math.max(...info.segments.map((segment) => segment.t1));
  return last - first + 1 / rate;
}
