import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { formatDeviceString } from '../../../shared/model/device-string.ts';
import { toFileError } from '../../files/file-faults.ts';
import { readSmallText } from '../../files/whole-files.ts';
import { isProbeType } from '../../../shared/model/probe-types.ts';

/** Probe maps that are made from the files that the Van Hooser laboratory writes beside its recordings. */
export const VHLAB_MAP_CLASS = 'ndi.setup.epoch.epochprobemap_daqsystem_vhlab';

const TRIGGER_LOG = '_stimulus_triggers_log.tsv';
const GROUPING = /^(vhspike2|vhintan|vhlv|vhwillow)_channelgrouping\.txt$/i;

/**
 * The rows that the laboratory's files mean (daq-epochs-time reference, section 4.7).
 * @param path the file of the epoch by which its map is known
 * @throws NdiError document.invalid, path.*
 */
export function vhlabProbeMap(path: string): ProbeMapEntry[] {
  const name = basename(path);
  const grouping = GROUPING.exec(name)?.[1]?.toLowerCase();
  const device = bpodDevice(path);
  if (name.endsWith(TRIGGER_LOG)) return stimulator(path, device, ['mk1', 'mk2', 'mk3', 'e1', 'e2', 'md1']);
  if (name === 'stimtimes.txt') {
    return stimulator(path, 'vhvis_spike2', ['mk1', 'mk2', 'mk3', 'e1', 'e2', 'e3', 'md1']);
  }
  if (name === 'vhtaste_sync.txt') {
    return [row(path, { name: 'vhtaste_sync', reference: 1, type: 'event', deviceString: 'vhtaste_sync:dep1' })];
  }
  if (name === 'reference.txt') return imaged(path);
  if (grouping !== undefined) return grouped(path, grouping);
  throw unusable(path, 'it is none of the files from which probe maps of this laboratory are made.');
}

const row = (path: string, entry: Omit<ProbeMapEntry, 'subject'>): ProbeMapEntry => {
  return { ...entry, subject: subjectBeside(path) };
};

function stimulator(path: string, device: string, channels: readonly string[]): ProbeMapEntry[] {
  return channels.map((channel) =>
    row(path, { name: device, reference: 1, type: 'stimulator', deviceString: `${device}:${channel}` }),
  );
}

/** Logs of the taste rig lie in a folder below the recording of its Intan device; others below a run of SpikeGLX. */
function bpodDevice(path: string): string {
  const names = namesIn(dirname(dirname(path)));
  return names.some((name) => extname(name).toLowerCase() === '.rhd') ? 'vhtaste_bpod' : 'vhajbpod_np';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw toFileError(error, folder);
  }
}

/** First line of `subject.txt` above the folder of the epoch; that of a log lies one folder deeper. */
function subjectBeside(path: string): string {
  const above = dirname(dirname(path));
  const file = join(path.endsWith(TRIGGER_LOG) ? dirname(above) : above, 'subject.txt');
  const text = readSmallText(file);
  if (text === null) throw unusable(file, 'the file that names the subject is not there.');
  const subject = text.split(/\r?\n/)[0]?.trim() ?? '';
  if (subject.includes('@') && !subject.includes(' ')) return subject;
  throw unusable(file, `"${subject.slice(0, 100)}" does not name a subject as name@laboratory.`);
}

/** Probes of a two-photon microscope: the rows of `reference.txt` that say so. */
function imaged(path: string): ProbeMapEntry[] {
  return readTable(path, ['name', 'ref', 'type'])
    .filter(([, , type]) => type === 'prairieTP')
    .map(([name = '', reference]) =>
      row(path, {
        name,
        reference: Number(reference),
        type: 'two-photon-imaging',
        deviceString: 'vhprairieview:image1',
      }),
    );
}

/** Probes by the channels to which they are wired, of the kinds that `reference.txt` beside tells. */
function grouped(path: string, device: string): ProbeMapEntry[] {
  const kinds = readTable(join(dirname(path), 'reference.txt'), ['name', 'ref', 'type']);
  return readTable(path, ['name', 'ref', 'channel_list']).map(([name = '', reference = '', list = '']) => {
    const found = kinds.filter((kind) => kind[0] === name && Number(kind[1]) === Number(reference));
    const [kind, ...others] = found.map(([, , type = '']) => type);
    if (kind === undefined || others.length > 0) {
      throw unusable(path, `reference.txt names ${name} ${reference} ${found.length} times, not once.`);
    }
    const channels = numbersOf(list).map((number) => ({ type: 'ai', number }));
    if (channels.length === 0) throw unusable(path, `"${list}" is no list of channels.`);
    const deviceString = formatDeviceString({ device, channels });
    return row(path, { name, reference: Number(reference), type: probeType(path, kind), deviceString });
  });
}

function probeType(path: string, kind: string): string {
  if (isProbeType(kind)) return kind;
  if (/^(singleEC|ntrode)$/i.test(kind)) return 'n-trode';
  throw unusable(path, `probes of the kind "${kind}" are not known.`);
}

/** Numbers as MATLAB writes a row of them: `1 2 3`, `[1 2 3]`, `1:4`. */
function numbersOf(text: string): number[] {
  const items = text
    .replace(/[[\]]/g, ' ')
    .split(/[\s,]+/)
    .filter((item) => item !== '');
  return items.flatMap((item) => {
    const [, first = '', last = first] = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(item) ?? [];
    const count = first === '' ? 0 : Number(last) - Number(first) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, at) => Number(first) + at);
  });
}

/** Rows of a tab-separated text with these columns, in this order. */
function readTable(path: string, columns: readonly string[]): string[][] {
  const text = readSmallText(path);
  if (text === null) throw unusable(path, 'the file is not there.');
  const [head = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim()));
  const places = columns.map((column) => head.indexOf(column));
  if (places.includes(-1)) throw unusable(path, `its first line has not the columns ${columns.join(', ')}.`);
  return rows.map((cells) => places.map((place) => cells[place] ?? ''));
}

function unusable(path: string, why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The probe map cannot be made from ${path}: ${why}`,
    recovery: 'Correct the file; the epoch is shown without probes until then.',
    details: { path },
  });
}
