import { basename, extname } from 'node:path';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { isSampled } from '../../../shared/model/channels.ts';

/** What the devices of a format are called: `intan1`, `intan2`, ... */
const deviceNames: Readonly<Record<string, string>> = {
  'intan-rhd': 'intan',
  'intan-rhs': 'intan',
  'ced-smr': 'spike2',
  'ced-smrx': 'spike2',
  'openephys-binary': 'openephys',
  'openephys-legacy': 'openephys',
};

/**
 * Names the device of each recording. Recordings of one format, file layout, make and list of sampled channels are of
 * one device; devices are numbered in the order in which they appear. NDI finds the recordings of a device by the names
 * of their files: those of one format whose main files have one name must be of one device, whatever their channels.
 */
export function proposeDevices(recordings: readonly RecordingInfo[]): string[] {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const rootOf = joinedLayouts(recordings);
  return recordings.map((recording) => {
    const layout = rootOf(deviceLayout(recording));
    const known = names.get(layout);
    if (known !== undefined) return known;
    const kind = deviceNames[recording.format] ?? plainName(recording.format);
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const name = `${kind}${number}`;
    names.set(layout, name);
    return name;
  });
}

/** Layouts that share the name of a main file are one: tells the layout that stands for all of them. */
function joinedLayouts(recordings: readonly RecordingInfo[]): (layout: string) => string {
  const above = new Map<string, string>();
  const rootOf = (layout: string): string => {
    const next = above.get(layout);
    return next === undefined ? layout : rootOf(next);
  };
  const layouts = new Map<string, string>();
  for (const recording of recordings) {
    const key = [recording.format, isFolderLayout(recording), mainFileName(recording)].join('|');
    const root = rootOf(deviceLayout(recording));
    const other = rootOf(layouts.get(key) ?? root);
    if (other !== root) above.set(root, other);
    layouts.set(key, other);
  }
  return rootOf;
}

/** Name of the file by which NDI knows a recording: of a folder the first that tells it. */
export function mainFileName({ files, path }: Pick<RecordingInfo, 'files' | 'path'>): string {
  return basename(files[0] ?? path);
}

/** A text that is equal for recordings of one device. */
function deviceLayout(recording: RecordingInfo): string {
  const channels = recording.channels
    .filter((channel) => isSampled(channel.type))
    .map((channel) => `${channel.name}@${channel.sampleRate ?? 0}`);
  const files = isFolderLayout(recording) ? 'folder' : fileEndings(recording).join('+');
  return [recording.format, recording.device, files, ...channels].join('|');
}

/** Whether the recording is a folder of files (Intan's other two layouts) and opened by the folder. */
export function isFolderLayout(recording: Pick<RecordingInfo, 'path' | 'files'>): boolean {
  return !recording.files.includes(recording.path);
}

/** Endings of a recording's files, main file first. */
function fileEndings(recording: Pick<RecordingInfo, 'files'>): string[] {
  return recording.files.map((file) => extname(file).toLowerCase());
}

function plainName(format: string): string {
  return format.replaceAll(/[^a-z]/gi, '') || 'device';
}
