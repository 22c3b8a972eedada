import { clamped, span } from '../model/range.ts';
import { goTo, type TraceState, type TraceStore } from '../trace-store.ts';
import { placeInMovie, timeOfPlace, type MovieClock } from './movie-clock.ts';

/** Farther than any movie goes: a player that is sent there finds the end. */
const BEHIND_THE_END_SEC = 1e9;
/** Players round places to their own ticks. */
const SAME_PLACE_SEC = 2e-3;

/**
 * Shows the frame of the crosshair (else of the cursor) while the movie rests, and moves the cursor along while it plays
 * or is moved by its own bar. The returned function ends it.
 * @param onFrame told the time of the frame that is shown, on the clock of the traces; null where there is none then
 */
export function keepInStep(
  store: TraceStore,
  video: HTMLVideoElement,
  clock: MovieClock,
  onFrame: (time: number | null) => void,
): () => void {
  let isReady = false;
  /** Where the movie should be, and where it was sent last: it is sent on once it has arrived. */
  let wanted = 0;
  let asked = NaN;
  const seek = () => {
    if (video.seeking || wanted === asked) return;
    asked = wanted;
    video.currentTime = wanted;
  };
  const show = ({ hover, cursor }: TraceState) => {
    const time = (hover ?? cursor)?.time;
    if (!isReady || !video.paused || time === undefined) return;
    const place = placeInMovie(clock, time, video.duration);
    onFrame(place === null ? null : timeOfPlace(clock, place, video.duration));
    if (place === null) return;
    wanted = place;
    seek();
  };
  const lead = () => {
    const time = timeOfPlace(clock, video.currentTime, video.duration);
    onFrame(time);
    if (time === null) return;
    wanted = asked = video.currentTime;
    const { cursor, range, extent } = store.getState();
    store.setState({ cursor: { time, channel: cursor?.channel ?? null } });
    const isInView = time >= range.t0 && time <= range.t1;
    if (!isInView) goTo(store, clamped({ t0: time, t1: time + span(range) }, extent), 'repeat');
  };
  const begin = () => {
    if (isReady) return;
    // What a browser recorded itself does not say how long it is.
    if (!Number.isFinite(video.duration)) video.currentTime = BEHIND_THE_END_SEC;
    else {
      isReady = true;
      onFrame(timeOfPlace(clock, wanted, video.duration));
      show(store.getState());
      video.currentTime = asked = wanted;
    }
  };
  const onSeeked = () => {
    if (!isReady) return;
    if (Math.abs(video.currentTime - asked) > SAME_PLACE_SEC) lead();
    else seek();
  };
  let frame = 0;
  const onPlayed = () => {
    if (!video.paused) lead();
    frame = requestAnimationFrame(onPlayed);
  };
  const onPlay = () => {
    cancelAnimationFrame(frame);
    onPlayed();
  };
  const onPause = () => {
    cancelAnimationFrame(frame);
  };
  const bound = {
    loadedmetadata: begin,
    durationchange: begin,
    seeked: onSeeked,
    play: onPlay,
    pause: onPause,
  };
  for (const [name, listener] of Object.entries(bound)) video.addEventListener(name, listener);
  if (video.readyState >= video.HAVE_METADATA) begin();
  const unsubscribe = store.subscribe((state, before) => {
    if (state.hover !== before.hover || state.cursor !== before.cursor) show(state);
  });
  return () => {
    unsubscribe();
    onPause();
    for (const [name, listener] of Object.entries(bound)) video.removeEventListener(name, listener);
  };
}
