import { expect, test } from 'vitest';
import type { ClockType } from '../../../shared/model/clocks.ts';
import { type Converted, TimeConverter } from './convert.ts';
import type { EpochSet } from './epoch-sets.ts';
import type { RuleContext } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import { LinkedGraph } from './linked-graph.ts';
import { newRule } from './sync-documents.ts';
import { local, testEpoch, testSet, utc } from './testing/epoch-sets.ts';

// The worked examples of the daq-epochs-time reference, section 22.

const fault = (code: string) => expect.objectContaining({ code }) as Error;

function contextOf(devices: readonly EpochSet[], files: Record<string, string> = {}): RuleContext {
  return {
    devices,
    eventTimes: () => Promise.resolve([]),
    stampSteps: () => Promise.resolve([]),
    readText: (path) => files[path] ?? null,
  };
}

async function graphOf(
  devices: readonly EpochSet[],
  rules: readonly StoredRule[] = [],
  files: Record<string, string> = {},
) {
  const sync = { graphId: 'g', rules, mappings: [], problems: [] };
  const linked = new LinkedGraph();
  await linked.update(devices, sync, (sets) => contextOf(sets, files));
  const { graph } = linked;
  const converter = new TimeConverter(graph);
  /** `a/a1/utc`, or `a/utc` where the time tells the epoch. */
  const ask = (from: string, time: number, to: string): Promise<Converted> => {
    return converter.convert({ from: place(from), to: place(to) }, time);
  };
  const place = (text: string) => {
    const [name = '', ...rest] = text.split('/');
    const set = graph.sets.get(name)!;
    const epoch = rest.length > 1 ? set.epochs.find((one) => one.epochId === rest[0])! : null;
    return { set, epoch, clock: rest.at(-1) as ClockType };
  };
  return { graph, ask };
}

test('E4: clocks of one epoch', async () => {
  const { ask } = await graphOf([testSet('a', [testEpoch('a1', [local(0, 10), utc(1000, 1020)])])]);
  expect((await ask('a/a1/dev_local_time', 5, 'a/utc')).timeSec).toBe(1010);
  expect((await ask('a/utc', 1020, 'a/dev_local_time')).timeSec).toBe(10);
  expect((await ask('a/a1/dev_local_time', 12, 'a/utc')).timeSec).toBe(1024);
  const { hops } = await ask('a/a1/utc', 1020, 'a/dev_local_time');
  expect(hops[0]!.mapping).toEqual([0.5, -500]);
  expect((await ask('a/a1/dev_local_time', Infinity, 'a/utc')).timeSec).toBe(Infinity);
  await expect(ask('a/a1/dev_local_time', 1, 'a/exp_global_time')).rejects.toEqual(fault('time.noClock'));
});

test('E5: two epochs of one referent', async () => {
  const exp = (t0: number, t1: number) => ({ type: 'exp_global_time' as const, t0, t1 });
  const epochs = [testEpoch('ep1', [local(0, 10), exp(100, 110)]), testEpoch('ep2', [local(0, 5), exp(200, 205)])];
  const { ask } = await graphOf([testSet('p', epochs)]);
  const rows: [string, number, string, number, string][] = [
    ['p/ep1/dev_local_time', 5, 'p/dev_local_time', 5, 'ep1'],
    ['p/ep1/dev_local_time', 5, 'p/exp_global_time', 105, 'ep1'],
    ['p/ep1/dev_local_time', 0, 'p/exp_global_time', 100, 'ep1'],
    ['p/ep1/dev_local_time', 10, 'p/exp_global_time', 110, 'ep1'],
    ['p/ep2/dev_local_time', 2.5, 'p/exp_global_time', 202.5, 'ep2'],
    ['p/exp_global_time', 105, 'p/exp_global_time', 105, 'ep1'],
    ['p/exp_global_time', 202.5, 'p/exp_global_time', 202.5, 'ep2'],
  ];
  for (const [from, time, to, expected, epoch] of rows) {
    const { timeSec, node } = await ask(from, time, to);
    expect([timeSec, node.epoch.epochId]).toEqual([expected, epoch]);
  }
  await expect(ask('p/exp_global_time', 150, 'p/exp_global_time')).rejects.toEqual(fault('time.outsideEpoch'));
  await expect(ask('p/dev_local_time', 1, 'p/exp_global_time')).rejects.toEqual(fault('time.notGlobal'));
});

const deviceA = (files: string[], ...clocks: ReturnType<typeof local>[]) =>
  testSet('a', [testEpoch('a1', clocks, files)]);

test('E6: filematch', async () => {
  const rule = newRule('filematch', { number_fullpath_matches: 2 });
  const b = (files: string[]) => testSet('b', [testEpoch('b1', [local(0, 12)], files)]);
  const { ask } = await graphOf([deviceA(['x', 'y'], local(0, 10)), b(['x', 'y', 'z'])], [rule]);
  const { timeSec, cost, node } = await ask('b/b1/dev_local_time', 4, 'a/dev_local_time');
  expect([timeSec, cost, node.epoch.epochId]).toEqual([4, 1, 'a1']);
  const apart = await graphOf([deviceA(['x', 'y'], local(0, 10)), b(['x', 'z'])], [rule]);
  await expect(apart.ask('b/b1/dev_local_time', 4, 'a/dev_local_time')).rejects.toEqual(fault('time.noPath'));
});

