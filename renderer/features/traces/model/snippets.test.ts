import { expect, it } from 'vitest';
import { createTraceStore } from '../trace-store.ts';
import { shownTraces } from './settings.ts';
import { runSnippet, snippetHelp } from './snippets.ts';
import { makeChannel, makeInfo } from './testing.ts';

const info = makeInfo({
  channels: [1, 2, 3, 4].map((number) => makeChannel('analog_in', number)),
  segments: [{ t0: 0, t1: 100 }],
});
const start = () => createTraceStore({ path: '/a', device: 'intan1', epoch: 'e' }, info);

it('sets gain, time, duration, channels, band, reference and spacing', () => {
  const store = start();
  const typed = ['g 2.5', ':d 250 ms', 't 12.5 s intan1', 'c ai2-3', 'b 300-6k', 'r median', 's 2'];
  expect(typed.map((text) => runSnippet(store, text))).toEqual(typed.map(() => null));
  const { settings, range } = store.getState();
  expect([settings.gain, settings.spacing, settings.processing.reference]).toEqual([2.5, 2, 'median']);
  expect(range.t0).toBeCloseTo(12.5, 9);
  expect(range.t1 - range.t0).toBeCloseTo(0.25, 9);
  expect(settings.processing).toMatchObject({ band: 'custom', low: 300, high: 6000 });
  expect(shownTraces(info, settings).map(({ name }) => name)).toEqual(['ai2', 'ai3']);
  runSnippet(store, 'b LFP');
  expect(store.getState().settings.processing.band).toBe('lfp');
});

it('shows units by name, all or none', () => {
  const store = start();
  const unit = { quality: '', device: '', probe: '', channels: [], depth: null, spikes: 1, ratePerSec: 1 };
  const units = ['a', 'b'].map((id) => {
    return { ...unit, id, name: `cell ${id}`, origin: 'neuron' as const, carried: false, errorSec: null };
  });
  store.setState({ units });
  const shown = (text: string) => (runSnippet(store, text), store.getState().settings.units.shown);
  expect([shown('u Cell b'), shown('u all'), shown('u cell a'), shown('u none')]).toEqual([
    ['b'],
    ['a', 'b'],
    ['b'],
    [],
  ]);
});

it('says what it does not understand and changes nothing', () => {
  const store = start();
  const before = store.getState();
  expect(runSnippet(store, 'x 1')).toBe('“x” is no command. There are: g, t, d, c, b, r, s, u.');
  expect(runSnippet(store, 'g none')).toBe('“none” is not understood. Write it as: g 2');
  expect(runSnippet(store, 'c ai9')).toBe('There is no channel ai9.');
  for (const text of ['', 't soon', 'd -1', 'b -', 'b 1-2-3', 'r all', 's 0', 'u nobody']) {
    expect(runSnippet(store, text)).not.toBeNull();
  }
  expect(store.getState()).toBe(before);
  expect(snippetHelp()).toHaveLength(8);
});
