import { expect, it } from 'vitest';
import { keptShape } from './kept-shape.ts';

it('puts the channel with the largest waveform first and leaves out those that see nothing', () => {
  const rows = [
    [0, 0, 0],
    [-4, -10, -1],
  ];
  expect(keptShape(rows, [-0.001, 0], ['ai1', 'ai2', 'ai3'])).toEqual({
    byHeight: ['ai2', 'ai1'],
    waveform: {
      channels: [
        { name: 'ai2', values: [0, -10] },
        { name: 'ai1', values: [0, -4] },
      ],
      units: '',
      startSec: -0.001,
      sampleRate: 1000,
      spikes: 0,
    },
  });
});

it('knows the channels without the times, a single channel without a waveform, and nothing of what does not fit', () => {
  expect(
    keptShape(
      [
        [0, 1],
        [5, 1],
      ],
      [],
      ['ai1', 'ai2'],
    ),
  ).toEqual({ byHeight: ['ai1'] });
  expect(keptShape([0, 3], [0, 1], ['ai1']).byHeight).toEqual(['ai1']);
  expect(keptShape([], undefined, ['ai1'])).toEqual({ byHeight: ['ai1'] });
  expect(keptShape([[0], [1]], [0, 1], ['ai1', 'ai2'])).toEqual({ byHeight: [] });
});
