import { expect, test } from 'vitest';
import { Meter } from '../../../ndi/cloud/transfer/meter.ts';
import { complete, fractionOf, settled, together } from './progress.ts';

function firstAttempt() {
  const meter = new Meter();
  meter.expect({ documents: 10, files: 4, bytes: 400 });
  meter.documentsDone(10);
  for (const uid of ['a', 'b']) {
    meter.move({ uid, name: uid, bytes: 100, done: 60, direction: 'send' });
  }
  meter.fileDone('a', 100);
  return meter;
}

test('what was on its way when an attempt ended is not counted, what had arrived is', () => {
  const reading = firstAttempt().read();
  expect([reading.bytesDone, reading.moving.length]).toEqual([160, 1]);
  expect(settled(reading)).toMatchObject({ bytesDone: 100, filesDone: 1, files: 4, bytes: 400, rate: 0, moving: [] });
});

test('the next attempt goes on from there: the whole stays the whole, and is reached', () => {
  const before = settled(firstAttempt().read());
  const meter = new Meter();
  const now = () => together(before, meter.read());
  expect(now()).toMatchObject({ files: 4, filesDone: 1, bytes: 400, bytesDone: 100, documents: 10, documentsDone: 10 });
  meter.expect({ files: 3, bytes: 300 });
  expect(now()).toMatchObject({ files: 4, bytes: 400, bytesDone: 100 });
  for (const uid of ['b', 'c', 'd']) meter.fileDone(uid, 100);
  expect(now()).toMatchObject({ files: 4, filesDone: 4, bytes: 400, bytesDone: 400 });
  expect(fractionOf(now())).toBe(1);
});

test('work that came meanwhile is added to the whole', () => {
  const meter = new Meter();
  meter.expect({ files: 5, bytes: 1000 });
  expect(together(settled(firstAttempt().read()), meter.read())).toMatchObject({ files: 6, bytes: 1100 });
});

test('what is done is whole, though a file that had arrived was counted by no attempt', () => {
  const before = settled(firstAttempt().read());
  const meter = new Meter();
  // “b” had arrived when the process was killed: it is not among what is left.
  meter.expect({ files: 2, bytes: 200 });
  for (const uid of ['c', 'd']) meter.fileDone(uid, 100);
  const last = together(before, meter.read());
  expect(last).toMatchObject({ filesDone: 3, bytesDone: 300 });
  expect(complete(last)).toMatchObject({ files: 4, filesDone: 4, bytes: 400, bytesDone: 400 });
});
