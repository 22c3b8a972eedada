import { expect, it } from 'vitest';
import { VirtualPace } from '../testing/virtual-pace.ts';
import { Throttle } from './throttle.ts';

it('lets so many bytes a second pass, all transfers together, and as many as come without a limit', async () => {
  const pace = new VirtualPace();
  const throttle = new Throttle(pace);
  const began = pace.now();
  await throttle.pass(1e9);
  expect(pace.waitedMs).toEqual([]);
  throttle.set(1_000_000);
  // Four transfers of 25 parts of 64 KiB each: 6.5 MB at 1 MB/s.
  const transfer = async () => {
    for (let part = 0; part < 25; part += 1) await throttle.pass(65_536);
  };
  await Promise.all([transfer(), transfer(), transfer(), transfer()]);
  // The last part may pass before its time is over.
  const sec = (pace.now() - began) / 1000;
  expect(sec).toBeGreaterThan(6.3);
  throttle.set(null);
  const waits = pace.waitedMs.length;
  await throttle.pass(1e9);
  expect(pace.waitedMs).toHaveLength(waits);
});

it('ends its waiting with the transfer', async () => {
  const throttle = new Throttle(new VirtualPace());
  throttle.set(1);
  await throttle.pass(10);
  const gone = new AbortController();
  gone.abort(new Error('cancelled'));
  await expect(throttle.pass(10, gone.signal)).rejects.toThrow('cancelled');
});
