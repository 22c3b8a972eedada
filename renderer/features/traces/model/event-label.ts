import type { Channel, RecordingInfo, SignalEvent } from '../../../../shared/contract/recordings.ts';
import { t } from '../../../texts/translate.ts';

/** What an event says of itself: the code of a marker, the words of a comment, the unit of a spike. */
export function eventLabel(info: RecordingInfo, channel: Channel, value: SignalEvent['value']): string {
  // Blackrock's spikes carry their unit: 0 before sorting, 255 for noise (NEV specification, spike packets).
  if (info.format === 'blackrock' && channel.type === 'event') {
    if (value === 0) return t('unsorted');
    if (value === 255) return t('noise');
    return t('unit {{unit}}', { unit: value });
  }
  return String(value);
}

/** The label as it stands beside a tick; empty where it says nothing: a plain event has the value 1. */
export function tickLabel(info: RecordingInfo, channel: Channel, value: SignalEvent['value']): string {
  const spike = info.format === 'blackrock' && channel.type === 'event';
  return value === 1 && !spike ? '' : eventLabel(info, channel, value);
}
