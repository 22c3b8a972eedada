import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleResponse, spikeResponse } from './responses.ts';

const spikes = Float64Array.of(0.1, 0.35, 0.6, 1.1);
const stretch = (frequency: number) => ({ from: 0, to: 2, frequency });

function ofSamples(values: readonly number[], sampleRate: number, frequency: number, pieces = 1) {
  const times = values.map((_, at) => at / sampleRate);
  const response = new SampleResponse({ from: 0, to: (values.length - 1) / sampleRate, frequency }, sampleRate);
  const length = Math.ceil(values.length / pieces);
  for (let at = 0; at < values.length; at += length) {
    response.take(Float64Array.from(times.slice(at, at + length)), Float64Array.from(values.slice(at, at + length)));
  }
  return response.response();
}

describe('the response of spikes', () => {
  // Analysis reference, worked example A1.
  it('is their rate, or their component at a frequency', () => {
    expect(spikeResponse(spikes, stretch(0))).toEqual({ real: 2, imaginary: 0 });
    const first = spikeResponse(spikes, stretch(1));
    expect(first.real).toBeCloseTo(0.2212317, 6);
    expect(first.imaginary).toBeCloseTo(-1.3968022, 6);
    const second = spikeResponse(spikes, stretch(2));
    expect(second.real).toBeCloseTo(0.618034, 6);
    expect(second.imaginary).toBeCloseTo(-1.902113, 6);
  });

  it('takes both ends in, is 0 without spikes and NaN where there is no stretch', () => {
    expect(spikeResponse(spikes, { from: 0.35, to: 0.6, frequency: 0 }).real).toBe(8);
    expect(spikeResponse(Float64Array.of(), stretch(3))).toEqual({ real: 0, imaginary: 0 });
    expect(spikeResponse(spikes, { from: 1, to: 1, frequency: 0 }).real).toBeNaN();
    expect(spikeResponse(spikes, { from: NaN, to: NaN, frequency: 0 }).real).toBeNaN();
  });

  it('of a control is counted by the duration of the stimulus', () => {
    expect(spikeResponse(spikes, { from: 0, to: 0.5, frequency: 0 }, 2).real).toBe(1);
  });
});

describe('the response of samples', () => {
  // Worked example A2.
  it('is their mean, or their component at a frequency', () => {
    expect(ofSamples([1, 2, 3, 4], 4, 0)).toEqual({ real: 2.5, imaginary: 0 });
    const first = ofSamples([1, 2, 3, 4], 4, 1);
    expect(first.real).toBeCloseTo(1, 12);
    expect(first.imaginary).toBeCloseTo(1, 12);
  });

  it('is NaN where the samples do not reach over it, and the mean of those that are numbers', () => {
    const late = new SampleResponse({ from: 0, to: 1, frequency: 0 }, 4);
    late.take(Float64Array.of(0.25, 0.5, 0.75, 1), Float64Array.of(1, 1, 1, 1));
    expect(late.response().real).toBeNaN();
    expect(ofSamples([1, NaN, 3], 4, 0).real).toBe(2);
  });

  it('is the same in any pieces', () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), fc.constantFrom(0, 1.5), (list, pieces, frequency) => {
        expect(ofSamples(list, 10, frequency, pieces)).toEqual(ofSamples(list, 10, frequency));
      }),
    );
  });
});
