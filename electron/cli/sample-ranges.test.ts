import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Channel, RecordingInfo } from '../../shared/contract/recordings.ts';
import { clampRange, sampledChannels, splitRange, VALUES_A_CALL, type Range } from './sample-ranges.ts';

function channel(name: string, type: Channel['type'], sampleRate: number | null): Channel {
  const samples = sampleRate === null ? null : sampleRate * 20;
  return { name, type, number: 1, label: name, units: 'uV', sampleRate, samples, gain: null, offset: null };
}

/** Two segments of 10 s with a gap of 5 s between them, at 30 kHz and 1 kHz. */
const info: RecordingInfo = {
  kind: 'recording',
  path: '/a',
  format: 'x',
  formatName: 'X',
  version: '',
  files: [],
  device: '',
  startedAt: null,
  segments: [
    { start: 0, samples: 300_000, t0: 0, t1: 10 - 1 / 30_000 },
    { start: 300_000, samples: 300_000, t0: 15, t1: 25 - 1 / 30_000 },
  ],
  channels: [
    channel('t1', 'time', 30_000),
    channel('ai1', 'analog_in', 30_000),
    channel('ai2', 'analog_in', 30_000),
    channel('ax1', 'auxiliary_in', 1000),
    channel('mk1', 'marker', null),
  ],
  events: { mk1: 3 },
  problems: [],
  why: [],
};

describe('sampledChannels', () => {
  it('means by all the channels of samples that do not only tell the time', () => {
    expect(sampledChannels(info, 'all').map(({ name }) => name)).toEqual(['ai1', 'ai2', 'ax1']);
    expect(sampledChannels(info, 't1').map(({ name }) => name)).toEqual(['t1']);
  });

  it('refuses channels of events', () => {
    expect(() => sampledChannels(info, 'ai1,mk1')).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });
});

describe('splitRange', () => {
  const channels = sampledChannels(info, 'ai1-2');

  it.each(['seconds', 'samples'] as const)('covers a range of %s in order, without gap or overlap', (unit) => {
    const most = unit === 'samples' ? 600_000 : 26;
    const bounds =
      unit === 'samples' ? fc.integer({ min: 0, max: most }) : fc.double({ min: -1, max: most, noNaN: true });
    fc.assert(
      fc.property(bounds, bounds, (a, b) => {
        const range: Range = { from: Math.min(a, b), to: Math.max(a, b), unit };
        const parts = splitRange(range, info, channels);
        expect(parts[0]?.from).toBe(range.from);
        expect(parts.at(-1)?.to).toBe(range.to);
        for (const [index, part] of parts.entries()) {
          if (index > 0) expect(part.from).toBe(parts[index - 1]?.to);
          const perUnit = unit === 'samples' ? 2 : 60_000;
          expect((part.to - part.from) * perUnit).toBeLessThanOrEqual(VALUES_A_CALL * 1.001);
        }
      }),
    );
  });

  it('begins a part where a segment begins', () => {
    expect(splitRange({ from: 9, to: 16, unit: 'seconds' }, info, channels).map(({ from }) => from)).toEqual([9, 15]);
    expect(splitRange({ from: 299_990, to: 300_010, unit: 'samples' }, info, channels).map(({ from }) => from)).toEqual(
      [299_990, 300_000],
    );
    const slow = sampledChannels(info, 'ax1');
    expect(splitRange({ from: 0, to: 20_000, unit: 'samples' }, info, slow).map(({ from }) => from)).toEqual([
      0, 10_000,
    ]);
  });
});

describe('clampRange', () => {
  const channels = sampledChannels(info, 'ai1-2');

  it('keeps what lies in the recording, and makes a far end cost nothing', () => {
    const far = clampRange({ from: -1e15, to: 1e15, unit: 'seconds' }, info, channels);
    expect([far.from, far.to]).toEqual([-1, 26 - 1 / 30_000]);
    expect(splitRange(far, info, channels).length).toBeLessThan(10);
    expect(clampRange({ from: 0, to: 1e15, unit: 'samples' }, info, channels).to).toBe(600_000);
    const within: Range = { from: 1, to: 2, unit: 'seconds' };
    expect(clampRange(within, info, channels)).toEqual(within);
  });

  it('keeps a range outside of the recording outside, and short', () => {
    expect(clampRange({ from: 1e9, to: 1e15, unit: 'seconds' }, info, channels)).toMatchObject({
      from: 1e9,
      to: 1e9 + 1,
    });
    expect(clampRange({ from: -1e15, to: -5, unit: 'samples' }, info, channels).to).toBeLessThan(0);
  });
});
