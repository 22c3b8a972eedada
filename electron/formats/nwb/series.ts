import type { Problem } from '../../../shared/contract/common.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { formatFault } from '../file-faults.ts';
import type { Hdf5Array, Hdf5File, Hdf5Object } from '../hdf5/hdf5.ts';
import { wordOf, type TimeDimension } from '../hdf5/samples.ts';
import type { Value } from '../hdf5/values.ts';
import { shouldFix } from '../problems.ts';
import type { WideWord } from '../word-decoder.ts';
import { readTimes, type TimeSegment } from './times.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

/** A series of samples as NWB keeps it: value = stored x conversion x channel conversion + offset. */
export interface Series {
  /** `/acquisition/ElectricalSeries` */
  readonly path: string;
  /** `ElectricalSeries`, `SpatialSeries`, ... */
  readonly type: string;
  readonly array: Hdf5Array;
  readonly word: WideWord;
  readonly time: TimeDimension;
  readonly samples: number;
  readonly units: string;
  readonly gains: readonly number[];
  readonly offset: number;
  readonly labels: readonly string[];
  /** Names of the groups of their electrodes by channel; empty where the file tells none. */
  readonly groups: readonly string[];
  readonly sampleRate: number;
  readonly segments: readonly TimeSegment[];
}

/** More columns than any probe has: a picture, not channels. */
const MAX_CHANNELS = 20_000;
const units: Readonly<Record<string, string>> = { volts: 'V', amperes: 'A', seconds: 's', meters: 'm', ohms: 'Ohm' };

/** Whether a group holds samples along time. */
export function isSeries(file: Hdf5File, object: Hdf5Object): boolean {
  const names = file.names(object);
  return names.includes('data') && (names.includes('starting_time') || names.includes('timestamps'));
}

/** What a group says it is; NWB 1 has `ancestry` instead. */
export function typeOf(file: Hdf5File, object: Hdf5Object): string {
  const attributes = file.attributes(object);
  const ancestry = attributes.get('ancestry');
  const last = Array.isArray(ancestry) ? (ancestry.at(-1) as Value) : null;
  return textOf(attributes.get('neurodata_type')) || textOf(last ?? undefined);
}

export function textOf(value: Value | undefined): string {
  if (Array.isArray(value)) return textOf(value[0] as Value);
  return typeof value === 'string' ? value : '';
}

