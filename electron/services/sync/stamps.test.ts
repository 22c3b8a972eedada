import { expect, test } from 'vitest';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { newRule } from '../../ndi/time/sync-documents.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { RuleFiles } from './rule-files.ts';
import type { SessionClocks } from './session-clocks.ts';
import { stampFindings } from './stamps.ts';

const epoch: Epoch = {
  device: 'rig',
  number: 1,
  epochId: 'e1',
  files: [],
  clocks: [{ type: 'dev_local_time', t0: 0, t1: 10 }],
  probeMap: [],
  recordingPath: '/rig/e1.ns5',
  timeShift: 0,
  problems: [],
};
const rule = newRule('randomPulses', {
  daqsystem1_name: 'rig',
  daqsystem2_name: 'other',
  daqsystem_ch1: 'mk1',
  daqsystem_ch2: 'mk1',
});

async function told(times: readonly number[], segments: readonly { t0: number; t1: number }[]) {
  const workers = {
    events: () => Promise.resolve({ events: times.map((time) => ({ channel: 'mk1', time, value: 1 })), total: 0 }),
    describe: () => Promise.resolve({ channels: [{ sampleRate: 1000 }], segments }),
  } as unknown as DataWorkers;
  const clocks = { epochs: [epoch], sync: { rules: [rule] } } as unknown as SessionClocks;
  const found = await stampFindings(clocks, new RuleFiles(workers));
  return found.map(({ code, message, value }) => [code, message, value]);
}

test('stamps that go on as they should are not told', async () => {
  expect(
    await told(
      [0, 1, 2.5],
      [
        { t0: 0, t1: 4.999 },
        { t0: 6, t1: 8 },
      ],
    ),
  ).toEqual([]);
});

test('pulses that go back, repeat or lie below zero are counted', async () => {
  const [finding, ...others] = await told([-1, 2, 2, 1, 5], [{ t0: 0, t1: 9.999 }]);
  expect(others).toEqual([]);
  expect(finding![0]).toBe('time.stamps');
  expect(finding![1]).toContain('1 go back, 1 repeat the one before, 1 are below zero');
  expect(finding![2]).toBe(3);
});

test('samples whose stamps go back are told with by how much and where', async () => {
  const [finding] = await told(
    [],
    [
      { t0: 0, t1: 4.999 },
      { t0: 4.5, t1: 9 },
    ],
  );
  expect(finding![1]).toContain('go back by 500.000 ms at 5 s');
  expect(finding![2]).toBeCloseTo(-0.5, 9);
});
