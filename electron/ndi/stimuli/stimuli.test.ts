import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzzMs, fuzzReader, fuzzSeed } from '../../signal/fuzz-support.ts';
import { blankStimuli, controlPresentations, repetitions } from './control-stimuli.ts';
import { pairOnOff } from './pair-on-off.ts';
import { encodePresentationTimes, readPresentationTimes } from './presentation-times.ts';
import { readStimulator } from './read-stimulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-stimuli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('pairOnOff', () => {
  it('E17: pairs an on with the off right after it', () => {
    const marks = [1, 1, -1, -1, 1].map((value, at) => ({ time: at + 1, value }));
    const pairs = [
      { on: 1, off: NaN },
      { on: 2, off: 3 },
      { on: NaN, off: 4 },
      { on: 5, off: NaN },
    ];
    expect(pairOnOff(marks)).toEqual(pairs);
    expect(pairOnOff(marks.toReversed())).toEqual(pairs);
    expect(pairOnOff([])).toEqual([]);
  });
});

describe('readStimulator', () => {
  const probe = { name: 'screen', reference: 1, type: 'stimulator' };
  const read = (deviceString: string, events: Record<string, readonly (readonly [number, number | string])[]>) => {
    const row = { ...probe, deviceString, subject: 's' };
    return readStimulator(
      probe,
      { epochId: 'e1', probeMap: [row] },
      {
        events: (channel) =>
          Promise.resolve((events[channel] ?? []).map(([time, value]) => ({ channel, time, value }))),
        metadata: (reader) => [{ reader }],
      },
    );
  };

  it('reads markers in the order of the device string, and events meanwhile', async () => {
    const { presentations, parameters } = await read('vis:mk1-3;e1-2;md1', {
      mk1: [
        [1, 1],
        [2, -1],
        [5, 1],
        [6, -1],
      ],
      mk2: [
        [1, 3],
        [5, '7'],
      ],
      mk3: [
        [0.5, 1],
        [2.5, -1],
        [4.5, 1],
        [6.5, -1],
      ],
      e1: [
        [0.4, 1],
        [1.5, 1],
        [6.5, 1],
      ],
      e2: [[1.2, 1]],
    });
    expect(parameters).toEqual([{ reader: 1 }]);
    expect(presentations).toEqual([
      {
        stimulusId: 3,
        onset: 1,
        offset: 2,
        open: 0.5,
        close: 2.5,
        events: [
          [1.2, 2],
          [1.5, 1],
        ],
      },
      { stimulusId: 7, onset: 5, offset: 6, open: 4.5, close: 6.5, events: [[6.5, 1]] },
    ]);
  });

  it('takes the clearing for the end where no off was marked', async () => {
    const { presentations } = await read('vis:mk1-3', {
      mk1: [[1, 1]],
      mk2: [[1, 2]],
      mk3: [
        [0, 1],
        [3, -1],
      ],
    });
    expect(presentations).toEqual([{ stimulusId: 2, onset: 1, offset: 3, open: 0, close: 3, events: [] }]);
  });

  it('reads pulses: the place of the channel is the stimulus', async () => {
    const { presentations } = await read('intan1:dimp3,1', {
      dimp3: [
        [4, 1],
        [5, -1],
      ],
      dimp1: [
        [1, 1],
        [2, -1],
        [7, -1],
      ],
    });
    expect(presentations.map(({ stimulusId, onset, offset }) => [stimulusId, onset, offset])).toEqual([
      [2, 1, 2],
      [1, 4, 5],
      [2, NaN, 7],
    ]);
  });

  it('refuses what cannot be told', async () => {
    await expect(read('vis:mk1-4', {})).rejects.toMatchObject({ code: 'document.invalid' });
    await expect(
      read('vis:mk1-2', {
        mk1: [
          [1, 1],
          [2, -1],
        ],
      }),
    ).rejects.toMatchObject({ code: 'format.invalid' });
  });
});

