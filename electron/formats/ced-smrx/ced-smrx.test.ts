import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { kinds } from '../ced/contents.ts';
import { makeSon } from '../ced-smr/made-son.ts';
import { openRecording, recognise } from '../registry.ts';
import { makeSon64, type MadeChannel64, type MadeSon64 } from './made-son64.ts';

const folder = temporaryFolder('ndi-smrx');
const context = testContext();

let written = 0;
function write(bytes: Uint8Array, name = `made${(written += 1)}.smrx`): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function open(made: MadeSon64, damage: (bytes: Buffer) => unknown = () => undefined) {
  const changed = damage(made.bytes);
  return openRecording(write(changed instanceof Uint8Array ? changed : made.bytes));
}

const ramp = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
/** Five blocks of a wave of 1000 samples a second; a pause in the second one and before the last one. */
const wave: MadeChannel64 = {
  number: 3,
  kind: kinds.adc,
  title: 'field µ',
  units: 'mV',
  scale: 2,
  offset: 0.5,
  ticksPerSample: 100,
  blocks: [
    [{ tick: 7, samples: ramp(301) }],
    [
      { tick: 30_107, samples: ramp(99, 301) },
      { tick: 80_007, samples: ramp(51, 400) },
    ],
    [{ tick: 85_107, samples: ramp(40, 451) }],
    [{ tick: 89_107, samples: ramp(9, 491) }],
    [{ tick: 2 ** 40, samples: ramp(10, 500) }],
  ],
};
const floats: MadeChannel64 = {
  number: 30,
  kind: kinds.realWave,
  ticksPerSample: 1000,
  blocks: [[{ tick: 0, samples: ramp(41).map((value) => value / 8) }]],
};
const plain: MadeChannel64 = {
  number: 7,
  kind: kinds.eventRise,
  title: 'trigger',
  blocks: [ramp(10).map((k) => ({ tick: 50 + 100 * k })), ramp(5).map((k) => ({ tick: 2000 + 100 * k }))],
};
const all = [wave, plain, floats];
const valueOf = (sample: number) => sample * (2 / 6553.6) + 0.5;

describe.each([
  ['one lookup block a channel', {}],
  ['lookup blocks of three levels', { fanOut: 2 }],
  ['a header of several blocks', { slots: 600 }],
])('a file of 64 bits with %s', (_, options) => {
  const made = makeSon64(all, options);

  it('gives waves of any rate in stretches without gaps', () => {
    const recording = open(made);
    const { info } = recording;
    expect(info.problems).toEqual([]);
    expect([info.version, info.startedAt]).toEqual(['1.1', '2024-03-14T09:26:53.580']);
    expect(info.channels.map(({ name, label, units, samples }) => [name, label, units, samples])).toEqual([
      ['ai3', 'field µ', 'mV', 510],
      ['t3', 'time of ai3', 's', 510],
      ['ai30', '', '', 41],
      ['t30', 'time of ai30', 's', 41],
      ['e7', 'trigger', '', null],
    ]);
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 400, 7 * 1e-5],
      [400, 100, 80_007 * 1e-5],
      [500, 10, 2 ** 40 * 1e-5],
    ]);
    expect(info.extent).toEqual({ t0: 0, t1: (2 ** 40 + 900) * 1e-5 });
    expect(readChannel(context, recording, 'ai3')).toEqual(Float64Array.from(ramp(510), valueOf));
    expect(readChannel(context, recording, 'ai30')).toEqual(Float64Array.from(ramp(41), (value) => value / 8));
    const part = readSamples(context, recording, { channels: 'ai3', from: 299, to: 453, unit: 'samples' });
    expect(part.data[0]).toEqual(Float64Array.from(ramp(154, 299), valueOf));
  });

  it('gives events of a range, counts all and limits them', () => {
    const recording = open(made);
    expect(recording.info.events).toEqual({ e7: 15 });
    const some = recording.readEvents(new Set(['e7']), 0.00055, 0.02055, 3);
    expect(some.total).toBe(10);
    expect(some.events.map(({ time, value }) => [Math.round(time * 1e5), value])).toEqual([
      [150, 1],
      [250, 1],
      [350, 1],
    ]);
  });
});

