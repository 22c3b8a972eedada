import { basename, dirname, relative, sep } from 'node:path';
import type { ScannedEpoch, ScannedRecording } from '../../../shared/contract/imports.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { channelPrefixes, isSampled } from '../../../shared/model/channels.ts';
import { formatDeviceString } from '../../../shared/model/device-string.ts';
import { naturalOrder } from '../../../shared/model/natural-order.ts';
import { isFolderLayout, proposeDevices } from './devices.ts';
import { supposedProbes } from './probes.ts';
import { readerFor, sessionClocks } from './readers.ts';

/** A recording as the preview shows it, with the headers that it was made of. */
export interface GroupedRecording extends ScannedRecording {
  readonly info: RecordingInfo;
}

export interface Grouping {
  readonly recordings: GroupedRecording[];
  readonly epochs: ScannedEpoch[];
}

/**
 * Sorts the recordings of a folder into epochs and devices. A recording (the files of one stem, or a folder of files)
 * is one epoch of one device; its key is its path below the folder, with forward slashes.
 */
export function groupRecordings(folder: string, found: readonly RecordingInfo[]): Grouping {
  const infos = [...found].sort((a, b) => naturalOrder.compare(a.path, b.path));
  const devices = proposeDevices(infos);
  const recordings = infos.map((info, index) => scannedRecording(folder, info, devices[index] ?? info.format));
  const epochs = infos.map((recording, index) => ({
    key: keyOf(folder, recording.path),
    folder: isFolderLayout(recording) ? recording.path : dirname(recording.path),
    device: devices[index] ?? recording.format,
    files: recording.files,
    duration: durationOf(recording),
  }));
  return { recordings, epochs };
}

function scannedRecording(folder: string, info: RecordingInfo, device: string): GroupedRecording {
  return {
    info,
    key: keyOf(folder, info.path),
    format: info.format,
    formatName: info.formatName,
    version: info.version,
    path: info.path,
    files: info.files,
    why: info.why,
    epoch: keyOf(folder, info.path),
    device,
    make: info.device,
    reader: readerFor(info.format),
    channels: info.channels.filter((channel) => channel.type !== 'time').length,
    channelList: channelListOf(info),
    probes: supposedProbes(device, info),
    sampleRate: highestRate(info),
    duration: durationOf(info),
    clocks: sessionClocks(info),
    problems: info.problems,
  };
}

/** All channels but those of time, as a device string lists them. */
function channelListOf({ channels }: RecordingInfo): string {
  const listed = channels
    .filter(({ type }) => type !== 'time')
    .map(({ type, number }) => ({ type: channelPrefixes[type], number }));
  return listed.length === 0 ? '' : formatDeviceString({ device: 'x', channels: listed }).slice(2);
}

/** A path below a folder, with forward slashes. */
export function keyOf(folder: string, path: string): string {
  const below = relative(folder, path) || basename(path);
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
