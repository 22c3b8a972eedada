import { describe, expect, it, test } from 'vitest';
import type { ClockType } from '../../../shared/model/clocks.ts';
import { TimeConverter } from './convert.ts';
import type { EpochSet } from './epoch-sets.ts';
import { clockHealth } from './health.ts';
import { LinkedGraph } from './linked-graph.ts';
import { fitCommonPulses } from './pulses/fit-pulses.ts';
import type { RuleContext } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import { newRule } from './sync-documents.ts';
import { local, testEpoch, testSet, utc } from './testing/epoch-sets.ts';

// What is wrong has a name, and the rest still works.

const fault = (code: string) => expect.objectContaining({ code }) as Error;
const irregular = [0, 1, 2.3, 3.1, 4.8, 5.5, 7.2, 8, 9.9, 11, 12.7, 13.2, 15.1, 16.6, 17, 19.3];
const rule = (id: string, name: string, parameters: Record<string, string | number>): StoredRule => {
  return { ...newRule(name, parameters), id };
};
const pulseRule = (first: string, second: string) =>
  rule(`${first}-${second}`, 'commonTriggersOverlappingEpochs', {
    daqsystem1_name: first,
    daqsystem2_name: second,
    daqsystem_ch1: 'dep1',
    daqsystem_ch2: 'dep1',
  });

interface World {
  readonly devices: readonly EpochSet[];
  readonly rules: readonly StoredRule[];
  /** By device. */
  readonly pulses?: Readonly<Record<string, readonly number[]>>;
  readonly text?: string;
}

async function open({ devices, rules, pulses = {}, text = '' }: World) {
  const contextOf = (sets: readonly EpochSet[]): RuleContext => ({
    devices: sets,
    eventTimes: (set) => Promise.resolve(pulses[set.name] ?? []),
    stampSteps: () => Promise.resolve([]),
    readText: () => text,
  });
  const linked = new LinkedGraph();
  const sync = { graphId: 'g', rules, mappings: [], problems: [] };
  await linked.update(devices, sync, contextOf);
  const converter = new TimeConverter(linked.graph);
  const ask = (from: string, clock: string, time: number, to: string, toClock = 'dev_local_time') => {
    const [source, target] = [linked.graph.sets.get(from)!, linked.graph.sets.get(to)!];
    return converter.convert(
      {
        from: { set: source, clock: clock as ClockType, epoch: source.epochs[0]! },
        to: { set: target, clock: toClock as ClockType, epoch: null },
      },
      time,
    );
  };
  const findings = async () => {
    for (const { pairs } of linked.outcomes) for (const { fit } of pairs) await fit.find();
    return clockHealth(linked, sync).map(({ code }) => code);
  };
  return { ask, findings };
}

/** Devices that lie in each other's folders, so that their pulses are compared. */
const above = (name: string) => testSet(name, [testEpoch(`${name}1`, [local(0, 20)], [`/d/${name}.nev`])]);
const below = (name: string) => testSet(name, [testEpoch(`${name}1`, [local(0, 20)], [`/d/ep/${name}.rhd`])]);

describe('a clock that runs backwards', () => {
  it('by its pulses: they do not fit, whatever the order of the file', async () => {
    const backwards = irregular.map((time) => 100 - time);
    expect(fitCommonPulses({ first: irregular, second: backwards }).residualMaxSec).toBeGreaterThan(0.1);
    const world = await open({
      devices: [below('a'), above('b')],
      rules: [pulseRule('a', 'b')],
      pulses: { a: irregular, b: backwards },
    });
    expect(await world.findings()).toContain('time.residual');
  });

  it('by a file: the link is no link, and the others are used', async () => {
    const shared = (name: string) => testSet(name, [testEpoch(`${name}1`, [local(0, 20)], ['/d/s.txt'])]);
    const find = rule('f', 'filefind', { syncfilename: 's.txt', daqsystem1: 'a', daqsystem2: 'b' });
    const match = rule('m', 'filematch', { number_fullpath_matches: 1 });
    const devices = [shared('a'), shared('b')];
    const alone = await open({ devices, rules: [find], text: '3 -1' });
    await expect(alone.ask('a', 'dev_local_time', 1, 'b')).rejects.toThrow(fault('time.noPath'));
    expect(await alone.findings()).toEqual(['time.noPath', 'time.noFit']);
    const both = await open({ devices, rules: [find, match], text: '3 -1' });
    expect((await both.ask('a', 'dev_local_time', 1, 'b')).timeSec).toBe(1);
  });

  it('by its extent: it is told, and times go on being converted', async () => {
    const devices = [testSet('a', [testEpoch('a1', [local(10, 0), utc(1000, 1010)])])];
    const world = await open({ devices, rules: [] });
    expect(await world.findings()).toEqual(['time.stamps']);
    expect((await world.ask('a', 'dev_local_time', 10, 'a', 'utc')).timeSec).toBe(1000);
  });
});