describe('presentation_time.bin', () => {
  const entries = [
    {
      clock: 'dev_local_time',
      open: 0.5,
      onset: 1,
      offset: 2,
      close: 2.5,
      events: [
        [1.25, 1],
        [1.5, 2],
      ] as const,
    },
    { clock: 'utc', open: NaN, onset: 3, offset: NaN, close: 4, events: [] },
  ];

  it('lies as NDI-matlab writes it', () => {
    const bytes = encodePresentationTimes(entries);
    expect(bytes.toString('latin1', 0, 28)).toBe('presentation_time structure\n');
    expect(bytes.readBigUInt64LE(28)).toBe(2n);
    expect(bytes.subarray(36, 512).every((byte) => byte === 0)).toBe(true);
    expect(bytes.toString('latin1', 512, 527)).toBe('dev_local_time\n');
    expect([0, 1, 2, 3].map((at) => bytes.readDoubleLE(527 + 8 * at))).toEqual([0.5, 1, 2, 2.5]);
    expect(bytes.readUInt32LE(559)).toBe(2);
    expect([0, 1, 2, 3].map((at) => bytes.readDoubleLE(563 + 8 * at))).toEqual([1.25, 1, 1.5, 2]);
    expect(bytes.toString('latin1', 595, 599)).toBe('utc\n');
    expect(bytes.length).toBe(599 + 36);
  });

  it('reads back, also where a Python program wrote all times before all codes', () => {
    const path = join(folder, 'times.bin');
    const bytes = encodePresentationTimes(entries);
    writeFileSync(path, bytes);
    expect(readPresentationTimes(path)).toEqual(entries);
    [1.25, 1.5, 1, 2].forEach((value, at) => bytes.writeDoubleLE(value, 563 + 8 * at));
    writeFileSync(path, bytes);
    expect(readPresentationTimes(path)[0]?.events).toEqual([
      [1.25, 1],
      [1.5, 2],
    ]);
  });

  it('is refused wherever it is cut, and where it is something else', () => {
    const path = join(folder, 'cut.bin');
    const bytes = encodePresentationTimes(entries);
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(() => readPresentationTimes(path)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^format/) }),
      );
    }
  });
});

it(
  `damaged presentation_time.bin is read or refused (NDI_FUZZ_SEED=${fuzzSeed})`,
  () => {
    const path = join(folder, 'presentation_time.bin');
    const shown = Array.from({ length: 12 }, (_, at) => ({
      ...{ clock: 'dev_local_time', open: at, onset: at + 0.1, offset: at + 0.5, close: at + 0.7 },
      events: Array.from({ length: at % 4 }, (__, event) => [at + event / 10, event] as const),
    }));
    writeFileSync(path, encodePresentationTimes(shown));
    return fuzzReader([path], (damaged) => {
      const entries = readPresentationTimes(damaged);
      for (const { clock } of entries) expect(clock.length).toBeLessThanOrEqual(64);
    });
  },
  fuzzMs,
);

describe('control stimuli', () => {
  it('are those of the same repetition in a regular order', () => {
    expect(repetitions([1, 2, 3, 1, 2, 3], 3)).toEqual({ reps: [1, 1, 1, 2, 2, 2], regular: true });
    const order = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3];
    const onsets = order.map((_, at) => at);
    expect(controlPresentations(order, onsets, 3, 3)).toEqual([3, 3, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12, 15, 15, 15]);
    expect(controlPresentations([2, 3, 1, 3, 1, 2], [0, 1, 2, 3, 4, 5], 3, 3)).toEqual([2, 2, 2, 4, 4, 4]);
    // The last repetition is incomplete, without its control.
    expect(controlPresentations([3, 1, 2, 1], [0, 1, 2, 3], 3, 3)).toEqual([1, 1, 1, 1]);
  });

  it('are the nearest in time in an irregular order, and none without any', () => {
    expect(controlPresentations([1, 3, 1, 1, 3], [0, 1, 2, 4, 5], 3, 3)).toEqual([2, 2, 2, 5, 5]);
    expect(controlPresentations([1, 2], [0, 1], 3, 3)).toEqual([NaN, NaN]);
    expect(blankStimuli([{ isblank: 0 }, { isblank: 1 }, {}])).toEqual([2]);
  });
});
