import { NdiError } from './errors.ts';

/**
 * Which channels of which device recorded a probe, as epoch probe maps write it: `intan1:ai1-16;di2`,
 * `dev:aep1-3_t2.5`. Order and duplicates of channels count: they decide the order of a probe's columns.
 */
export interface DeviceString {
  /** Name of the DAQ system. */
  readonly device: string;
  readonly channels: readonly DeviceChannel[];
}

interface DeviceChannel {
  /** Prefix of the channel type: `ai`, `di`, `mk`, `dep`, `aep`, ... */
  readonly type: string;
  /** 1-based. */
  readonly number: number;
  /** Only for events and marks on analog channels. */
  readonly threshold?: string;
}

const SEGMENT = /^([A-Za-z]+)([\d,-]+)(?:_t([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?))?$/;
const THRESHOLDED = new Set(['aep', 'aen', 'aimp', 'aimn']);
const MOST_CHANNELS = 100_000;
/** Of a channel: event channels of some formats are numbered by device codes of 32 bits. */
const MOST_NUMBER = 2 ** 32;

/**
 * Reads a device string; white space counts nothing.
 * @throws NdiError document.invalid naming what is wrong
 */
export function parseDeviceString(text: string): DeviceString {
  const compact = text.replace(/\s+/g, '');
  const [device = '', list, ...more] = compact.split(':');
  if (device === '') throw invalid(text, 'it does not begin with the name of a device');
  if (list === undefined) throw invalid(text, 'there is no ":" after the name of the device');
  if (more.length > 0) throw invalid(text, 'there is more than one ":"');
  const segments = list.split(';');
  if (segments.length > 1 && segments.at(-1) === '') segments.pop();
  const channels = segments.flatMap((segment) => parseSegment(text, segment));
  if (channels.length > MOST_CHANNELS) throw invalid(text, `it names more than ${MOST_CHANNELS} channels`);
  return { device, channels };
}

function parseSegment(text: string, segment: string): DeviceChannel[] {
  if (segment === '') throw invalid(text, 'a group of channels is empty');
  const match = SEGMENT.exec(segment);
  if (match === null) throw invalid(text, `"${segment}" is not a channel type followed by channel numbers`);
  const [, type = '', list = '', threshold] = match;
  if (threshold !== undefined && !THRESHOLDED.has(type)) {
    throw invalid(text, `"${type}" takes no threshold (only ${[...THRESHOLDED].join(', ')} do)`);
  }
  const numbers: number[] = [];
  for (const item of list.split(',')) {
    for (const number of parseItem(text, item)) numbers.push(number);
    if (numbers.length > MOST_CHANNELS) throw invalid(text, `it names more than ${MOST_CHANNELS} channels`);
  }
  return numbers.map((number) => (threshold === undefined ? { type, number } : { type, number, threshold }));
}

function parseItem(text: string, item: string): number[] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(item);
  if (match === null) throw invalid(text, `"${item}" is no channel number or range`);
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (first < 1) throw invalid(text, 'channels are counted from 1');
  if (last > MOST_NUMBER) throw invalid(text, `the channel number in "${item}" is too large`);
  if (last < first) throw invalid(text, `the range "${item}" runs backwards`);
  if (last - first >= MOST_CHANNELS) throw invalid(text, `the range "${item}" is too long`);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

function invalid(text: string, why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The device string "${text.slice(0, 200)}" cannot be read: ${why}.`,
    recovery: 'Write it as device:type and channel numbers, for example intan1:ai1-16;di2.',
    details: { value: text.slice(0, 1000) },
  });
}

/** Writes a device string: neighbours of one type share a group, ascending runs become ranges. */
export function formatDeviceString(value: DeviceString): string {
  const groups: { type: string; threshold: string | undefined; numbers: number[] }[] = [];
  for (const { type, number, threshold } of value.channels) {
    const last = groups.at(-1);
    if (last?.type === type && last.threshold === threshold) last.numbers.push(number);
    else groups.push({ type, threshold, numbers: [number] });
  }
  const parts = groups.map(({ type, threshold, numbers }) => {
    return `${type}${formatNumbers(numbers)}${threshold === undefined ? '' : `_t${threshold}`}`;
  });
  return `${value.device}:${parts.join(';')}`;
}

function formatNumbers(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}
