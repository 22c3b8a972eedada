import { describe, expect, it } from 'vitest';
import { noChoices } from './choices.ts';
import { applyRecipe, findRecipe, layoutOf, learnRecipe, type RigRecording } from './recipe.ts';

const recording = (key: string, make: string, device: string): RigRecording => ({
  ...{
    key,
    make,
    device,
    path: `/d/${key}`,
    files: [`/d/${key}`],
    format: 'intan-rhd',
    formatName: 'Intan RHD2000',
    sampleRate: 20_000,
  },
  ...{ channelList: 'ai1-4', reader: { readerClass: 'ndi.daq.reader.mfdaq.intan' } },
  probes: [{ name: `${device}_probe`, reference: 1, type: 'n-trode', channels: 'ai1-4' }],
});
const probes = [{ name: 'ctx', reference: 1, type: 'sharp-Vm', channels: 'ai2' }];
const first = [recording('m1/r1/a.rhd', 'A', 'intan1'), recording('m1/r1/b.rhd', 'B', 'intan2')];
const next = [recording('m2/r7/x.rhd', 'B', 'intan1'), recording('m2/r7/y.rhd', 'A', 'intan2')];
const kept = { id: '1', usedAt: '2026-01-01', recordings: 'copy' } as const;

describe('what is remembered of a rig', () => {
  it('is said of its next recordings, whichever device comes first', () => {
    const recipe = learnRecipe(
      first,
      {
        ...noChoices,
        pattern: '{subject}/{epoch}/**',
        subjectLab: 'lab',
        recordings: {
          'm1/r1/a.rhd': { device: 'array', probes, epochId: 'once', subject: 'm1@lab' },
          'm1/r1/b.rhd': { device: 'stim' },
        },
      },
      kept,
    );
    expect(recipe).toMatchObject({ name: 'A + B', recordings: 'copy' });
    expect(findRecipe([recipe], next)).toBe(recipe);
    expect(applyRecipe(recipe, next)).toEqual({
      pattern: '{subject}/{epoch}/**',
      sessions: 'one',
      subjectLab: 'lab',
      recordings: { 'm2/r7/x.rhd': { device: 'stim' }, 'm2/r7/y.rhd': { device: 'array', probes } },
    });
  });

  it('is not taken for another rig, nor for a folder of another shape', () => {
    const recipe = learnRecipe(first, { ...noChoices, pattern: '{subject}/{epoch}/**' }, kept);
    expect(findRecipe([recipe], [recording('m2/r7/x.rhd', 'C', 'intan1')])).toBeNull();
    expect(findRecipe([recipe], [recording('x.rhd', 'A', 'intan1')])).toBeNull();
    expect(findRecipe([], next)).toBeNull();
  });

  it('is that of the rig that is most alike, and of equals the one used last', () => {
    const both = learnRecipe(first, noChoices, kept);
    const one = learnRecipe(first.slice(0, 1), noChoices, { ...kept, id: '2' });
    const later = { ...both, id: '3', usedAt: '2026-02-02' };
    expect(findRecipe([one, both, later], next)?.id).toBe('3');
    expect(findRecipe([one, both], next.slice(1))?.id).toBe('2');
    expect(both.devices.map(({ layout }) => layout)).toEqual(first.map(layoutOf));
  });
});
