import type { ChannelType } from '../../../shared/contract/recordings.ts';
import { formatFault } from '../file-faults.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

/** One line of `channel_list.bin`: physical = (raw - offset) x scale. */
export interface IngestedChannel {
  readonly name: string;
  readonly type: ChannelType;
  readonly number: number;
  readonly timeChannel: number | null;
  /** NaN for events. */
  readonly sampleRate: number;
  readonly offset: number;
  readonly scale: number;
  readonly group: number;
  readonly dataClass: string;
}

const columns = ['name', 'type', 'time_channel', 'sample_rate', 'offset', 'scale', 'number', 'group', 'dataclass'];
const types: readonly string[] = [
  'analog_in',
  'analog_out',
  'auxiliary_in',
  'digital_in',
  'digital_out',
  'event',
  'marker',
  'text',
  'time',
];
/** NDI writes the short word; older data have the long one. */
const otherNames: Readonly<Record<string, string>> = { auxiliary: 'auxiliary_in', aux_in: 'auxiliary_in' };

/** @throws NdiError format.invalid naming the line */
export function parseChannelList(text: string, path: string): IngestedChannel[] {
  const [head = '', ...lines] = text.split(/\r?\n/);
  const names = head.split('\t').map((name) => name.trim().toLowerCase());
  const place = new Map(columns.map((column) => [column, names.indexOf(column)]));
  const missing = columns.find((column) => (place.get(column) ?? -1) < 0);
  if (missing !== undefined) {
    throw formatFault('format.invalid', path, `its list of channels has no column "${missing}".`, { field: missing });
  }
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const cells = line.split('\t');
    const cell = (column: string) => (cells[place.get(column) ?? -1] ?? '').trim();
    const type = ownValue(otherNames, cell('type')) ?? cell('type');
    const [number, group] = [Number(cell('number')), Number(cell('group'))];
    if (!types.includes(type) || !Number.isSafeInteger(number) || !Number.isSafeInteger(group)) {
      const sentence = `line ${index + 2} of its list of channels cannot be read: "${line}".`;
      throw formatFault('format.invalid', path, sentence, { field: 'channel_list.bin', value: index + 2 });
    }
    const key = `${type} ${number}`;
    if (seen.has(key)) {
      const sentence = `line ${index + 2} of its list of channels names the channel ${key} once more.`;
      throw formatFault('format.invalid', path, sentence, { field: 'channel_list.bin', value: index + 2 });
    }
    seen.add(key);
    const timeChannel = Number(cell('time_channel'));
    return [
      {
        name: cell('name'),
        type: type as ChannelType,
        number,
        timeChannel: Number.isSafeInteger(timeChannel) && timeChannel > 0 ? timeChannel : null,
        sampleRate: Number(cell('sample_rate') || NaN),
        offset: Number(cell('offset') || 0),
        scale: Number(cell('scale') || 1),
        group,
        dataClass: cell('dataclass'),
      },
    ];
  });
}

export function formatChannelList(channels: readonly IngestedChannel[]): string {
  const lines = channels.map((one) => {
    const time = one.timeChannel === null ? 'NaN' : String(one.timeChannel);
    const cells = [one.name, one.type, time, number(one.sampleRate), number(one.offset), number(one.scale)];
    return [...cells, String(one.number), String(one.group), one.dataClass].join('\t');
  });
  return [columns.join('\t'), ...lines, ''].join('\n');
}

function number(value: number): string {
  return Number.isNaN(value) ? 'NaN' : String(value);
}

/** Beginning of the names of the files that hold a channel type's segments. */
export function segmentPrefix(type: ChannelType): string {
  if (type === 'analog_in') return 'ai';
  if (type === 'analog_out') return 'ao';
  if (type === 'auxiliary_in') return 'ax';
  if (type === 'digital_in' || type === 'digital_out') return 'di';
  return type === 'time' ? 'ti' : 'evmktx';
}

/** Channels that NDI keeps in one group of files (reference, section 9.2). */
const groupSizes: Readonly<Partial<Record<ChannelType, number>>> = {
  analog_in: 400,
  analog_out: 400,
  auxiliary_in: 400,
  digital_in: 512,
  digital_out: 512,
};
const OTHER_GROUP_SIZE = 100_000;

/** The group of a channel, as NDI counts: `ai399` is in group 1 and `ai400` in group 2. */
export function groupOf(type: ChannelType, number: number): number {
  return 1 + Math.floor(number / (groupSizes[type] ?? OTHER_GROUP_SIZE));
}

export function segmentName(type: ChannelType, group: number, segment: number): string {
  return `${segmentPrefix(type)}_group${group}_seg.nbf_${segment}`;
}
