import type { SignalEvent, SignalSource } from '../../../../shared/contract/recordings.ts';
import type { SignalTimes } from '../../../../shared/contract/sync.ts';
import { timeOnLines } from '../../../../shared/model/clock-lines.ts';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import { client } from '../../../state/client.ts';
import { useRevision } from '../../../state/edits.ts';
import { useItem } from '../../../state/items.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import type { OtherDevice } from '../model/other-clocks.ts';
import { eventChannels } from '../model/settings.ts';

const none: readonly OtherDevice[] = [];
/** Events of an epoch that are read; a longer train is cut and says so. */
const MOST_EVENTS = 100_000;

/** The other devices of the session, as the sync graph relates them to the source. */
export function useOtherDevices(source: SignalSource, visible: boolean): readonly OtherDevice[] {
  const { path, sessionId, device: own, epoch } = source;
  const item = useItem(path, sessionId);
  const epochs = item.status === 'ready' && item.info.kind === 'session' ? item.info.epochs : [];
  const clocks = new Map(epochs.map(({ device, clocks: [first] }) => [device, first?.type ?? 'dev_local_time']));
  clocks.delete(own ?? '');
  const pictures = new Set(epochs.filter(({ images }) => images === true).map(({ device }) => device));
  const key = ['other devices', path, sessionId, own, epoch, useRevision(path), visible, [...clocks].join()].join('\n');
  const answer = useAnswer(
    key,
    async (signal) => {
      if (own === undefined || epoch === undefined || !visible) return none;
      const whole = recorded(source, own, epoch);
      return Promise.all(
        [...clocks].map(([device, clock]) => relate(whole, device, clock, pictures.has(device), signal)),
      );
    },
    { keepLast: true },
  );
  return answer.status === 'ready' ? answer.value : none;
}

async function relate(
  source: SignalSource,
  device: string,
  clock: string,
  isPictures: boolean,
  signal: AbortSignal,
): Promise<OtherDevice> {
  try {
    const times = await client.sync.signalTimes({ source, to: { device, clock } }, { signal });
    // Frames have no channels, and nothing that could be described as signals.
    if (isPictures) return { device, times, error: null, channels: [] };
    const infos = await Promise.all(
      epochsOf(times).map((epoch) =>
        client.recordings.describe({ source: recorded(source, device, epoch) }, { signal }),
      ),
    );
    const channels = infos.flatMap((info) => eventChannels(info).map(({ name }) => name));
    return { device, times, error: null, channels: [...new Set(channels)] };
  } catch (thrown) {
    return { device, times: null, error: toNdiError(thrown), channels: [] };
  }
}

/** All that a device recorded: of an element, the other devices know nothing. */
function recorded({ path, sessionId }: SignalSource, device: string, epoch: string): SignalSource {
  return { path, sessionId, device, epoch };
}

const epochsOf = ({ lines }: SignalTimes) => [...new Set(lines.map(({ epochId }) => epochId))];

interface OtherEvents {
  /** Seconds on the source's clock, in order. */
  readonly times: readonly number[];
  /** More than were read. */
  readonly cut: boolean;
}

/** Events of a channel of another device, told on the source's clock. */
export function useOtherEvents(source: SignalSource, other: OtherDevice | undefined, channel: string) {
  const key = ['events of another device', JSON.stringify(source), JSON.stringify(other?.times?.lines), channel];
  return useAnswer(key.join('\n'), async (signal): Promise<OtherEvents> => {
    if (other === undefined || other.times === null || channel === '') return { times: [], cut: false };
    const { from } = other.times;
    const found = await Promise.all(
      epochsOf(other.times).map(async (epoch) => {
        const theirs = recorded(source, other.device, epoch);
        const to = { device: from.device, epoch: from.epochId, clock: from.clock };
        const back = await client.sync.signalTimes({ source: theirs, to }, { signal });
        const request = { source: theirs, channels: channel, from: back.from.t0 - 1, to: back.from.t1 + 1 };
        const { events, total } = await client.signals.events({ ...request, limit: MOST_EVENTS }, { signal });
        return { times: events.map((event: SignalEvent) => timeOnLines(back.lines, event.time)), total };
      }),
    );
    const times = found.flatMap((one) => one.times).filter((time) => time !== null);
    return {
      times: times.sort((a, b) => a - b),
      cut: found.reduce((sum, { total }) => sum + total, 0) > found.reduce((sum, one) => sum + one.times.length, 0),
    };
  });
}
