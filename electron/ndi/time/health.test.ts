import { expect, test } from 'vitest';
import type { EpochSet } from './epoch-sets.ts';
import { clockHealth } from './health.ts';
import type { RuleContext } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import { LinkedGraph } from './linked-graph.ts';
import { newRule } from './sync-documents.ts';
import { local, testEpoch, testSet } from './testing/epoch-sets.ts';

const device = (name: string, files: string[], span = local(0, 10)) =>
  testSet(name, [testEpoch(`${name}1`, [span], files)]);
const shared = newRule('filematch', { number_fullpath_matches: 1 });
const found = (daqsystem1: string, daqsystem2: string) =>
  newRule('filefind', { syncfilename: 's.txt', daqsystem1, daqsystem2 });

async function codesOf(devices: EpochSet[], rules: StoredRule[], text = '') {
  const contextOf = (sets: readonly EpochSet[]): RuleContext => ({
    devices: sets,
    eventTimes: () => Promise.resolve([]),
    stampSteps: () => Promise.resolve([]),
    readText: (path) => (path.endsWith('s.txt') ? text : null),
  });
  const named = rules.map((rule, at) => ({ ...rule, id: `r${at}` }));
  const sync = { graphId: 'g', rules: named, mappings: [], problems: [] };
  const built = new LinkedGraph();
  await built.update(devices, sync, contextOf);
  for (const { pairs } of built.outcomes) for (const { fit } of pairs) await fit.find();
  return clockHealth(built, sync).map(({ code, value }) => [code, value]);
}

test('devices that nothing relates', async () => {
  expect(await codesOf([device('a', ['x']), device('b', ['y'])], [])).toEqual([['time.noPath', 1]]);
  expect(await codesOf([device('a', ['x']), device('b', ['x'])], [shared])).toEqual([]);
});

test('two rules that say different things of the same epochs', async () => {
  const devices = [device('a', ['s.txt']), device('b', ['s.txt'])];
  const told = await codesOf(devices, [shared, found('a', 'b')], '0.5 1');
  expect(told).toContainEqual(['time.contradiction', 0.5]);
  expect(await codesOf(devices, [shared, found('a', 'b')], '0 1')).toEqual([]);
});

test('a circle of rules that does not close', async () => {
  const devices = ['a', 'b', 'c'].map((name) => device(name, ['s.txt']));
  const rules = [found('a', 'b'), found('b', 'c'), found('a', 'c')];
  const told = await codesOf(devices, rules, '0.25 1');
  expect(told.filter(([code]) => code === 'time.contradiction')).toEqual([['time.contradiction', 0.25]]);
});

test('clocks that devices keep for themselves are not one clock', async () => {
  const kept = (name: string) =>
    testSet(name, [testEpoch(`${name}1`, [{ type: 'dev_global_time', t0: 0, t1: 10 }], [name])]);
  expect(await codesOf([kept('a'), kept('b'), device('c', ['c'])], [])).toEqual([
    ['time.noPath', 1],
    ['time.deviceClocks', null],
  ]);
  expect(await codesOf([kept('a'), device('c', ['a'])], [])).toEqual([['time.noPath', 1]]);
});

test('a clock that runs backwards, and files without numbers', async () => {
  const devices = [device('a', ['s.txt']), device('b', ['s.txt'], local(10, 0))];
  const told = await codesOf(devices, [found('a', 'b')], 'nothing');
  expect(told.map(([code]) => code)).toEqual(['time.noPath', 'time.noFit', 'time.stamps']);
});
