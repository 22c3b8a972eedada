import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { computeView } from '../../signal/view.ts';
import { kinds } from '../ced/contents.ts';
import { openRecording, recognise } from '../registry.ts';
import { makeSon, type MadeChannel, type MadeSon } from './made-son.ts';

const folder = temporaryFolder('ndi-smr');
const context = testContext();

let written = 0;
function write(bytes: Uint8Array, name = `made${(written += 1)}.smr`): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  context.files.closeAll();
  return path;
}

/** Writes a made file, damaged as wanted, and opens it. */
function open(made: MadeSon, damage: (bytes: Buffer) => Uint8Array | undefined = () => undefined) {
  return openRecording(write(damage(made.bytes) ?? made.bytes));
}

const ramp = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
/** Three blocks of a wave of 1000 samples a second; the third one comes after a pause. */
const wave: MadeChannel = {
  number: 3,
  kind: kinds.adc,
  title: 'field',
  units: 'mV',
  scale: 2,
  offset: 0.5,
  ticksPerSample: 100,
  blocks: [
    { tick: 7, samples: ramp(300) },
    { tick: 30_007, samples: ramp(200, 300) },
    { tick: 80_007, samples: ramp(50, 500) },
  ],
};
const floats: MadeChannel = {
  number: 4,
  kind: kinds.realWave,
  units: 'N',
  ticksPerSample: 1000,
  blocks: [{ tick: 0, samples: ramp(40).map((value) => value / 8) }],
};
const ticks = (count: number, from: number) => ramp(count).map((index) => ({ tick: from + 100 * index }));
const plain: MadeChannel = {
  number: 7,
  kind: kinds.eventRise,
  title: 'trigger',
  blocks: [{ events: ticks(10, 50) }, { events: ticks(5, 2000) }],
};
const valueOf = (sample: number) => sample * (2 / 6553.6) + 0.5;

describe.each([1, 5, 6, 8, 9])('SON revision %i', (revision) => {
  const made = makeSon(revision, [wave, floats, plain]);

  it('gives waves of any rate and start, in stretches without gaps', () => {
    const recording = open(made);
    const { info } = recording;
    expect(info.problems).toEqual([]);
    expect([info.version, info.startedAt]).toEqual([String(revision), revision < 6 ? null : '2024-03-14T09:26:53.580']);
    const [tick] = [10 * 1e-6];
    expect(info.channels.map(({ name, label, units, samples }) => [name, label, units, samples])).toEqual([
      ['ai3', 'field', 'mV', 550],
      ['t3', 'time of ai3', 's', 550],
      ['ai4', '', 'N', 40],
      ['t4', 'time of ai4', 's', 40],
      ['e7', 'trigger', '', null],
    ]);
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 500, 7 * tick],
      [500, 50, 80_007 * tick],
    ]);
    expect(info.extent).toEqual({ t0: 0, t1: 84_907 * tick });
    expect(readChannel(context, recording, 'ai3')).toEqual(Float64Array.from(ramp(550), valueOf));
    expect(readChannel(context, recording, 'ai4')).toEqual(Float64Array.from(ramp(40), (value) => value / 8));
    expect(readChannel(context, recording, 't3')[500]).toBe(80_007 * tick);
  });

  it('reads ranges over borders of blocks and over the gap', () => {
    const recording = open(made);
    const part = readSamples(context, recording, { channels: 'ai3', from: 298, to: 502, unit: 'samples' });
    expect(part.data[0]).toEqual(Float64Array.from(ramp(204, 298), valueOf));
    const seconds = readSamples(context, recording, { channels: 'ai3', from: 0.499, to: 0.802, unit: 'seconds' });
    expect(seconds.data[0]?.[0]).toBe(valueOf(499));
    expect(seconds.data[0]?.at(-1)).toBe(valueOf(501));
    expect(seconds.data[0]?.filter((value) => Number.isNaN(value)).length).toBe(300);
    const view = computeView(context, recording, { channels: 'ai3', t0: 0, t1: 1, columns: 10 });
    expect([view.body[0], view.body[10]]).toEqual([valueOf(0), valueOf(99)].map(Math.fround));
    expect([view.body[7], view.body[17]]).toEqual([NaN, NaN]);
  });

  it('gives events of a range, counts all and limits them', () => {
    const recording = open(made);
    expect(recording.info.events).toEqual({ e7: 15 });
    const some = recording.readEvents(new Set(['e7']), 0.0005, 0.0205, 3);
    expect(some.total).toBe(11);
    expect(some.events.map(({ time, value }) => [Math.round(time * 1e5), value])).toEqual([
      [50, 1],
      [150, 1],
      [250, 1],
    ]);
  });
});

