import { expect, it } from 'vitest';
import { noProcessing, parseHertz, processingOf, processingText } from './processing.ts';

it('asks for nothing where signals are shown as they are', () => {
  expect(processingOf(noProcessing)).toBeUndefined();
  expect(processingOf({ ...noProcessing, band: 'custom', low: null, high: null })).toBeUndefined();
  expect(processingText(noProcessing)).toBe('');
});

it('asks for band and reference', () => {
  expect(processingOf({ ...noProcessing, band: 'spikes', reference: 'median' })).toEqual({
    low: 300,
    high: 6000,
    order: 3,
    phase: 'zero',
    reference: 'median',
  });
  expect(processingText({ ...noProcessing, band: 'spikes', reference: 'median' })).toBe(
    'Spikes (300 Hz to 6 kHz), Common median',
  );
});

it('understands frequencies as people type them', () => {
  expect(['300', '300 Hz', '6 kHz', '6k', '0,5hz', '', 'x', '0'].map(parseHertz)).toEqual([
    300,
    300,
    6000,
    6000,
    0.5,
    null,
    undefined,
    undefined,
  ]);
});
