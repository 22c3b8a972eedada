import { expect, test } from 'vitest';
import type { Epoch } from '../ndi/epochs/epoch.ts';
import { chooseEpoch, epochInfo } from './session-epochs.ts';

function epoch(device: string, number: number, epochId: string): Epoch {
  return {
    device,
    number,
    epochId,
    files: [`/data/${epochId}.rhd`],
    clocks: [{ type: 'dev_local_time', t0: 0, t1: 1 }],
    probeMap: [],
    recordingPath: `/data/${epochId}.rhd`,
    timeShift: 0,
    problems: [],
  };
}

const epochs = [epoch('intan1', 1, 't00001'), epoch('intan1', 2, 't00002'), epoch('spike2', 1, 't00001')];
const fault = (code: string) => expect.objectContaining({ code }) as Error;

test('an epoch is named by its id or its number, whatever the case', () => {
  expect(chooseEpoch(epochs, 'INTAN1', 'T00002')).toBe(epochs[1]);
  expect(chooseEpoch(epochs, 'intan1', '2')).toBe(epochs[1]);
  expect(chooseEpoch(epochs, undefined, 't00002')).toBe(epochs[1]);
  expect(chooseEpoch(epochs, 'spike2', undefined)).toBe(epochs[2]);
});

test('an id that reads as a number is an id first', () => {
  const numbered = [epoch('rig', 1, '2'), epoch('rig', 2, '1')];
  expect(chooseEpoch(numbered, 'rig', '2')).toBe(numbered[0]);
});

test('where more than one could be meant, nothing is guessed', () => {
  expect(() => chooseEpoch(epochs, undefined, 't00001')).toThrow(fault('usage.invalid'));
  expect(() => chooseEpoch(epochs, 'intan1', undefined)).toThrow(fault('usage.invalid'));
});

test.each(['0', '-1', '1.5', '3', '1e99'])('%s is no number of an epoch', (number) => {
  expect(() => chooseEpoch(epochs, 'intan1', number)).toThrow(`no epoch number ${number}`);
  expect(() => chooseEpoch(epochs, 'intan1', number)).toThrow(fault('epoch.notFound'));
});

test('what is not there is said with what there is', () => {
  expect(() => chooseEpoch(epochs, 'camera', undefined)).toThrow(fault('epoch.notFound'));
  expect(() => chooseEpoch(epochs, 'intan1', 'x')).toThrow(fault('epoch.notFound'));
  expect(() => chooseEpoch([], undefined, undefined)).toThrow(fault('epoch.notFound'));
});

test('times that are not known cross the wall as null', () => {
  const unknown = { ...epoch('rig', 1, 'a'), clocks: [{ type: 'no_time' as const, t0: NaN, t1: NaN }] };
  expect(epochInfo(unknown).clocks).toEqual([{ type: 'no_time', t0: null, t1: null }]);
});