test('pulses that are doubled or missing are told, and times are right', async () => {
  const doubled = [...irregular, irregular[4]! + 0.001];
  const missing = irregular.filter((_, at) => at !== 7).map((time) => time + 5);
  const world = await open({
    devices: [below('a'), above('b')],
    rules: [pulseRule('a', 'b')],
    pulses: { a: doubled, b: missing },
  });
  expect((await world.ask('a', 'dev_local_time', 12, 'b')).timeSec).toBeCloseTo(17, 6);
  expect(await world.findings()).toContain('time.pulses');
});

test('devices without a pulse in common are not related, and the others are', async () => {
  const world = await open({
    devices: [below('a'), above('b'), above('c')],
    rules: [pulseRule('a', 'b'), pulseRule('a', 'c')],
    pulses: { a: irregular, b: irregular.map((time) => time + 2), c: [1, 1.2, 5, 9, 9.1] },
  });
  expect((await world.ask('a', 'dev_local_time', 3, 'b')).timeSec).toBeCloseTo(5, 9);
  await expect(world.ask('a', 'dev_local_time', 3, 'c')).rejects.toThrow(fault('time.noPath'));
  expect(await world.findings()).toEqual(['time.noPath', 'time.offset', 'time.noFit']);
});

test('epochs without an overlap give a reason', async () => {
  const apart = testSet('b', [testEpoch('b1', [local(0, 10)], ['/elsewhere/b.nev'])]);
  const world = await open({ devices: [below('a'), apart], rules: [pulseRule('a', 'b')] });
  expect(await world.findings()).toEqual(['time.noPath', 'time.ruleUnused']);
});

test('of rules that contradict each other the first counts, and both are told', async () => {
  const shared = (name: string) => testSet(name, [testEpoch(`${name}1`, [local(0, 20)], ['/d/s.txt'])]);
  const find = rule('f', 'filefind', { syncfilename: 's.txt', daqsystem1: 'a', daqsystem2: 'b' });
  const match = rule('m', 'filematch', { number_fullpath_matches: 1 });
  const devices = [shared('a'), shared('b')];
  for (const [rules, time] of [
    [[find, match], 4],
    [[match, find], 1],
  ] as const) {
    const world = await open({ devices, rules, text: '3 1' });
    expect((await world.ask('a', 'dev_local_time', 1, 'b')).timeSec).toBe(time);
    expect(await world.findings()).toContain('time.contradiction');
  }
});

test('a circle of rules leads nobody round', async () => {
  const shared = (name: string) => testSet(name, [testEpoch(`${name}1`, [local(0, 20)], ['/d/s.txt'])]);
  const find = (first: string, second: string) =>
    rule(first + second, 'filefind', { syncfilename: 's.txt', daqsystem1: first, daqsystem2: second });
  const rules = [find('a', 'b'), find('b', 'c'), find('c', 'a')];
  const world = await open({ devices: ['a', 'b', 'c'].map(shared), rules, text: '0 1' });
  const { hops, timeSec } = await world.ask('a', 'dev_local_time', 1, 'c');
  expect([hops.length, timeSec]).toEqual([1, 1]);
  expect(await world.findings()).toEqual([]);
});

describe('times that are none, or lie beyond', () => {
  const devices = [
    testSet('a', [testEpoch('a1', [local(0, 10), utc(1000, 1010)], ['/x'])]),
    testSet('b', [testEpoch('b1', [local(0, 10)], ['/x']), testEpoch('b2', [local(20, 30)], ['/x'])]),
  ];
  const rules = [rule('m', 'filematch', { number_fullpath_matches: 1 })];

  it('no number is refused', async () => {
    const { ask } = await open({ devices, rules });
    await expect(ask('a', 'dev_local_time', Number.NaN, 'b')).rejects.toThrow(fault('range.invalid'));
    await expect(ask('a', 'dev_local_time', Number.NaN, 'a', 'utc')).rejects.toThrow(fault('range.invalid'));
    const stretched = [testSet('a', [testEpoch('a1', [local(0, 10), utc(0, 1000)])])];
    const other = await open({ devices: stretched, rules: [] });
    await expect(other.ask('a', 'dev_local_time', 1e308, 'a', 'utc')).rejects.toThrow(fault('range.invalid'));
  });

  it('an infinite time stays infinite, in the first or last epoch', async () => {
    const { ask } = await open({ devices, rules });
    expect(await ask('a', 'dev_local_time', Infinity, 'a', 'utc')).toMatchObject({ timeSec: Infinity });
    const [last, first] = [
      await ask('a', 'dev_local_time', Infinity, 'b'),
      await ask('a', 'dev_local_time', -Infinity, 'b'),
    ];
    expect([last.timeSec, last.node.epoch.epochId]).toEqual([Infinity, 'b2']);
    expect([first.timeSec, first.node.epoch.epochId]).toEqual([-Infinity, 'b1']);
  });

  it('a clock that is not there, and a time in no epoch, are named', async () => {
    const { ask } = await open({ devices, rules });
    await expect(ask('a', 'exp_global_time', 1, 'b')).rejects.toThrow(fault('time.noClock'));
    await expect(ask('a', 'dev_local_time', 1, 'b', 'no_time')).rejects.toThrow(fault('time.noClock'));
    await expect(ask('a', 'dev_local_time', 15, 'b')).rejects.toThrow(fault('time.outsideEpoch'));
  });
});