describe('events of a file of 64 bits', () => {
  it('are named by kind and number, and have 1, their codes or their text', () => {
    const events = [
      { tick: 10, codes: [1, 2, 3, 255] as const, text: 'café' },
      { tick: 30, codes: [65, 0, 0, 0] as const, text: '' },
    ];
    const recording = open(
      makeSon64([
        { number: 1, kind: kinds.eventFall, blocks: [[{ tick: 20 }]] },
        { number: 2, kind: kinds.level, blocks: [[{ tick: 5, codes: [1, 0, 0, 0] }, { tick: 6 }]] },
        { number: 3, kind: kinds.marker, blocks: [events] },
        { number: 4, kind: kinds.adcMark, rows: 33, blocks: [events] },
        { number: 5, kind: kinds.realMark, rows: 3, blocks: [events] },
        { number: 6, kind: kinds.textMark, rows: 21, blocks: [events] },
      ]),
    );
    expect(recording.info.problems).toEqual([]);
    expect(recording.info.events).toEqual({ e1: 1, e2: 2, mk3: 2, mk4: 2, mk5: 2, tx6: 2 });
    expect(recording.info.extent).toEqual({ t0: 0, t1: 30 * 1e-5 });
    const names = new Set(['e1', 'e2', 'mk3', 'mk4', 'mk5', 'tx6']);
    const { events: found } = recording.readEvents(names, 0, 1, 100);
    const of = (name: string) => found.filter(({ channel }) => channel === name).map(({ value }) => value);
    const values = [1 + 256 * 2 + 65_536 * 3 + 16_777_216 * 255, 65];
    expect([of('e1'), of('e2')]).toEqual([[1], [1, 1]]);
    expect([of('mk3'), of('mk4'), of('mk5')]).toEqual([values, values, values]);
    expect(of('tx6')).toEqual(['café', '']);
  });
});

