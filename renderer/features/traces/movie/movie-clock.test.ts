import { expect, it } from 'vitest';
import { placeInMovie, timeOfPlace, type MovieClock } from './movie-clock.ts';

it('a movie that starts at a time runs along', () => {
  const clock: MovieClock = { kind: 'start', startSec: 2 };
  expect([1.9, 2, 3.5, 7, 7.1].map((time) => placeInMovie(clock, time, 5))).toEqual([null, 0, 1.5, 5, null]);
  expect(timeOfPlace(clock, 1.5, 5)).toBe(3.5);
});

it('a movie whose frames are events shows the last frame by then, whatever the pace of the camera', () => {
  const clock: MovieClock = { kind: 'frames', times: Float64Array.of(1, 2, 4, 5) };
  // Four frames in two seconds: half a second each, shown at its middle.
  expect([0.9, 1, 1.9, 2, 3.9, 4, 5.5, 6.1].map((time) => placeInMovie(clock, time, 2))).toEqual([
    ...[null, 0.25, 0.25, 0.75, 0.75, 1.25, 1.75, null],
  ]);
  expect([0, 0.49, 0.5, 1.2, 2].map((place) => timeOfPlace(clock, place, 2))).toEqual([1, 1, 2, 4, 5]);
});

it('without events there is no frame', () => {
  const clock: MovieClock = { kind: 'frames', times: new Float64Array(0) };
  expect([placeInMovie(clock, 1, 2), timeOfPlace(clock, 1, 2)]).toEqual([null, null]);
});
