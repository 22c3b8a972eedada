import { describe, expect, it } from 'vitest';
import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import { type ImportChoices, noChoices } from '../../../../shared/model/import-plan/choices.ts';
import { planImport } from '../../../../shared/model/import-plan/plan.ts';
import { withEdit, withMerge, withSplit, withTaken } from './edit-choices.ts';
import { keysOf, takenOf, treeRows } from './import-rows.ts';

const recording = (key: string, device = 'intan1'): ScannedRecording => ({
  ...{ key, device, format: 'intan-rhd', formatName: 'Intan RHD2000', version: '3.0', path: `/data/${key}` },
  ...{ files: [`/data/${key}`], why: [], epoch: key, make: '', channelList: 'ai1', probes: [] },
  ...{ channels: 1, sampleRate: 30_000, duration: 1, clocks: [], problems: [] },
  reader: { readerClass: 'ndi.daq.reader.mfdaq.intan' },
});
const found = [recording('a.rhd'), recording('day 2/b.rhd'), recording('day 2/b.ns5', 'blackrock1')];
const rows = (choices: ImportChoices) => treeRows('/data', planImport(found, choices));
const labels = (choices: ImportChoices) => rows(choices).map(({ kind, label }) => [kind, label]);

describe('treeRows', () => {
  it('lists each folder with its epochs beneath', () => {
    expect(labels(noChoices)).toEqual([
      ['group', 'data'],
      ['epoch', 'a.rhd'],
      ['group', 'day 2'],
      ['epoch', 'b.rhd'],
      ['epoch', 'b.ns5'],
    ]);
  });

  it('lists sessions where there are several, and what goes into none', () => {
    const choices: ImportChoices = { ...noChoices, pattern: '{session}/*', sessions: 'each' };
    expect(labels(choices)).toEqual([
      ['group', 'day 2'],
      ['epoch', 'b.rhd'],
      ['epoch', 'b.ns5'],
      ['group', 'In no session'],
      ['epoch', 'a.rhd'],
    ]);
  });

  it('shows merged recordings as one epoch by its id, until they are split', () => {
    const both = ['day 2/b.rhd', 'day 2/b.ns5'];
    const merged = withEdit(withMerge(noChoices, both), ['day 2/b.rhd'], { epochId: 'trial' });
    expect(labels(merged).slice(3)).toEqual([['epoch', 'trial']]);
    expect(rows(merged).slice(3).map(keysOf)).toEqual([both]);
    expect(labels(withSplit(merged, ['day 2/b.ns5']))).toHaveLength(5);
  });

  it('splits what the pattern put together', () => {
    const choices: ImportChoices = { ...noChoices, pattern: '*/{epoch}.*' };
    expect(labels(choices).slice(3)).toEqual([['epoch', 'b']]);
    expect(labels(withSplit(choices, ['day 2/b.ns5'])).slice(3)).toEqual([
      ['epoch', 'b'],
      ['epoch', 'b.ns5'],
    ]);
  });
});

it('takes recordings in and out, and forgets edits that say nothing', () => {
  const some = withTaken(noChoices, ['a.rhd'], false);
  expect(takenOf(['a.rhd', 'day 2/b.rhd'], new Set(some.exclude))).toBe('some');
  expect(withTaken(some, ['a.rhd'], true)).toEqual(noChoices);
  const edited = withEdit(noChoices, ['a.rhd'], { device: 'x' });
  expect(withEdit(edited, ['a.rhd'], { device: undefined })).toEqual(noChoices);
});
