import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { madeMat, row } from '../formats/mat/made-mat.ts';
import { readAnalyzer, shownConditions } from '../formats/stimulus-files/analyzer.ts';
import { readAngelucci } from '../formats/stimulus-files/angelucci.ts';
import { readBpodSummary } from '../formats/stimulus-files/bpod.ts';
import { readStimulusScript } from '../formats/stimulus-files/newstim.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from './fuzz-support.ts';
import { openStimuli } from './stimulus-recording.ts';
import { testContext } from './test-support.ts';

const root = temporaryFolder('ndi-stimulus-fuzz');
function folderWith(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
}

/** All events of the stimuli that a reader makes of files of a folder, without a recording beside them. */
function useEvents(reader: string, folder: string, names: readonly string[]): void {
  const epoch = { reader, files: names.map((name) => join(folder, name)), recording: null };
  const never = () => {
    throw new Error('There is no recording.');
  };
  const stimuli = openStimuli(epoch, 'address', never, () => testContext('scalar'));
  const channels = stimuli.info.channels.map(({ name }) => name);
  const { events, total } = stimuli.readEvents(new Set(channels), -1e300, 1e300, 1000);
  expect(events.length).toBe(Math.min(total, 1000));
  for (const { time, channel } of events)
    expect([Number.isFinite(time), channels.includes(channel)]).toEqual([true, true]);
  const { t0, t1 } = stimuli.info.extent ?? { t0: NaN, t1: NaN };
  expect(t1).toBeGreaterThanOrEqual(t0);
}

const params = (angle: number) => ({ params: { angle: row(angle), contrast: row(1), rect: row(0, 0, 8, 6) } });
const trial = (id: number, at: number) => ({ stimid: row(id), startStopTimes: row(at, at + 1, at + 2, at + 3) });
const stims = (compressed: boolean) =>
  madeMat(
    {
      saveScript: {
        records: [
          {
            displayOrder: row(1, 2),
            Stims: [
              { records: [params(45)], className: 'periodicstim' },
              {
                records: [{ stimulus: { records: [params(90)], className: 'stimulus' } }],
                className: 'stochasticgridstim',
              },
            ],
          },
        ],
        className: 'stimscript',
      },
      MTI2: [trial(1, 10), trial(2, 20), trial(1, 30)],
    },
    compressed,
  );
const newStim = (name: string, compressed: boolean) =>
  folderWith(name, {
    'stims.mat': stims(compressed),
    'stimtimes.txt': '1 11 11.5 11.75\n2 21.25 21.5\n1 31\n',
    'verticalblanking.txt': '10.01 10.02\n10.03\n',
    'stimtimes2stimtimes_mapping.txt': '1 2 3\n',
    'mti2stimtimes_mapping.txt': '1, 2, 3\n',
  });

const condition = (ori: number, ...trials: number[]) => ({
  symbol: ['ori'],
  val: [row(ori)],
  repeats: trials.map((trialno) => ({ trialno: row(trialno) })),
});
const analyzer = {
  Analyzer: {
    M: { screenDist: row(25), ori: row(-1) },
    P: {
      param: [
        ['predelay', 'float', row(2)],
        ['mod', 'string', 'PG'],
      ],
    },
    loops: { conds: [condition(0, 2), condition(90, 1, 4, 3)] },
  },
} as const;

const stimData = {
  stimData: {
    stimTimes: row(1, 30_001, 60_001),
    stimOnDuration: row(15_000),
    stimParams: { stimOrder: row(2, 1, 2), Value: row(20, 10, 21), name: 'size' },
  },
} as const;

const summary = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].flatMap((k) => [
    [`Sol${k}`, 1],
    [`Sol${k}Valve`, k + 10],
    [`Sol${k}_Tastant`, k === 2 ? 'Water' : 'Sucrose'],
    [`Stim${k}OpenDuration`, 0.1 * k],
  ]),
);

describe(`damaged stimulus files are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'NewStim scripts with their measured times, of the Van Hooser laboratory',
    () =>
      fuzzReader([newStim('plain', false), newStim('packed', true)], (folder) => {
        readStimulusScript(join(folder, 'stims.mat'));
        useEvents('vhlabvisspike2', folder, ['stimtimes.txt', 'stims.mat', 'verticalblanking.txt']);
      }),
    fuzzMs,
  );

  it(
    'analyzer files of the Nielsen laboratory',
    () => {
      const folders = [false, true].map((packed) =>
        folderWith(`analyzer ${packed}`, { 'run.analyzer': madeMat(analyzer, packed) }),
      );
      return fuzzReader(folders, (folder) => {
        const path = join(folder, 'run.analyzer');
        const read = readAnalyzer(path);
        const shown = shownConditions(path, read, read.displayOrder.length);
        for (const id of shown) expect(read.conditions[id - 1]).toBeDefined();
      });
    },
    fuzzMs,
  );

  it(
    'stimData.mat of the Angelucci laboratory',
    () => {
      const folders = [false, true].map((packed) =>
        folderWith(`angelucci ${packed}`, { 'stimData.mat': madeMat(stimData, packed) }),
      );
      return fuzzReader(folders, (folder) => {
        const { parameters, order } = readAngelucci(join(folder, 'stimData.mat'));
        expect(parameters.length).toBeLessThanOrEqual(Math.max(0, ...order));
        useEvents('angelucci_visstim', folder, ['stimData.mat']);
      });
    },
    fuzzMs,
  );

  it(
    'logs and summaries of taste experiments',
    () => {
      const folder = folderWith('bpod', {
        'a_stimulus_triggers_log.tsv': 'valve\topen\tstart\tend\n1\t0.5\t142501.5\t142502\n3\t7\t142510\t142517\n',
        'a_summary_log.json': JSON.stringify({
          ...{ DelayB4NextStim: 2, WashDuration: 7, InterStimTime: 12, WaterSolenoidNum: 9 },
          ...summary,
        }),
      });
      return fuzzReader([folder], (damaged) => {
        expect(readBpodSummary(join(damaged, 'a_summary_log.json'))).toHaveLength(7);
        useEvents('VHAudreyBPod', damaged, ['a_stimulus_triggers_log.tsv']);
      });
    },
    fuzzMs,
  );
});
