import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, SignalEvent } from '../../../shared/contract/recordings.ts';
import { eventChannel } from '../channels.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import { note, shouldFix } from '../problems.ts';
import { HEADER_BYTES, readHeader, readStamp, type LegacyHeader } from './header.ts';

/** A channel of events, with all of them in the order of storage. */
export interface LegacyEvents {
  readonly channel: Channel;
  readonly events: readonly SignalEvent[];
}

const EVENT_BYTES = 16;
const TTL = 3;
/** A file of more events than this is refused: they are kept in memory. */
const MAX_EVENTS = 5_000_000;

/** Rate of the header, or of the stream that the file belongs to. @throws NdiError format.invalid without any */
function rateOf(header: LegacyHeader, ofStream: number | undefined, path: string): number {
  const told = Number(header.get('sampleRate') ?? NaN);
  const rate = told > 0 && Number.isFinite(told) ? told : ofStream;
  if (rate !== undefined) return rate;
  throw formatFault('format.invalid', path, 'neither it nor a channel beside it tells a sample rate.', {
    field: 'sampleRate',
    value: header.get('sampleRate') ?? '',
  });
}

function countRecords(file: FileBytes, bytes: number, problems: Problem[]): number {
  const records = Math.floor((file.size - HEADER_BYTES) / bytes);
  const trailing = file.size - HEADER_BYTES - records * bytes;
  if (trailing > 0) {
    const message = `The last record is not complete: ${trailing} bytes are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  if (records > MAX_EVENTS) {
    throw formatFault('format.unsupported', file.path, `it has ${records} records, more than ${MAX_EVENTS}.`, {
      field: 'records',
      value: records,
    });
  }
  return records;
}

/** `.events`: the lines of the digital inputs, from 1, negative where they fall. @throws NdiError format.*, path.* */
export function readTtl(
  path: string,
  number: number,
  streamRate: number | undefined,
  problems: Problem[],
): LegacyEvents {
  return withFile(path, (file) => {
    const rate = rateOf(readHeader(file), streamRate, path);
    const channel = eventChannel('marker', number, basename(path, '.events'));
    const events: SignalEvent[] = [];
    const records = countRecords(file, EVENT_BYTES, problems);
    for (let record = 0; record < records; record++) {
      const at = HEADER_BYTES + record * EVENT_BYTES;
      const view = file.view(at, EVENT_BYTES, 'an event');
      if (view.getUint8(10) !== TTL) continue;
      const line = view.getUint8(13) + 1;
      const time = readStamp(view, 0, path, at) / rate;
      events.push({ channel: channel.name, time, value: view.getUint8(12) === 1 ? line : -line });
    }
    return { channel, events };
  });
}

/** `.spikes`: one channel a file; values are the sorted cell (0: not sorted). @throws NdiError format.*, path.* */
export function readSpikes(
  path: string,
  number: number,
  streamRate: number | undefined,
  problems: Problem[],
): LegacyEvents {
  return withFile(path, (file) => {
    const header = readHeader(file);
    const version = header.get('version') ?? '';
    if (Number(version) < 0.4) {
      throw formatFault('format.unsupported', path, `spikes of version ${version} are not supported.`, {
        field: 'version',
        value: version,
      });
    }
    const rate = rateOf(header, streamRate, path);
    const channel = eventChannel('event', number, basename(path, '.spikes'));
    if (file.size < HEADER_BYTES + 23) return { channel, events: [] };
    const first = file.view(HEADER_BYTES, 23, 'the first spike');
    const [wires, samples] = [first.getUint16(19, true), first.getUint16(21, true)];
    // Head of 42 bytes, waveforms, gains, thresholds, recording number: all records of a file are equally long.
    const bytes = 42 + 2 * wires * samples + 4 * wires + 2 * wires + 2;
    const records = countRecords(file, bytes, problems);
    const events = Array.from({ length: records }, (_, record): SignalEvent => {
      const at = HEADER_BYTES + record * bytes;
      const view = file.view(at, 25, 'a spike');
      if (view.getUint8(0) !== 4 || view.getUint16(19, true) !== wires || view.getUint16(21, true) !== samples) {
        const message = `spike ${record + 1} (byte ${at}) is not of the form of the first one.`;
        throw formatFault('format.invalid', path, message, { field: 'a spike', value: view.getUint8(0), offset: at });
      }
      return { channel: channel.name, time: readStamp(view, 1, path, at + 1) / rate, value: view.getUint16(23, true) };
    });
    return { channel, events };
  });
}

/** Messages are typed by people: a file larger than this is none. */
const MAX_MESSAGE_BYTES = 16 << 20;

/** `messages.events`: lines of a sample number (with a comma from 0.6 on) and text. @throws NdiError path.*, format.* */
export function readMessages(
  path: string,
  rate: number | undefined,
  problems: Problem[],
): LegacyEvents & { readonly startedAt: string | null } {
  const channel = eventChannel('text', 1, 'messages');
  const text = readText(path);
  const events: SignalEvent[] = [];
  let startedAt: string | null = null;
  let lost = 0;
  for (const line of text.split(/\r?\n/).filter((line) => line.trim() !== '')) {
    const [, digits = '', words = ''] = /^\s*(\d{1,15}),?\s+(.*)$/.exec(line) ?? [];
    if (/^software time/i.test(words)) {
      // Milliseconds since 1970 from 0.6 on; ticks of a clock of the computer before.
      if (/since midnight Jan 1st 1970/i.test(words)) startedAt = dateOf(Number(digits));
    } else if (digits === '' || rate === undefined) lost += 1;
    else events.push({ channel: channel.name, time: Number(digits) / rate, value: words });
  }
  if (lost > 0) problems.push(note('format.invalid', `${lost} lines have no time that could be told: left out.`, path));
  return { channel, events, startedAt };
}

function dateOf(milliseconds: number): string | null {
  return milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : null;
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_MESSAGE_BYTES) throw formatFault('format.invalid', path, `${size} bytes are no list of messages.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw toReadFault(error, path);
  }
}
