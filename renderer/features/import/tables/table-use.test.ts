import { expect, it } from 'vitest';
import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import { likelyRecording, wantedTables } from './table-use.ts';

it('a table is likely about the recording beside it, or of its name', () => {
  const recordings = ['m1/a.rhd', 'm1/b.rhd', 'm2/c.rhd'].map((key) => ({ key }) as ScannedRecording);
  expect(likelyRecording('m1/b_trials.csv', recordings)).toBe('m1/b.rhd');
  expect(likelyRecording('m2/trials.csv', recordings)).toBe('m2/c.rhd');
  expect(likelyRecording('trials.csv', recordings)).toBe('m1/a.rhd');
  expect(likelyRecording('trials.csv', [])).toBe('');
});

it('only tables whose recording is taken in and whose onsets are known are kept', () => {
  const use = { sheet: '', mapping: { onset: 'on', unit: 's' as const }, recording: 'a', probe: ' screen ' };
  const uses = {
    '/1': use,
    '/2': { ...use, recording: 'left out' },
    '/3': { ...use, mapping: { onset: '', unit: 's' as const } },
  };
  expect(wantedTables(uses, new Set(['a']))).toEqual([{ ...use, file: '/1', probe: 'screen' }]);
});
