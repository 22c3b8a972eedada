import type { Problem } from '../../shared/contract/common.ts';
import type { RecordingInfo, SignalSource } from '../../shared/contract/recordings.ts';
import { parseDerived } from '../../shared/model/derived-events.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { ElementTable, ElementTableEpoch } from '../ndi/epochs/element-signals.ts';
import { elementName } from '../ndi/epochs/elements.ts';

/**
 * The epoch of a probe or element that is meant: by its id, or by its number in the element's own table; where there is
 * one only, it needs no name. A device leaves those that it recorded.
 * @throws NdiError epoch.notFound, usage.invalid where more than one fits, document.duplicate
 */
export function chooseElementEpoch(
  element: ElementTable,
  { device, epoch }: Pick<SignalSource, 'device' | 'epoch'>,
): ElementTableEpoch {
  const offered = element.epochs
    .map((one, at) => ({ one, number: String(at + 1) }))
    .filter(({ one }) => device === undefined || sameText(deviceOf(one), device));
  const byId = offered.filter(({ one }) => epoch === undefined || sameText(one.epochId, epoch));
  const fitting = byId.length > 0 ? byId : offered.filter(({ number }) => number === epoch);
  const [found, ...others] = fitting.map(({ one }) => one);
  if (found === undefined) throw noEpoch(element, epoch);
  if (others.length === 0) return found;
  const names = fitting.slice(0, 5).map(({ one }) => [deviceOf(one), one.epochId].filter(Boolean).join(' / '));
  if (others.every(({ epochId, held }) => epochId === found.epochId && held.by === 'document')) {
    throw new NdiError({
      code: 'document.duplicate',
      message: `${fitting.length} documents of ${elementName(element)} hold the epoch ${found.epochId}.`,
      recovery: 'Remove all but one of them.',
      details: { epoch: found.epochId },
    });
  }
  throw new NdiError({
    code: 'usage.invalid',
    message: `${fitting.length} epochs of ${elementName(element)} could be meant: ${names.join(', ')}${fitting.length > 5 ? ', …' : ''}.`,
    recovery: 'Name the epoch, and the DAQ system (device) where two have epochs of one id.',
    details: { epochs: names },
  });
}

/** The DAQ system that recorded an epoch; empty for one that the element holds itself. */
export const deviceOf = ({ held }: ElementTableEpoch): string => (held.by === 'device' ? held.epoch.device : '');

/** The headers of a recording as those of an element: its channels only, in its order. */
export function ofElement(info: RecordingInfo, channels: readonly string[] | null): RecordingInfo {
  if (channels === null) return info;
  const own = channels.flatMap((name) => info.channels.filter((channel) => channel.name === name));
  const counts = own.flatMap(({ name }) => {
    const count = info.events[name];
    return count === undefined ? [] : [[name, count] as const];
  });
  const missing = channels.filter((name) => !isOffered(name, info));
  const problems = missing.length === 0 ? info.problems : [...info.problems, missingChannels(missing, info.path)];
  return { ...info, channels: [...new Set(own)], events: Object.fromEntries(counts), problems };
}

/** Events that are derived, and metadata, are no channels of a recording. */
function isOffered(name: string, { channels }: RecordingInfo): boolean {
  const source = parseDerived(name)?.[0]?.source ?? name;
  return /^md\d/.test(name) || channels.some((channel) => channel.name === source);
}

function missingChannels(names: readonly string[], path: string): Problem {
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
  const message = `The probe map names ${names.length} channels that the recording does not have: ${shown}.`;
  return { grade: 'shouldFix', code: 'channel.notFound', message, paths: [path] };
}

/** Whether a channel of this name holds events; others hold samples. */
export const isEvent = (name: string) => /^(e|mk|tx)\d/.test(name) || parseDerived(name) !== null;

/**
 * The channel list that is meant where an element has channels of its own.
 * @throws NdiError channel.notFound where none of them holds samples
 */
export function sampledOf(channels: readonly string[] | null, list: string): string {
  if (channels === null || list.trim() !== 'all') return list;
  const sampled = channels.filter((name) => !isEvent(name));
  if (sampled.length > 0) return sampled.join(',');
  throw new NdiError({
    code: 'channel.notFound',
    message: 'The probe holds events, not samples.',
    recovery: 'Ask for its events instead.',
    details: { channels: [...channels] },
  });
}

/** The same for events; empty where none of the channels holds any. */
export function eventsOf(channels: readonly string[] | null, list: string): string {
  return channels === null || list.trim() !== 'all' ? list : channels.filter(isEvent).join(',');
}

function noEpoch(element: ElementTable, epoch: string | undefined): NdiError {
  const ids = element.epochs.slice(0, 20).map(({ epochId }) => epochId);
  return new NdiError({
    code: 'epoch.notFound',
    message: `${elementName(element)} has no epoch${epoch === undefined ? 's' : ` ${epoch}`}.`,
    recovery: ids.length === 0 ? 'Nothing of it was recorded or stored yet.' : `It has ${ids.join(', ')}.`,
    details: { epoch: epoch ?? null, epochs: ids },
  });
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
