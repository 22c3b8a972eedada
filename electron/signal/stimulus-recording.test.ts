import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plainWords, sampledChannel } from '../formats/channels.ts';
import type { OpenRecording } from '../formats/format.ts';
import { madeMat, row } from '../formats/mat/made-mat.ts';
import { openStimuli } from './stimulus-recording.ts';
import { testContext } from './test-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-stimulus-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const RATE = 100;
const FIRST = 5;

/** A recording whose lines are high in the given stretches of seconds; its own clock begins at 5 s. */
function lines(units: string, high: Readonly<Record<string, readonly (readonly [number, number])[]>>): OpenRecording {
  const samples = 10 * RATE;
  const channels = Object.keys(high).map((name) => {
    const type = name.startsWith('ai') ? ('analog_in' as const) : ('digital_in' as const);
    return sampledChannel(type, Number(name.slice(2)), name, { sampleRate: RATE, samples }, { ...plainWords, units });
  });
  const at = {
    file: folder,
    offset: 0,
    blockBytes: 2,
    samplesPerBlock: 1,
    first: 0,
    samples,
    firstSample: 0,
    t0: FIRST,
  };
  const level = units === 'mV' ? 5000 : 1;
  return {
    info: {
      kind: 'recording',
      path: folder,
      format: 'made',
      formatName: 'made',
      version: '',
      files: [],
      device: 'made',
      startedAt: null,
      segments: [{ start: 0, samples, t0: FIRST, t1: FIRST + (samples - 1) / RATE }],
      channels,
      events: {},
      problems: [],
      why: [],
    },
    streams: [
      {
        sampleRate: RATE,
        word: 'i16',
        channels: channels.map((channel) => ({ channel, channelOffset: 0 })),
        runs: [at],
        decode: (_read, _run, wanted, from, to, out) => {
          wanted.forEach(({ channel }, index) => {
            for (let sample = from; sample < to; sample++) {
              const isHigh = high[channel.name]?.some(([on, off]) => sample >= on * RATE && sample < off * RATE);
              (out[index] ?? [])[sample - from] = isHigh === true ? level : 0;
            }
          });
        },
      },
    ],
    readEvents: () => ({ events: [], total: 0 }),
  };
}

function read(reader: string, files: string[], recording: OpenRecording | null = null) {
  const epoch = { reader, files, recording: recording === null ? null : 'made' };
  const opened = openStimuli(
    epoch,
    'address',
    () => recording ?? lines('', {}),
    () => testContext('scalar'),
  );
  const names = opened.info.channels.map(({ name }) => name);
  const events = (name: string) =>
    opened
      .readEvents(new Set([name]), -Infinity, Infinity, 1000)
      .events.map(({ time, value }) => [Math.round(time * 1e6) / 1e6, value]);
  return { info: opened.info, marks: () => Object.fromEntries(names.map((name) => [name, events(name)])) };
}

const condition = (...trials: number[]) => ({
  symbol: ['ori'],
  val: [row(0)],
  repeats: trials.map((trialno) => ({ trialno: row(trialno) })),
});
const analyzer = () =>
  file(
    'run.analyzer',
    madeMat({ Analyzer: { M: {}, P: { param: [] }, loops: { conds: [condition(2, 3), condition(1)] } } }),
  );

