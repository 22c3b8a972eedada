import { expect, test } from 'vitest';
import type { EpochSet } from '../epoch-sets.ts';
import { newRule } from '../sync-documents.ts';
import { local, testEpoch, testSet } from '../testing/epoch-sets.ts';
import { epochsInFoldersOf, epochsSharingFiles } from './shared-files.ts';

const device = (name: string, ...files: string[]): EpochSet =>
  testSet(name, [testEpoch(`${name}1`, [local(0, 10)], files)]);

test('E14: files in the folder above those of the other device', async () => {
  const a = device('a', '/d/run/ep1/a.rhd', '/d/run/ep1/ref.txt');
  const b = device('b', '/d/run/log.tsv');
  for (const [first, second] of [
    [a, b],
    [b, a],
  ] as const) {
    const [pair, ...others] = epochsInFoldersOf(first, second, 2);
    expect([pair?.a.set.name, pair?.b.set.name, pair?.count, others]).toEqual([first.name, second.name, 2, []]);
    expect(epochsInFoldersOf(first, second, 3)).toEqual([]);
  }
  const rule = (minEmbeddedFileOverlap: number) =>
    newRule('commonTriggersOverlappingEpochs', {
      daqsystem1_name: 'a',
      daqsystem2_name: 'b',
      daqsystem_ch1: 'dep1',
      daqsystem_ch2: 'mk1',
      minEmbeddedFileOverlap,
    });
  const context = {
    devices: [a, b],
    eventTimes: () => Promise.resolve([]),
    stampSteps: () => Promise.resolve([]),
    readText: () => null,
  };
  const two = rule(2);
  expect((await two.kind.pairs(two.parameters, context)).pairs).toHaveLength(1);
  const three = rule(3);
  const none = await three.kind.pairs(three.parameters, context);
  expect(none.pairs).toEqual([]);
  expect(none.reason).toContain('at least 3 files in each other’s folders');
});

test('files are the same by their whole path, and count once', () => {
  const a = device('a', '/d/x', '/d/x', '/d/y');
  const b = device('b', '/d/x', '/e/y');
  expect(epochsSharingFiles([a, b], 1).map(({ count }) => count)).toEqual([1]);
  expect(epochsSharingFiles([a, b], 2)).toEqual([]);
});
