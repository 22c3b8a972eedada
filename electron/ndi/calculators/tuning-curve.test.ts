import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { compileQuery } from '../query/evaluate.ts';
import { choices } from './selection.ts';
import { type PresentationResponse, tuningCurve } from './tuning-curve.ts';

const presented = (stimulusId: number, real: number, control = 0, imaginary = 0): PresentationResponse => {
  return { stimulusId, response: { real, imaginary }, control: { real: control, imaginary: 0 } };
};
const all = () => true;

describe('a tuning curve', () => {
  // Analysis reference, worked example A3.
  it('has mean, deviation and error of each condition', () => {
    const responses = [3, 5, 4, 6].map((rate) => presented(1, rate));
    const curve = tuningCurve(responses, [{ angle: 30 }], ['angle'], all);
    expect(curve).toMatchObject({ independent_variable_value: [30], stimid: [1], response_mean: [4.5] });
    expect((curve?.['response_stddev'] as number[])[0]).toBeCloseTo(1.2909944, 6);
    expect((curve?.['response_stderr'] as number[])[0]).toBeCloseTo(0.6454972, 6);
    expect(curve?.['individual_responses_real']).toEqual([[3], [5], [4], [6]]);
  });

  // Worked example A4, with the conditions shown out of order.
  it('puts conditions in the order of their values', () => {
    const contrasts = [0.4, 0, 1, 0.2, 0.8, 0.6];
    const rate = (c: number) => (10 * c ** 2) / (c ** 2 + 0.25) + 1;
    const responses = contrasts.map((c, at) => presented(at + 1, rate(c)));
    const stimuli = contrasts.map((contrast) => ({ contrast }));
    const curve = tuningCurve(responses, stimuli, ['contrast'], all);
    expect(curve?.['independent_variable_value']).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    const expected = [1, 2.3793103, 4.902439, 6.9016393, 8.1910112, 9];
    for (const [at, mean] of (curve?.['response_mean'] as number[]).entries()) {
      expect(mean).toBeCloseTo(expected[at] ?? NaN, 6);
    }
  });

  it('pools stimuli of the same values, and pads conditions with fewer repetitions', () => {
    const stimuli = [{ angle: 0 }, { angle: 90 }, { angle: 0 }];
    const responses = [presented(1, 2), presented(2, 7), presented(3, 4)];
    const curve = tuningCurve(responses, stimuli, ['angle'], all);
    expect(curve).toMatchObject({ stimid: [1, 2], response_mean: [3, 7], response_stddev: [Math.SQRT2, 0] });
    expect(curve?.['individual_responses_real']).toEqual([
      [2, 7],
      [4, NaN],
    ]);
    expect(curve?.['stimulus_presentation_number']).toEqual([
      [1, 2],
      [3, NaN],
    ]);
  });

  it('has several variables, magnitudes of responses with a phase, and leaves out what has no number', () => {
    const stimuli = [{ angle: 0, sf: 1 }, { angle: 0, sf: 0.5 }, { angle: 'all', sf: 1 }, {}];
    const responses = [presented(1, 3, 0, 4), presented(2, -2), presented(3, 9)];
    const curve = tuningCurve(responses, stimuli, ['angle', 'sf'], all);
    expect(curve?.['independent_variable_value']).toEqual([
      [0, 0.5],
      [0, 1],
    ]);
    expect(curve?.['response_mean']).toEqual([2, 5]);
    expect(tuningCurve(responses, stimuli, ['none'], all)).toBeNull();
  });
});

describe('the selection of stimuli', () => {
  const stimuli: JsonObject[] = [0, 90].flatMap((angle) => [1, 2, 4].map((sf) => ({ angle, sf })));
  const responses = stimuli.map((_, at) => presented(at + 1, [1, 5, 2, 1, 8, 3][at] ?? 0, at === 1 ? 9 : 1));
  const chosen = (...items: [property: string, operation: string, value: string | number][]) =>
    choices(
      items.map(([property, operation, value]) => ({ property, operation, value })),
      stimuli,
      responses,
    );
  const taken = (...items: Parameters<typeof chosen>) =>
    chosen(...items).map(({ constraints }) => stimuli.filter(compileQuery(constraints)));

  it('takes the best value less its control, the greatest, the least, or what a condition says', () => {
    expect(taken(['sf', '', 'best'])).toEqual([stimuli.filter(({ sf }) => sf === 2)]);
    expect(taken(['sf', '', 'greatest'])).toEqual([stimuli.filter(({ sf }) => sf === 4)]);
    expect(taken(['sf', '', 'least'])).toEqual([stimuli.filter(({ sf }) => sf === 1)]);
    expect(taken(['sf', 'lessthan', 3])).toEqual([stimuli.filter(({ sf }) => sf !== 4)]);
    expect(taken(['tf', '', 'not'])).toEqual([stimuli]);
    expect(chosen(['sf', '', 'best'], ['angle', '', 'varies'])[0]?.log).toBe('sf best value is 2.');
  });

  it('makes no curve where a gate is shut', () => {
    const open: Parameters<typeof chosen> = [
      ['angle', '', 'varies'],
      ['sf', 'numberatleast', 3],
      ['sf', 'hasnumericvalue', 2],
      ['sf', 'hasnumericvalue>', 3],
      ['sf', 'hasnumericvalue<', 2],
    ];
    expect(chosen(...open)).toHaveLength(1);
    const shut: Parameters<typeof chosen> = [
      ['tf', '', 'varies'],
      ['angle', '', 'constant'],
      ['sf', 'numberatleast', 4],
      ['sf', 'hasnumericvalue', 3],
      ['sf', 'hasnumericvalue>', 4],
      ['sf', 'hasnumericvalue<', 1],
      ['tf', '', 'best'],
      ['tf', '', 'greatest'],
    ];
    for (const item of shut) expect(chosen(item), item.join(' ')).toEqual([]);
  });

  it('deals every value its own curve, in all combinations', () => {
    expect(taken(['sf', '', 'deal'])).toEqual([1, 2, 4].map((value) => stimuli.filter(({ sf }) => sf === value)));
    const both = chosen(['angle', '', 'deal'], ['sf', '', 'deal']);
    expect(both.map(({ dealt }) => dealt.map(({ value }) => value))).toEqual(
      [0, 90].flatMap((angle) => [1, 2, 4].map((sf) => [angle, sf])),
    );
    expect(both[1]?.log).toBe('dealing angle = 0,dealing sf = 2.');
  });

  it('refuses items that mean nothing', () => {
    expect(() => choices(['best'], stimuli, responses)).toThrow('names no property');
    expect(() => chosen(['sf', 'nosuch', 3])).toThrow('nosuch');
  });
});