describe('events of a SON file', () => {
  const events = [
    { tick: 10, codes: [1, 2, 3, 255] as const, text: 'caf\xe9' },
    { tick: 30, codes: [65, 0, 0, 0] as const, text: '' },
  ];
  const made = makeSon(9, [
    { number: 2, kind: kinds.eventFall, blocks: [{ events: ticks(2, 20) }] },
    { number: 12, kind: kinds.level, blocks: [{ events: ticks(3, 5) }] },
    { number: 13, kind: kinds.marker, blocks: [{ events }] },
    { number: 14, kind: kinds.adcMark, extraBytes: 64, blocks: [{ events }] },
    { number: 15, kind: kinds.realMark, extraBytes: 8, blocks: [{ events }] },
    { number: 300, kind: kinds.textMark, extraBytes: 20, blocks: [{ events }] },
  ]);

  it('are named by kind and by the number that Spike2 shows, above 255 too', () => {
    const recording = open(made);
    expect(recording.info.events).toEqual({ e2: 2, e12: 3, mk13: 2, mk14: 2, mk15: 2, tx300: 2 });
    expect(recording.info.problems).toEqual([]);
    expect(recording.info.segments).toEqual([]);
    expect(recording.info.extent?.t1).toBe(205 * (10 * 1e-6));
  });

  it('have 1, their codes as one number, or their text', () => {
    const recording = open(made);
    const { events: found } = recording.readEvents(new Set(['mk13', 'mk14', 'mk15', 'tx300', 'e12']), 0, 1, 100);
    const of = (name: string) => found.filter(({ channel }) => channel === name).map(({ value }) => value);
    const codes = [1 + 256 * 2 + 65_536 * 3 + 16_777_216 * 255, 65];
    expect([of('mk13'), of('mk14'), of('mk15')]).toEqual([codes, codes, codes]);
    expect(of('tx300')).toEqual(['caf\xe9', '']);
    expect(of('e12')).toEqual([1, 1, 1]);
    expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).toSorted((a, b) => a - b));
  });
});

describe('a SON file, where other readers err', () => {
  it('has the events before the first sample of its waves and after the last one, which neo leaves out', () => {
    const around = { ...plain, blocks: [{ events: [0, 3, 50_000, 900_000].map((tick) => ({ tick })) }] };
    const recording = open(makeSon(8, [wave, around]));
    const { events } = recording.readEvents(new Set(['e7']), 0, 100, 9);
    expect(events.map(({ time }) => Math.round(time * 1e5))).toEqual([0, 3, 50_000, 900_000]);
    expect(recording.info.extent?.t1).toBeCloseTo(9, 9);
  });

  it('has all blocks of the list, whatever the count of blocks says, which has 16 bits', () => {
    const made = makeSon(8, [wave, plain]);
    const { info } = open(made, (bytes) => void bytes.writeUInt16LE(1, made.slot(3) + 14));
    expect(info.problems).toEqual([]);
    expect(info.channels[0]?.samples).toBe(550);
  });

  it('has the rate of its clock, not the one that was asked for', () => {
    const made = makeSon(8, [wave]);
    const { info } = open(made, (bytes) => void bytes.writeFloatLE(777, made.slot(3) + 118));
    expect(info.channels[0]?.sampleRate).toBeCloseTo(1000, 9);
  });
});

