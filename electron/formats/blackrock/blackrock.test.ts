import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';
import { nsx21, nsx30, withFactor, withPackets, writeNev, writePausedNsx } from './made-blackrock.ts';

const folder = temporaryFolder('ndi-blackrock');
const context = testContext();
const at = (name: string) => join(folder, name);

function write(name: string, bytes: Uint8Array): string {
  context.files.closeAll();
  writeFileSync(at(name), bytes);
  return at(name);
}

const word = (channel: number, row: number) => 1000 * (channel + 1) + (row % 100);
const values = (path: string, channel: string) => [...readChannel(context, openRecording(path), channel)];

beforeAll(async () => {
  await writePausedNsx(at('made.ns5'));
  await writeNev(at('made.nev'));
});

describe('Blackrock, where other readers err', () => {
  it('keeps the last sample of specification 2.1, which neo leaves out', () => {
    const path = write('old.ns4', nsx21(3, [7, 8], 50, word));
    const { channels, segments } = openRecording(path).info;
    expect(segments).toEqual([{ start: 0, samples: 50, t0: 0, t1: 49 / 10_000 }]);
    expect(channels.find(({ name }) => name === 'ai8')?.samples).toBe(50);
    expect(values(path, 'ai8').map((value) => value / 0.25)).toEqual(Array.from({ length: 50 }, (_, s) => word(1, s)));
  });

  it('takes the rate from the period of the header, never from the number in the ending', () => {
    const rateOf = (path: string) => openRecording(path).info.channels[0]?.sampleRate;
    expect(rateOf(write('fast.ns2', nsx21(1, [1], 9, word)))).toBe(30_000);
    expect(rateOf(write('slow.ns6', nsx21(30, [1], 9, word)))).toBe(1000);
    // With stamps in nanoseconds the period still counts a clock of 30 kHz.
    const ns = [{ stamp: 0n, rows: 40 }];
    expect(rateOf(write('ns.ns5', nsx30(1_000_000_000, ns, word)))).toBe(30_000);
  });

  it('opens pauses of 2.3 beside events of every kind, where neo fails', async () => {
    write('paused.ns5', readFileSync(at('made.ns5')));
    // Comment, video, tracking, button, configuration, and two of Ripple's own.
    const kinds = [0xffff, 0xfffe, 0xfffd, 0xfffc, 0xfffb, 5121, 5999];
    const path = write('paused.nev', await withPackets(at('made.nev'), kinds, 6000));
    const { segments, events, problems } = openRecording(path).info;
    // What is no event of NDI's is told, not lost in silence.
    expect(problems).toMatchObject([{ grade: 'note', code: 'format.skipped' }]);
    expect(problems[0]?.message).toMatch(
      /1 of video synchronization, 1 of video tracking, 1 of patient buttons, 1 of changes .*, 2 of kinds of its maker\.$/,
    );
    expect(segments.map(({ samples, t0 }) => [samples, t0])).toEqual([
      [400, 10 / 30_000],
      [400, 5000 / 30_000],
    ]);
    expect(events).toEqual({ mk1: 40, mk2: 0, tx1: 1, e1: 20, e2: 20 });
  });

  it('parts PTP files at gaps by itself, not at jitter, where neo wants to be told a tolerance', () => {
    const first = 1_772_000_000_000_000_000n;
    const period = 1e9 / 30_000;
    const jitter = (s: number) => ((s * 7919) % 13) * 500 - 3000;
    const stampOf = (s: number) => first + BigInt(Math.round(s * period + jitter(s) + (s < 600 ? 0 : 2e9)));
    const packets = Array.from({ length: 1000 }, (_, s) => ({ stamp: stampOf(s), rows: 1 }));
    const path = write('ptp.ns6', nsx30(1_000_000_000, packets, word));
    const { segments, problems } = openRecording(path).info;
    expect(problems).toEqual([]);
    expect(segments.map(({ start, samples }) => [start, samples])).toEqual([
      [0, 600],
      [600, 400],
    ]);
    expect((segments[1]?.t0 ?? 0) - (segments[0]?.t0 ?? 0)).toBeCloseTo(2 + 600 / 30_000, 4);
    expect(values(path, 'ai2').map((value) => Math.round(value / 0.25))).toEqual(packets.map((_, s) => word(1, s)));
  });

  it('takes 3.0 in nanoseconds for pieces where the first packet has more than one row', () => {
    const packets = [
      { stamp: 500_000_000n, rows: 30 },
      { stamp: 900_000_000n, rows: 20 },
    ];
    const { segments } = openRecording(write('pieces.ns5', nsx30(1_000_000_000, packets, word))).info;
    expect(segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 30, 0.5],
      [30, 20, 0.9],
    ]);
  });

  it('scales 2.1 by the events beside it, and knows the factor that overflowed', () => {
    write('scaled.ns4', nsx21(3, [1, 2], 20, word));
    const nev = readFileSync(at('made.nev'));
    const gains = (factor: number) => {
      write('scaled.nev', withFactor(nev, factor));
      return openRecording(at('scaled.ns4'))
        .info.channels.slice(0, 2)
        .map(({ gain }) => gain);
    };
    expect(gains(1000)).toEqual([1, 0.25]);
    expect(gains(21_516)).toEqual([152_592.547 / 1000, 0.25]);
  });

  it('tells the bank of a channel, by the file of events where the other says 0, as real ones do', () => {
    const banks = (path: string) =>
      openRecording(path)
        .info.channels.filter(({ type }) => type === 'analog_in')
        .map(({ groups }) => groups?.bank);
    expect(banks(at('made.ns5'))).toEqual(['A', 'A', 'E']);
    const bytes = readFileSync(at('made.ns5'));
    for (const channel of [0, 1, 2]) bytes.writeUInt8(0, 314 + 66 * channel + 20);
    const silent = write('banks.ns5', bytes);
    expect(banks(silent)).toEqual([undefined, undefined, undefined]);
    write('banks.nev', readFileSync(at('made.nev')));
    expect(banks(silent)).toEqual(['A', 'A', undefined]);
  });

  it('says that a channel with an empty analog range has no scale, and gives no silence for its words', () => {
    const bytes = Buffer.from(nsx30(1_000_000_000, [{ stamp: 0n, rows: 5 }], word));
    // The lowest and the highest analog value of the first channel, behind the basic header.
    bytes.writeInt32LE(0, 314 + 26);
    const path = write('empty.ns5', bytes);
    expect(openRecording(path).info.problems).toMatchObject([{ code: 'recording.assumedScale' }]);
    expect(values(path, 'ai1').map((value) => value / 0.25)).toEqual(Array.from({ length: 5 }, (_, s) => word(0, s)));
  });
});

it(
  `damaged Blackrock files are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`,
  () => {
    const packets = Array.from({ length: 300 }, (_, s) => ({
      stamp: BigInt(s + (s < 200 ? 0 : 99)) * 33_333n,
      rows: 1,
    }));
    const ptp = write('fuzz.ns6', nsx30(1_000_000_000, packets, word));
    fuzz([at('made.ns5'), at('made.nev'), write('fuzz.ns3', nsx21(3, [1, 2, 130], 400, word)), ptp]);
  },
  fuzzMs,
);
