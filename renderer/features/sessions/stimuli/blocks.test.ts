import { describe, expect, it } from 'vitest';
import { blockShapes, varyingParameters } from './blocks.ts';

const shown = (stimulusId: number | null, onset: number | null, offset: number | null) => {
  return { stimulusId, onset, offset, open: onset, close: offset, epochId: 'e' };
};

describe('blocks of stimuli', () => {
  it('are one shape a colour, in fractions of the span; blank ones are grey', () => {
    const presentations = [shown(1, 2, 4), shown(2, 5, 6), shown(1, 8, null), shown(3, 12, 14), shown(4, null, null)];
    const parameters = [{}, { isblank: 1 }, {}];
    expect(blockShapes({ presentations, parameters }, { t0: 0, t1: 10 })).toEqual([
      { color: 'var(--ndi-data-1)', path: 'M0.20000 0H0.40000V1H0.20000ZM0.80000 0H0.80050V1H0.80000Z' },
      { color: 'var(--ndi-line-strong)', path: 'M0.50000 0H0.60000V1H0.50000Z' },
    ]);
    expect(blockShapes({ presentations, parameters }, { t0: 1, t1: 1 })).toEqual([]);
  });

  it('tell which parameters vary', () => {
    const parameters = [
      { angle: 0, size: 5, rect: [1, 2] },
      { angle: 45, size: 5, rect: [1, 2], extra: 1 },
    ];
    expect(varyingParameters(parameters)).toEqual({ varying: ['angle', 'extra'], constant: ['size', 'rect'] });
    expect(varyingParameters([])).toEqual({ varying: [], constant: [] });
  });
});
