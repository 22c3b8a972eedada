import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NdiError } from '../../../../shared/model/errors.ts';
import { readAnalyzer, shownConditions } from '../../../formats/stimulus-files/analyzer.ts';
import { readAngelucci } from '../../../formats/stimulus-files/angelucci.ts';
import { readMeasuredTrials } from '../../../formats/stimulus-files/newstim.ts';
import { type Made, madeMat, row } from '../../../formats/mat/made-mat.ts';
import { readMetadata } from './read-metadata.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-metadata-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function read(className: string, parameter: string, ...files: string[]) {
  return readMetadata({ class: className, parameter }, files);
}

function failure(action: () => unknown): NdiError {
  try {
    action();
  } catch (error) {
    if (error instanceof NdiError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('tables of parameters', () => {
  const table = file('taste_params.tsv', 'STIMID\tname\tml\r\n1\tsugar\t0.5\r\n2\tsalt\t\r\n');

  it('are read by column, numbers where all cells are', () => {
    expect(read('ndi.daq.metadatareader', 'TASTE_.*\\.tsv\\>', table)).toEqual([
      { STIMID: 1, name: 'sugar', ml: 0.5 },
      { STIMID: 2, name: 'salt', ml: NaN },
    ]);
    expect(read('ndi.daq.metadatareader', '', table)).toEqual([]);
  });

  it('are refused where no file or several fit, or a row is too long', () => {
    const long = file('long.tsv', 'a\tb\n1\t2\t3\n');
    for (const action of [
      () => read('ndi.daq.metadatareader', 'nothing', table),
      () => read('ndi.daq.metadatareader', 'tsv', table, long),
    ]) {
      expect(failure(action).message).toMatch(/nothing|tsv/);
    }
    expect(failure(() => read('ndi.daq.metadatareader', 'long', long))).toMatchObject({ details: { line: 2 } });
    expect(failure(() => read('my.reader', 'x', table)).code).toBe('format.unsupported');
  });
});

describe('NewStim scripts', () => {
  // As MATLAB stores objects of old classes: what a class stands on is a field of its own name.
  const parent = (params: Made) => ({ records: [{ params }], className: 'stimulus' });
  const script = (stims: readonly Made[]) => ({
    records: [{ displayOrder: row(1, 2), Stims: stims }],
    className: 'stimscript',
  });

  it('give the parameters of each stimulus in script order', () => {
    const stims = [
      { records: [{ params: { angle: row(45), contrast: row(1) } }], className: 'periodicstim' },
      { records: [{ stimulus: parent({ angle: row(90), rect: row(0, 0, 8, 6) }) }], className: 'stochasticgridstim' },
    ];
    const wrapped = { records: [{ stimscript: script(stims) }], className: 'periodicscript' };
    for (const saveScript of [script(stims), wrapped]) {
      const path = file('stims.mat', madeMat({ saveScript }, true));
      expect(read('ndi.daq.metadatareader.NewStimStims', 'stims.mat', path)).toEqual([
        { angle: 45, contrast: 1 },
        { angle: 90, rect: [0, 0, 8, 6] },
      ]);
    }
  });

  it('say so where only MATLAB can read them', () => {
    for (const saveScript of [{ opaqueClass: 'stimscript' }, script([{ opaqueClass: 'periodicstim' }])]) {
      const path = file('stims.mat', madeMat({ other: row(1), saveScript }));
      const error = failure(() => read('ndi.daq.metadatareader.NewStimStims', 'stims.mat', path));
      expect(error.code).toBe('format.unsupported');
      expect(error.message).toContain('only MATLAB can read');
    }
  });

  it('give the measured times', () => {
    const MTI2 = [{ stimid: row(3), startStopTimes: row(10, 11, 12, 13), frameTimes: row(11, 11.5) }];
    expect(readMeasuredTrials(file('stims.mat', madeMat({ MTI2 })))).toEqual([
      { stimulusId: 3, open: 10, on: 11, off: 12, close: 13 },
    ]);
    expect(failure(() => readMeasuredTrials(file('stims.mat', madeMat({ MTI2: [{ stimid: row(3) }] }))))).toMatchObject(
      {
        code: 'format.invalid',
      },
    );
  });
});

describe('analyzer files', () => {
  const condition = (ori: number, ...trials: Made[]) => ({
    symbol: ['ori'],
    val: [row(ori)],
    repeats: trials.map((trialno) => ({ trialno })),
  });
  const parts = {
    M: { screenDist: row(25), ori: row(-1) },
    P: {
      param: [
        ['predelay', 'float', row(2)],
        ['ori', 'int', row(-2)],
        ['mod', 'string', 'PG'],
      ] as Made,
    },
    loops: { conds: [condition(0, row(2)), condition(90, row(1, 4), row(3))] as Made },
  };
  const analyzer = (changed: Record<string, Made> = {}, dropped = '') => {
    const all: Record<string, Made> = { ...parts, ...changed };
    const kept = Object.fromEntries(Object.entries(all).filter(([name]) => name !== dropped));
    return file('run.analyzer', madeMat({ Analyzer: kept }));
  };

  it('give machine, primary and loop values, later ones over earlier ones, and the order', () => {
    const path = analyzer();
    expect(read('ndi.daq.metadatareader.NielsenLabStims', '(.*)\\.analyzer\\>', path)).toEqual([
      { screenDist: 25, predelay: 2, mod: 'PG', ori: 0 },
      { screenDist: 25, predelay: 2, mod: 'PG', ori: 90 },
    ]);
    expect(readAnalyzer(path).displayOrder).toEqual([2, 1, 2, 2]);
  });

  const conds = (...list: Made[]) => ({ loops: { conds: list } });
  const base = { symbol: ['ori'], val: [row(0)], repeats: [{ trialno: row(1) }] };
  it.each<[string, Record<string, Made>]>([
    ['validateAnalyzerStructure:invalidM', { M: row(1) }],
    ['validateAnalyzerStructure:invalidP', { P: 'x' }],
    ['validateAnalyzerStructure:missingPParam', { P: { other: row(1) } }],
    ['validateAnalyzerStructure:invalidPParamType', { P: { param: row(1) } }],
    ['validateAnalyzerStructure:invalidLoops', { loops: row(1) }],
    ['validateAnalyzerStructure:missingLoopsConds', { loops: { other: row(1) } }],
    ['validateAnalyzerStructure:invalidLoopsCondsType', { loops: { conds: row(1) } }],
    ['validateAnalyzerStructure:invalidCondsElement', conds('x')],
    ['validateAnalyzerStructure:missingCondFields', conds({ symbol: ['a'], repeats: [] })],
    ['validateAnalyzerStructure:invalidCondFieldTypes', conds({ ...base, val: row(1) })],
    ['extractStimulusParameters:missingRepeats', conds({ symbol: ['a'], val: [row(1)] })],
    ['extractStimulusParameters:invalidPCell', { P: { param: [['short']] } }],
    ['extractStimulusParameters:invalidPName', { P: { param: [['2x', 'int', row(1)]] } }],
    ['extractStimulusParameters:invalidLoopName', conds({ ...base, symbol: ['a b'] })],
    ['extractStimulusParameters:missingLoopFields', conds({ ...base, val: [row(1), row(2)] })],
    ['extractStimulusParameters:duplicateTrial', conds(base, base)],
    ['extractStimulusParameters:invalidTrialNum', conds({ ...base, repeats: [{ trialno: row(1.5) }] })],
    ['extractStimulusParameters:invalidTrialNum', conds({ ...base, repeats: [{ trialno: row(0) }] })],
    ['extractStimulusParameters:invalidRepeatStruct', conds({ ...base, repeats: [{ other: row(1) }] })],
  ])('%s is told by its id', (id, changed) => {
    const error = failure(() => readAnalyzer(analyzer(changed)));
    expect([error.code, error.details['id']]).toEqual(['format.invalid', id]);
  });

  it('tell of missing fields, and of places of the sequence that nobody claims', () => {
    const missing = failure(() => readAnalyzer(analyzer({}, 'M')));
    expect(missing.details['id']).toBe('validateAnalyzerStructure:missingTopFields');
    // A run that was stopped: its parameters are there, and what was shown until then.
    const path = analyzer(conds({ ...base, repeats: [{ trialno: row(1) }, { trialno: row(3) }] }));
    const stopped = readAnalyzer(path);
    expect(stopped.displayOrder).toEqual([1, NaN, 1]);
    expect(shownConditions(path, stopped, 1)).toEqual([1]);
    for (const count of [2, 4]) {
      const error = failure(() => shownConditions(path, stopped, count));
      expect(error.details['id']).toBe('extractStimulusParameters:unassignedTrials');
    }
  });
});

describe('other laboratories', () => {
  it('Rayo: one stimulus, whatever the files', () => {
    expect(read('ndi.daq.metadatareader.RayoLabStims', '#.txt')).toEqual([{ stimid: 1 }]);
  });

  it('taste experiments: six solenoids and the wash', () => {
    const solenoid = (k: number) => ({
      [`Sol${k}`]: 1,
      [`Sol${k}Valve`]: k + 10,
      [`Sol${k}_Tastant`]: k === 2 ? 'Water' : 'Sucrose',
      [`Stim${k}OpenDuration`]: 0.1 * k,
    });
    const common = { DelayB4NextStim: 2, WashDuration: 7, InterStimTime: 12, WaterSolenoidNum: 9 };
    const summary = Object.assign({}, common, ...[1, 2, 3, 4, 5, 6].map(solenoid)) as Record<string, unknown>;
    const path = file('x_summary_log.json', JSON.stringify(summary));
    const list = read('ndi.daq.metadatareader.VHAudreyBPod', '(.*)\\.json', path);
    expect(list).toHaveLength(7);
    expect(list[1]).toEqual({
      stimid: 2,
      isUsed: 1,
      solenoidValve: 12,
      tastant: 'Water',
      solenoidOpenDuration: 0.2,
      DelayBeforeNextStim: 2,
      WashDuration: 7,
      InterStimulusTime: 12,
      isblank: 1,
    });
    expect(list[6]).toMatchObject({ stimid: 7, solenoidValve: 9, solenoidOpenDuration: 7, isblank: 0 });
    const without = Object.fromEntries(Object.entries(summary).filter(([name]) => name !== 'WashDuration'));
    const bad = file('y_summary_log.json', JSON.stringify(without));
    expect(failure(() => read('ndi.daq.metadatareader.VHAudreyBPod', 'y_', bad)).message).toContain('WashDuration');
    const broken = file('z_summary_log.json', '{');
    expect(failure(() => read('ndi.daq.metadatareader.VHAudreyBPod', 'z_', broken)).code).toBe('format.invalid');
  });

  it('Angelucci: everything of stimData but the order, and the value of the id', () => {
    const stimData = {
      stimTimes: row(1, 30_001, 60_001),
      stimOnDuration: row(15_000),
      stimParams: { stimOrder: row(2, 1, 2), Value: row(20, 10, 21), name: 'size' },
    };
    const path = file('stimData.mat', madeMat({ stimData }));
    const common = { stimTimes: [1, 30_001, 60_001], stimOnDuration: 15_000, stimParams: { name: 'size' } };
    expect(read('ndi.setup.daq.metadatareader.AngelucciStims', 'stimData.mat', path)).toEqual([
      { ...common, Value: 10 },
      { ...common, Value: 21 },
    ]);
    expect(readAngelucci(path)).toMatchObject({ order: [2, 1, 2], onTimes: [0, 1, 2], onDurationSec: 0.5 });
  });
});