function numberOf(value: Value | undefined, otherwise: number): number {
  if (Array.isArray(value)) return numberOf(value[0] as Value, otherwise);
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/**
 * Reads the head of a series. What is wrong with it becomes a problem, and the others are still read.
 * @returns null where it holds no samples of channels: empty, pictures, texts
 */
export function readSeries(file: Hdf5File, object: Hdf5Object, problems: Problem[]): Series | null {
  try {
    return parseSeries(file, object, problems);
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    problems.push(shouldFix(error.code, `${object.path} is left out: ${error.message}`, file.source.path));
    return null;
  }
}

function parseSeries(file: Hdf5File, object: Hdf5Object, problems: Problem[]): Series | null {
  const leaveOut = (why: string) => {
    problems.push(shouldFix('format.unsupported', `${object.path} is left out: ${why}.`, file.source.path));
    return null;
  };
  const data = file.find('data', object);
  if (data === undefined) return leaveOut('its samples lie in another file, or nowhere');
  const array = file.array(data);
  const { shape } = array;
  if (shape.some((size) => size === 0)) return null;
  const word = wordOf(array.type);
  if (word === null || shape.length === 0) return null;
  if (shape.length > 2) return leaveOut(`its samples have ${shape.length} dimensions, as pictures have`);
  if (array.layout.kind === 'contiguous' && array.layout.address === null)
    return leaveOut('its samples were never written');
  requireHeld(file, array);
  const time = timeDimension(file, object, shape);
  if (time === 1) {
    const message = `${object.path} keeps channels as rows, against the rules of NWB; it is read so.`;
    problems.push(shouldFix('recording.transposed', message, file.source.path));
  }
  const samples = shape[time] ?? 0;
  const channels = shape.length === 1 ? 1 : (shape[1 - time] ?? 1);
  if (channels > MAX_CHANNELS) return leaveOut(`it has ${channels} channels`);
  const times = readTimes(file, object, samples, problems);
  if (times === null) return null;
  const attributes = file.attributes(data);
  const conversion = numberOf(attributes.get('conversion'), 1);
  const factors = channelConversions(file, object);
  const unit = textOf(attributes.get('unit'));
  return {
    path: object.path,
    type: typeOf(file, object),
    array,
    word,
    time,
    samples,
    units: ownValue(units, unit.toLowerCase()) ?? unit,
    gains: Array.from({ length: channels }, (_, channel) => conversion * (factors[channel] ?? 1)),
    offset: numberOf(attributes.get('offset'), 0),
    ...channelNames(file, object, channels),
    ...times,
  };
}

/** Nothing that is stored grows more than that by inflating it. */
const MAX_INFLATION = 1100;

/** A shape that claims more samples than the file can hold is damage: walking them would never end. */
function requireHeld(file: Hdf5File, { path, shape, type, layout }: Hdf5Array): void {
  const claimed = shape.reduce((product, size) => product * size, type.size);
  const { size } = file.source;
  const held =
    layout.kind === 'compact'
      ? layout.data.length
      : layout.kind === 'contiguous'
        ? Math.min(layout.bytes, size - (layout.address ?? 0))
        : size * MAX_INFLATION;
  if (claimed <= held) return;
  const sentence = `${path} claims ${claimed} bytes of samples, more than the file holds.`;
  throw formatFault('format.truncated', file.source.path, sentence, { field: path, needed: claimed, size });
}

/**
 * Rows are time. Early MatNWB wrote the transpose: told by time stamps as many as columns, or by no more rows than the
 * table of electrodes has, and more columns.
 */
function timeDimension(file: Hdf5File, object: Hdf5Object, shape: readonly number[]): TimeDimension {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || rows >= columns) return 0;
  const stamps = file.find('timestamps', object);
  if (stamps !== undefined) {
    const count = file.array(stamps).shape[0];
    return count !== rows && count === columns ? 1 : 0;
  }
  const ids = file.find('/general/extracellular_ephys/electrodes/id');
  const electrodes = ids === undefined ? 0 : (file.array(ids).shape[0] ?? 0);
  return file.find('electrodes', object) !== undefined && rows <= electrodes && columns > electrodes ? 1 : 0;
}

function channelConversions(file: Hdf5File, object: Hdf5Object): number[] {
  const factors = file.find('channel_conversion', object);
  return factors === undefined ? [] : file.values(factors).map((value) => numberOf(value, 1));
}

/** Names and groups of the electrodes of an ElectricalSeries, by the rows of the electrodes table that it names. */
function channelNames(file: Hdf5File, object: Hdf5Object, channels: number): Pick<Series, 'labels' | 'groups'> {
  const name = object.path.split('/').at(-1) ?? '';
  const plain = Array.from({ length: channels }, (_, channel) => (channels === 1 ? name : `${name} ${channel + 1}`));
  const region = file.find('electrodes', object);
  if (region === undefined || file.isGroup(region)) return { labels: plain, groups: [] };
  const rows = file.values(region);
  if (rows.length !== channels || rows.some((row) => typeof row !== 'number')) return { labels: plain, groups: [] };
  const column = (wanted: string) => {
    const found = file.find(`/general/extracellular_ephys/electrodes/${wanted}`);
    return found === undefined ? [] : file.values(found);
  };
  const [names, ids, groups] = [[...column('channel_name'), ...column('label')], column('id'), column('group_name')];
  const groupOf = (row: Value) => textOf(groups[Number(row)]);
  const labels = rows.map((row, channel) => {
    const at = Number(row);
    const electrode = textOf(names[at]) || (typeof ids[at] === 'number' ? `electrode ${ids[at]}` : '');
    return electrode === '' ? (plain[channel] ?? '') : [groupOf(row), electrode].filter(Boolean).join(' ');
  });
  return { labels, groups: rows.map(groupOf) };
}
