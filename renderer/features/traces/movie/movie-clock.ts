import { firstNotBefore } from '../../../../shared/model/rising.ts';

/**
 * How the time of a movie is known on the clock of the traces: it starts at a time and runs at the same pace, or each of
 * its frames belongs to an event (a camera's trigger), in order.
 */
export type MovieClock =
  { readonly kind: 'start'; readonly startSec: number } | { readonly kind: 'frames'; readonly times: Float64Array };

/**
 * The place in a movie that shows a moment: the frame that was the last by then; null before its first and after its
 * last. Of frames by events, the movie is taken to have as many as there are events, all of one length.
 * @param time seconds on the clock of the traces
 * @param duration of the movie in seconds
 */
export function placeInMovie(clock: MovieClock, time: number, duration: number): number | null {
  if (clock.kind === 'start') {
    const place = time - clock.startSec;
    return place >= 0 && place <= duration ? place : null;
  }
  const { times } = clock;
  const after = firstNotBefore(times, time);
  const frame = times[after] === time ? after : after - 1;
  if (frame < 0 || time > endOf(times)) return null;
  // The middle of the frame, which no rounding of the player leaves.
  return ((frame + 0.5) / times.length) * duration;
}

/** The time on the clock of the traces of a place in the movie; null where there is no frame. */
export function timeOfPlace(clock: MovieClock, place: number, duration: number): number | null {
  if (clock.kind === 'start') return clock.startSec + place;
  const { times } = clock;
  const frame = Math.min(times.length - 1, Math.floor((place / duration) * times.length + 1e-6));
  return times[frame] ?? null;
}

/** The last frame is shown for as long as the one before. */
function endOf(times: Float64Array): number {
  const [before = 0, last = 0] = times.subarray(-2);
  return times.length < 2 ? before : 2 * last - before;
}