test('E7: filefind', async () => {
  const rule = newRule('filefind', { syncfilename: 's.txt', daqsystem1: 'a', daqsystem2: 'b' });
  const devices = [deviceA(['/s.txt'], local(0, 100)), testSet('b', [testEpoch('b1', [local(0, 100)], ['/s.txt'])])];
  const { ask } = await graphOf(devices, [rule], { '/s.txt': '3 1.001\n' });
  expect((await ask('a/a1/dev_local_time', 10, 'b/dev_local_time')).timeSec).toBeCloseTo(13.01, 12);
  const back = await ask('b/b1/dev_local_time', 13.01, 'a/dev_local_time');
  expect(back.timeSec).toBeCloseTo(10, 12);
  expect(back.hops[0]!.mapping[0]).toBeCloseTo(0.999000999, 9);
  expect(back.hops[0]!.mapping[1]).toBeCloseTo(-2.997002997, 9);
  const without = await graphOf(devices, [rule], { '/s.txt': 'nothing' });
  await expect(without.ask('a/a1/dev_local_time', 10, 'b/dev_local_time')).rejects.toEqual(fault('time.noPath'));
});

const three = () => [
  deviceA(['x', 'y'], local(0, 10), utc(1000, 1010)),
  testSet('b', [testEpoch('b1', [local(0, 12)], ['x', 'y', 'z'])]),
  testSet('c', [testEpoch('c1', [utc(995, 1020), local(0, 25)], ['own'])]),
];

test('E8: three systems over utc', async () => {
  const { ask, graph } = await graphOf(three(), [newRule('filematch', {})]);
  const there = await ask('b/b1/dev_local_time', 4, 'c/dev_local_time');
  expect([there.timeSec, there.cost]).toEqual([9, 103]);
  expect(there.hops.map((hop) => hop.kind)).toEqual(['rule', 'sameEpoch', 'equalClock', 'sameEpoch']);
  expect((await ask('c/c1/dev_local_time', 9, 'b/dev_local_time')).timeSec).toBe(4);
  // A probe in the graph makes equal utc cost 77.
  graph.putSet({ ...testSet('probe: p | 1', []), kind: 'derived' });
  expect((await ask('b/b1/dev_local_time', 4, 'c/dev_local_time')).cost).toBe(80);
});

test('E9: probe and element', async () => {
  const { ask, graph } = await graphOf(three(), [newRule('filematch', {})]);
  const standing = (name: string, on: string): EpochSet => {
    const epoch = { ...testEpoch('a1', [local(0, 10)]), underlying: [{ setName: on, epochId: 'a1' }] };
    return { ...testSet(name, [epoch]), kind: 'derived' };
  };
  graph.putSet(standing('probe: p | 1', 'a'));
  graph.putSet(standing('element: e | 1', 'probe: p | 1'));
  const near = await ask('element: e | 1/a1/dev_local_time', 2.5, 'a/dev_local_time');
  expect([near.timeSec, near.cost]).toEqual([2.5, 2]);
  expect((await ask('element: e | 1/a1/dev_local_time', 2.5, 'b/dev_local_time')).timeSec).toBe(2.5);
});

test('E10: a probe on utc alone', async () => {
  const devices = [testSet('d', [testEpoch('d1', [utc(500, 560)])]), testSet('x', [testEpoch('x1', [utc(0, 1000)])])];
  const { ask, graph } = await graphOf(devices);
  const epoch = { ...testEpoch('d1', [utc(500, 560)]), underlying: [{ setName: 'd', epochId: 'd1' }] };
  graph.putSet({ ...testSet('probe: p | 1', [epoch]), kind: 'derived' });
  expect((await ask('x/utc', 530, 'probe: p | 1/dev_local_time')).timeSec).toBe(30);
  expect((await ask('probe: p | 1/utc', 530, 'probe: p | 1/dev_local_time')).timeSec).toBe(30);
});

test('of epochs that are as near, the one that holds the time', async () => {
  const devices = [
    testSet('a', [testEpoch('a1', [local(0, 100)], ['f'])]),
    testSet('b', [testEpoch('b1', [local(0, 10)], ['f']), testEpoch('b2', [local(20, 30)], ['f'])]),
  ];
  const { ask } = await graphOf(devices, [newRule('filematch', { number_fullpath_matches: 1 })]);
  expect((await ask('a/a1/dev_local_time', 25, 'b/dev_local_time')).node.epoch.epochId).toBe('b2');
  expect((await ask('a/a1/dev_local_time', 0, 'b/dev_local_time')).node.epoch.epochId).toBe('b1');
  expect((await ask('a/a1/dev_local_time', Infinity, 'b/dev_local_time')).node.epoch.epochId).toBe('b2');
  await expect(ask('a/a1/dev_local_time', 15, 'b/dev_local_time')).rejects.toEqual(fault('time.outsideEpoch'));
  expect((await ask('a/a1/dev_local_time', 15, 'b/b1/dev_local_time')).timeSec).toBe(15);
});