describe('a damaged SON file', () => {
  const made = makeSon(8, [wave, plain]);
  const [first = 0, second = 0, third = 0] = made.blocks.get(3) ?? [];
  const slot = made.slot(3);
  const codesOf = (info: { problems: readonly { code: string }[] }) => info.problems.map(({ code }) => code);

  it.each<[string, (bytes: Buffer) => unknown, string, string]>([
    ['another revision', (bytes) => bytes.writeInt16LE(10, 0), 'format.invalid', 'the revision is not one of 1 to 9'],
    ['the bytes of a Macintosh', (bytes) => bytes.writeUInt16LE(0x0101, 38), 'format.unsupported', 'Macintosh'],
    ['no length of a tick', (bytes) => bytes.writeUInt16LE(0, 20), 'format.invalid', 'the length of a tick'],
    ['a negative time base', (bytes) => bytes.writeDoubleLE(-1, 44), 'format.invalid', 'the time base'],
    ['no time base', (bytes) => bytes.writeDoubleLE(NaN, 44), 'format.invalid', 'the time base'],
    ['no channels', (bytes) => bytes.writeInt16LE(0, 30), 'format.invalid', 'the number of channels'],
    ['items that a block cannot hold', (bytes) => bytes.writeUInt16LE(301, first + 18), 'format.invalid', '301 items'],
    ['a list in a circle', (bytes) => bytes.writeInt32LE(first, second + 4), 'format.invalid', 'lead in a circle'],
  ])('of %s is refused', (_, damage, code, words) => {
    const attempt = () => open(makeSon(8, [wave, plain]), (bytes) => void damage(bytes));
    expect(attempt).toThrow(expect.objectContaining({ code }));
    expect(attempt).toThrow(words);
  });

  it('that ends in its headers is refused', () => {
    const attempt = () => open(made, (bytes) => bytes.subarray(0, 2000));
    expect(attempt).toThrow(expect.objectContaining({ code: 'format.truncated' }));
  });

  it('that ends inside a block has the whole samples before', () => {
    const { info } = open(made, (bytes) => bytes.subarray(0, third + 20 + 61));
    expect(info.channels[0]?.samples).toBe(530);
    expect(codesOf(info)).toEqual(['format.truncated']);
    expect(info.problems[0]?.message).toContain('20 items before');
  });

  it('that ends before a block says so', () => {
    const { info } = open(made, (bytes) => bytes.subarray(0, third));
    expect(info.channels[0]?.samples).toBe(500);
    expect(info.problems[0]?.message).toContain(`byte ${third}, beyond the end of the file`);
    const none = open(made, (bytes) => bytes.subarray(0, first)).info;
    expect(none.channels.map(({ samples }) => samples)).toEqual([0, 0, null]);
    expect(codesOf(none)).toEqual(['format.truncated', 'format.truncated', 'format.empty']);
  });

  it('whose list breaks off is followed from its end', () => {
    const recording = open(made, (bytes) => {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt16LE(9, second + 16);
      return damaged;
    });
    expect(recording.info.problems[0]?.message).toContain(`its block at byte ${second} belongs to channel 9`);
    expect(recording.info.problems[0]?.message).toContain('1 blocks more were found');
    expect(recording.info.segments.map(({ samples, t0 }) => [samples, Math.round(t0 * 1e5)])).toEqual([
      [300, 7],
      [50, 80_007],
    ]);
    expect(readChannel(context, recording, 'ai3').at(-1)).toBe(valueOf(549));
  });

  it.each<[string, (bytes: Buffer) => unknown, string]>([
    [
      'a successor at no place of a block',
      (bytes) => bytes.writeInt32LE(second + 1, first + 4),
      'is no place of a block',
    ],
    ['times that go back', (bytes) => bytes.writeInt32LE(8, second + 8), 'begins before the block before it ends'],
    ['times that end before they begin', (bytes) => bytes.writeInt32LE(1, second + 12), 'ends before it begins'],
    ['fewer samples than the times tell', (bytes) => bytes.writeUInt16LE(299, first + 18), 'another number of samples'],
    ['no sampling interval', (bytes) => bytes.writeInt32LE(0, slot + 102), 'it has no sampling interval'],
    ['an unknown kind', (bytes) => bytes.writeUInt8(77, slot + 122), 'its kind 77 is not known'],
    ['no scale', (bytes) => bytes.writeFloatLE(NaN, slot + 124), 'no usable scale'],
  ])('with %s is read as far as it goes, and it is said', (_, damage, words) => {
    const { info } = open(makeSon(8, [wave, plain]), (bytes) => void damage(bytes));
    expect(info.problems.map(({ message }) => message).join()).toContain(words);
    expect(info.events).toEqual({ e7: 15 });
  });

  it('with markers of no whole words says so and reads the markers', () => {
    const marks = { number: 5, kind: kinds.adcMark, extraBytes: 7, blocks: [{ events: [{ tick: 4 }, { tick: 9 }] }] };
    const recording = open(makeSon(7, [marks]));
    expect(recording.info.problems[0]?.message).toContain('7 bytes of data, which are no whole words');
    expect(recording.readEvents(new Set(['mk5']), 0, 1, 9).events.map(({ time }) => Math.round(time * 1e5))).toEqual([
      4, 9,
    ]);
  });

  it('puts events that lie out of order in order', () => {
    const shuffled = [90, 20, 70].map((tick, index) => ({ tick, codes: [index, 0, 0, 0] as const }));
    const edge = { tick: 100, codes: [9, 0, 0, 0] as const };
    const recording = open(
      makeSon(8, [{ number: 5, kind: kinds.marker, blocks: [{ events: [{ tick: 1 }, ...shuffled, edge] }] }]),
    );
    const { events, total } = recording.readEvents(new Set(['mk5']), 0.00015, 0.00095, 9);
    expect([total, events.map(({ value }) => value)]).toEqual([3, [1, 2, 0]]);
  });

  it(
    `is never more than refused (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzz([write(makeSon(8, [wave, floats, plain]).bytes), write(makeSon(9, [wave, plain]).bytes, 'made.son')]);
    },
    fuzzMs,
  );
});

describe('recognising SON files', () => {
  const { bytes } = makeSon(6, [wave]);

  it('goes by content whatever the name', () => {
    const { sniffs } = recognise(write(bytes, 'made.dat'));
    expect(sniffs.map(({ format }) => format)).toEqual(['ced-smr']);
    expect(sniffs[0]?.why.join(' ')).toContain('(C) CED 87');
    expect(sniffs[0]?.why.join(' ')).toContain('made.dat does not say so');
  });

  it('says what a file is that only has the name', () => {
    const { sniffs, nearMisses } = recognise(write(Buffer.from('some notes of the experiment'), 'notes.son'));
    expect(sniffs).toEqual([]);
    expect(nearMisses.map(({ refused }) => refused)).toEqual([
      'The content is plain text, although the name says CED Spike2.',
    ]);
  });
});