describe('a damaged file of 64 bits', () => {
  const make = () => makeSon64(all, { fanOut: 2 });
  const made = make();
  const [first = 0, second = 0] = made.blocks.get(3) ?? [];
  const head = made.head(3);

  it.each<[string, (bytes: Buffer) => unknown, string, string]>([
    ['other block sizes', (bytes) => bytes.write('q', 3), 'format.unsupported', 'blocks are of other sizes ("ql")'],
    ['no length of a tick', (bytes) => bytes.writeDoubleLE(0, 32), 'format.invalid', 'the length of a tick'],
    ['a negative tick', (bytes) => bytes.writeDoubleLE(-1e-5, 32), 'format.invalid', 'the length of a tick'],
    ['too many channels', (bytes) => bytes.writeUInt32LE(2001, 56), 'format.invalid', 'the number of channels'],
    ['other channel heads', (bytes) => bytes.writeUInt32LE(280, 60), 'format.invalid', 'the size of a channel head'],
    [
      'channel heads outside',
      (bytes) => bytes.writeUInt32LE(70_000, 48),
      'format.invalid',
      'the channel heads lie beyond',
    ],
    ['texts outside', (bytes) => bytes.writeUInt32LE(1 << 30, 52), 'format.invalid', 'the texts lie beyond'],
    ['many header blocks', (bytes) => bytes.writeUInt32LE(129, 996), 'format.invalid', 'the number of header blocks'],
    ['a header block nowhere', (bytes) => bytes.writeUInt32LE(1, 996), 'format.invalid', 'a block of its header'],
    ['a time beyond all', (bytes) => bytes.writeBigInt64LE(2n ** 62n, 1016), 'format.invalid', 'the time of the last'],
    [
      'an index outside',
      (bytes) => bytes.writeBigInt64LE(2n ** 33n, head),
      'format.invalid',
      'lookup block of channel 3',
    ],
    [
      'items of another size',
      (bytes) => bytes.writeUInt32LE(3, head + 32),
      'format.invalid',
      'have 3 bytes, not the 2',
    ],
    ['samples without room', (bytes) => bytes.writeUInt32LE(40_000, first + 24), 'format.invalid', '40000 items'],
    ['stretches without room', (bytes) => bytes.writeUInt32LE(5000, first + 12), 'format.invalid', '5000 items'],
  ])('with %s is refused', (_, damage, code, words) => {
    const attempt = () => open(make(), damage);
    expect(attempt).toThrow(expect.objectContaining({ code }));
    expect(attempt).toThrow(words);
  });

  it.each<[string, (bytes: Buffer) => unknown, string, number]>([
    ['a block of another channel', (bytes) => bytes.writeUInt16LE(9, second + 8), 'belongs to channel 10', 360],
    ['a block of an older channel', (bytes) => bytes.writeUInt16LE(9, second + 10), 'belongs to channel 3', 360],
    ['times that go back', (bytes) => bytes.writeBigInt64LE(8n, second + 16), 'begins before the block before', 411],
    ['a damaged index', (bytes) => bytes.writeUInt16LE(5, (made.lookups.get(3) ?? 0) + 8), 'its index is damaged', 0],
    ['no sampling interval', (bytes) => bytes.writeBigInt64LE(0n, head + 64), 'it has no sampling interval', -1],
    ['an unknown kind', (bytes) => bytes.writeUInt8(77, head + 46), 'its kind 77 is not known', -1],
    ['more blocks in use than its index', (bytes) => bytes.writeBigInt64LE(6n, head + 16), '5 of 6 blocks', 510],
    ['no scale', (bytes) => bytes.writeDoubleLE(NaN, head + 80), 'no usable scale', 510],
  ])('with %s is read as far as it goes, and it is said', (_, damage, words, samples) => {
    const { info } = open(make(), damage);
    expect(info.problems.map(({ message }) => message).join()).toContain(words);
    expect(info.channels.find(({ name }) => name === 'ai3')?.samples ?? -1).toBe(samples);
    expect(info.events).toEqual({ e7: 15 });
  });

  it('whose index leads in a circle is left', () => {
    const top = made.lookups.get(3) ?? 0;
    const { info } = open(make(), (bytes) => bytes.writeBigInt64LE(BigInt(top), top + 16 + 8));
    expect(info.problems[0]?.message).toContain(`its index is damaged at byte ${top}`);
  });

  it('leaves out blocks that wait to be used again', () => {
    const { info } = open(make(), (bytes) => bytes.writeBigInt64LE(3n, head + 16));
    expect(info.channels[0]?.samples).toBe(491);
    expect(info.problems).toEqual([]);
  });

  it('that was not closed has all blocks of its index', () => {
    const { info } = open(make(), (bytes) => {
      bytes.writeBigInt64LE(1n, head + 16);
      bytes.writeBigInt64LE(0n, 1016);
      bytes.writeBigInt64LE(65_536n, 1000);
    });
    expect(info.channels[0]?.samples).toBe(510);
    expect(info.extent?.t1).toBe((2 ** 40 + 900) * 1e-5);
    expect(info.problems.map(({ message }) => message).join()).toContain('was not closed');
  });

  it('that names a lookup block which has got others above it is read from the top', () => {
    const lowest = Number(made.bytes.readBigInt64LE(first) / 4096n) * 4096;
    const recording = open(make(), (bytes) => bytes.writeBigInt64LE(BigInt(lowest), head));
    expect(recording.info.channels[0]?.samples).toBe(510);
    expect(recording.info.problems).toEqual([]);
  });

  it('that was cut has the whole samples before', () => {
    // One lookup block a channel lies before the data, as it does in files of one block a channel.
    const cut = makeSon64([wave]);
    const [, , , , last = 0] = cut.blocks.get(3) ?? [];
    const lookup = cut.lookups.get(3) ?? 0;
    const { info } = open(cut, (bytes) => {
      bytes.copy(bytes, 61_440, lookup, lookup + 4096);
      bytes.writeBigInt64LE(61_440n, 2048 + 272 * 2);
      return bytes.subarray(0, last + 16 + 16 + 7);
    });
    expect(info.channels[0]?.samples).toBe(503);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.truncated']);
    expect(info.problems[0]?.message).toContain(`the file ends inside its block at byte ${last}`);
  });

  it('that ends in its header is refused', () => {
    const attempt = () => open(made, (bytes) => bytes.subarray(0, 5000));
    expect(attempt).toThrow(expect.objectContaining({ code: 'format.truncated' }));
  });

  it(`is never more than refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzz([write(make().bytes)]), fuzzMs);
});

describe('recognising files of 64 bits', () => {
  it('goes by content whatever the name', () => {
    const { sniffs } = recognise(write(makeSon64(all).bytes, 'made.smr'));
    expect(sniffs.map(({ format }) => format)).toEqual(['ced-smrx']);
    expect(sniffs[0]?.why.join(' ')).toContain('It also looked like CED Spike2 (32-bit) by its name, but is not.');
  });

  it('takes a file of 32 bits under its name for what it is', () => {
    const { sniffs } = recognise(write(makeSon(8, []).bytes, 'other.smrx'));
    expect(sniffs.map(({ format }) => format)).toEqual(['ced-smr']);
  });
});
