import { useMemo } from 'react';
import { useStore } from 'zustand';
import { NdiError } from '../../../../shared/model/errors.ts';
import { client } from '../../../state/client.ts';
import { useAnswer, type Answer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import { eventChannels } from '../model/settings.ts';
import { useOtherEvents } from '../other-devices/use-other-devices.ts';
import type { TraceStore } from '../trace-store.ts';
import type { MovieClock } from './movie-clock.ts';

/** Frames of one movie that are read. */
const MOST_FRAMES = 200_000;

/**
 * Channels whose events may be the frames of a movie: those of the source, and `device/channel` of other devices. The
 * chosen one is among them, also while the other devices are not known yet.
 */
export function useFrameChoices(store: TraceStore): readonly string[] {
  const info = useStore(store, (state) => state.info);
  const others = useStore(store, (state) => state.others);
  const chosen = useStore(store, (state) => state.settings.movie.frames);
  const choices = [
    ...eventChannels(info).map(({ name }) => name),
    ...others.flatMap(({ device, channels }) => channels.map((channel) => `${device}/${channel}`)),
  ];
  return chosen === '' || choices.includes(chosen) ? choices : [...choices, chosen];
}

/** The clock of the movie as it was chosen; events of other devices are carried over by the sync graph. */
export function useMovieClock(store: TraceStore): Answer<MovieClock | undefined> {
  const { startSec, frames } = useStore(store, (state) => state.settings.movie);
  // What is no channel of the source is one of a device that is not known yet, or not there any more.
  const isOwn = useStore(store, ({ info }) => eventChannels(info).some(({ name }) => name === frames));
  const source = useStore(store, (state) => state.source);
  const others = useStore(store, (state) => state.others);
  const other = others.find(({ device, channels }) => channels.some((channel) => frames === `${device}/${channel}`));
  const otherEvents = useOtherEvents(source, other, other === undefined ? '' : frames.slice(other.device.length + 1));
  const ownEvents = useAnswer(JSON.stringify(['frames', source, frames, isOwn]), async (signal) => {
    if (!isOwn) return [];
    const { t0, t1 } = store.getState().extent;
    const request = { source, channels: frames, from: t0, to: t1 + 1, limit: MOST_FRAMES };
    const { events, total } = await client.signals.events(request, { signal });
    if (total > events.length) throw tooMany(frames);
    return events.map(({ time }) => time);
  });
  const own = ownEvents.value;
  const theirs = otherEvents.value?.times;
  const clock = useMemo((): MovieClock | undefined => {
    if (frames === '') return { kind: 'start', startSec };
    const times = isOwn ? own : theirs;
    return times === undefined ? undefined : { kind: 'frames', times: Float64Array.from(times).sort() };
  }, [frames, startSec, isOwn, own, theirs]);
  const answer = isOwn ? ownEvents : otherEvents;
  if (answer.status === 'failed') return answer;
  if (!isOwn && otherEvents.value?.cut === true) {
    return { status: 'failed', error: tooMany(frames), reload: otherEvents.reload };
  }
  return { status: 'ready', value: clock, stale: false, reload: answer.reload };
}

/** Some of them alone would put every frame at a wrong time. */
function tooMany(channel: string): NdiError {
  return new NdiError({
    code: 'range.tooLarge',
    message: t('{{channel}} has more events than can be read as frames of a movie.', { channel }),
    recovery: t('Say at which time the movie starts instead.'),
  });
}
