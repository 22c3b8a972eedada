import { expect, test } from 'vitest';
import { probeDevices } from './probe-channels.ts';

const row = (deviceString: string, type = 'n-trode') => ({ name: 'ctx', reference: 1, type, deviceString });

test('E18: a probe of two rows has the channels of both, in order', () => {
  const devices = probeDevices([row('intan1:ai1-2'), row('intan1:ai5')], 'CTX', 1);
  expect(devices.map(({ device }) => device)).toEqual(['intan1', 'intan1']);
  expect(devices.flatMap(({ channels }) => channels.map(({ type, number }) => `${type}${number}`))).toEqual([
    'ai1',
    'ai2',
    'ai5',
  ]);
});

test('a probe of another type, reference or name is another probe', () => {
  const rows = [row('intan1:ai1'), row('intan1:ai2', 'ecg'), { ...row('intan1:ai3'), reference: 2 }];
  expect(probeDevices(rows, 'ctx', 1).flatMap(({ channels }) => channels.map(({ number }) => number))).toEqual([1]);
  expect(probeDevices(rows, 'cortex', 1)).toEqual([]);
});