describe('stimuli marked on lines', () => {
  it('Nielsen, Intan: digital lines, ids of the analyzer file, times from 0', () => {
    const { info, marks } = read(
      'nielsenvisintan',
      [analyzer()],
      lines('', {
        di1: [[1, 3]],
        di2: [
          [1.5, 2],
          [4, 5],
        ],
      }),
    );
    expect(info.extent).toEqual({ t0: 0, t1: 9.99 });
    expect(marks()).toEqual({
      mk1: [
        [1.5, 1],
        [2, -1],
        [4, 1],
        [5, -1],
      ],
      mk2: [
        [1.5, 2],
        [4, 1],
      ],
      mk3: [
        [1, 1],
        [3, -1],
      ],
    });
    const without = read('nielsenvisintan', [], lines('', { di1: [], di2: [[1, 2]] }));
    expect(without.marks).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    const more = read(
      'nielsenvisintan',
      [analyzer()],
      lines('', {
        di1: [],
        di2: [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ],
      }),
    );
    expect(more.marks).toThrow(/describes only 3/);
    expect(read('nielsenvisintan', [analyzer()], lines('', { di1: [] })).marks).toThrow(/di2/);
  });

  it('Nielsen, Neuropixels: analog lines over 2.5 V, edges within 50 ms passed over', () => {
    const recording = lines('mV', {
      ai1: [[1, 3]],
      ai2: [
        [1.5, 1.52],
        [1.53, 2],
        [4, 5],
      ],
    });
    const { mk1, mk2 } = read('nielsenvisneuropixelsglx', [analyzer()], recording).marks();
    expect(mk1).toEqual([
      [1.5, 1],
      [1.52, -1],
      [2, -1],
      [4, 1],
      [5, -1],
    ]);
    expect(mk2).toEqual([
      [1.5, 2],
      [4, 1],
    ]);
  });

  it('Rayo: low while the stimulus is on', () => {
    const recording = lines('', {
      di1: [
        [0, 2],
        [3, 6],
        [7, 10],
      ],
    });
    expect(read('rayolab_intanseries', [], recording).marks()).toEqual({
      mk1: [
        [2, 1],
        [3, -1],
        [6, 1],
        [7, -1],
      ],
      mk2: [
        [2, 1],
        [6, 1],
      ],
    });
  });

  it('taste experiments: edges stand for the times of the log, shared by the sets of a run', () => {
    const row1 = (start: string) =>
      `valve\topen\tstart\tend\n3\t0.1\t${start}\t${start}.5\n1\t7\t${start}.2\t${start}.7\n`;
    const early = file('a_stimulus_triggers_log.tsv', row1('093000'));
    const late = file('b_stimulus_triggers_log.tsv', row1('101500'));
    const recording = file('run.nidq.bin', '');
    const four = lines('', {
      di1: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    });
    expect(read('VHAudreyBPod', [recording, late], four).marks()).toEqual({
      e1: [
        [5, 1],
        [7, 1],
      ],
      e2: [
        [6, 1],
        [8, 1],
      ],
      mk1: [
        [5, 1],
        [7, 1],
      ],
      mk2: [
        [5, 3],
        [7, 7],
      ],
      mk3: [
        [6, -1],
        [8, -1],
      ],
    });
    expect(read('VHAudreyBPod', [early]).marks()['mk2']).toEqual([
      [34_200, 3],
      [34_200.2, 7],
    ]);
    const three = lines('', {
      di1: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    expect(read('VHAudreyBPod', [recording, late], three).marks).toThrow(/3 rising/);
    const broken = file('bad.tsv', 'head\n1\tx\n');
    rmSync(early);
    rmSync(late);
    expect(() => read('VHAudreyBPod', [broken])).toThrow(/_stimulus_triggers_log/);
  });
});

describe('stimuli told by files', () => {
  it('Angelucci: sample numbers at 30 kHz', () => {
    const stimData = {
      stimTimes: row(30_001, 60_001),
      stimOnDuration: row(15_000),
      stimParams: { stimOrder: row(2, 1), Value: row(5, 6) },
    };
    const { info, marks } = read('angelucci_visstim', [file('stimData.mat', madeMat({ stimData }))]);
    expect(marks()).toEqual({
      mk1: [
        [1, 1],
        [1.5, -1],
        [2, 1],
        [2.5, -1],
      ],
      mk2: [
        [1, 2],
        [2, 1],
      ],
    });
    expect(info.extent).toEqual({ t0: 1, t1: 2.5 });
    expect(info.events).toEqual({ mk1: 4, mk2: 2 });
  });

  it('Van Hooser: the times of Spike2, the lengths of NewStim, whole ids', () => {
    const trial = (id: number, start: number) => ({
      stimid: row(id),
      startStopTimes: row(start, start + 1, start + 3, start + 4),
    });
    const stims = file('stims.mat', madeMat({ MTI2: [trial(259, 100), trial(2, 110)] }));
    const times = file('stimtimes.txt', '3 11.5 11.5 11.6\r\n2 21 21\n');
    const blanking = file('verticalblanking.txt', '0.1\n0.2\n');
    const { marks } = read('vhlabvisspike2', [times, stims, blanking]);
    expect(marks()).toEqual({
      mk1: [
        [11.5, 1],
        [13.5, -1],
        [21, 1],
        [23, -1],
      ],
      mk2: [
        [11.5, 259],
        [21, 2],
      ],
      mk3: [
        [10.5, 1],
        [14.5, -1],
        [20, 1],
        [24, -1],
      ],
      e1: [
        [11.5, 1],
        [11.6, 1],
        [21, 1],
      ],
      e2: [
        [0.1, 1],
        [0.2, 1],
      ],
      e3: [
        [10.5, 1],
        [20, 1],
      ],
    });
    file('stimtimes2stimtimes_mapping.txt', '2 NaN\n');
    expect(() => read('vhlabvisspike2', [times, stims])).toThrow(/1 trials.*2/);
    file('mti2stimtimes_mapping.txt', '2');
    expect(read('vhlabvisspike2', [times, stims]).marks()['mk2']).toEqual([[21, 2]]);
    file('mti2stimtimes_mapping.txt', '1');
    expect(() => read('vhlabvisspike2', [times, stims])).toThrow(/shows stimulus 2/);
    file('mti2stimtimes_mapping.txt', '7');
    expect(() => read('vhlabvisspike2', [times, stims])).toThrow(/trial 7 of 2/);
    expect(() => read('vhlabvisspike2', [times])).toThrow(/stims.mat/);
  });
});
