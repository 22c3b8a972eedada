import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import { takenOf, treeRows, withTaken } from './import-tree.ts';

const epoch = (key: string, folder: string) => ({ key, folder, device: 'intan', files: [key], duration: 1 });
const recording = (name: string) => ({
  format: 'intan-rhd',
  formatName: 'Intan RHD2000',
  version: '3.0',
  path: `/data/${name}`,
  files: [`/data/${name}`],
  why: [],
  epoch: name,
  device: 'intan',
  key: name,
  make: '',
  reader: { readerClass: 'ndi.daq.reader.mfdaq.intan' },
  channelList: 'ai1',
  probes: [],
  channels: 1,
  sampleRate: 30_000,
  duration: 1,
  clocks: [],
  problems: [],
});
const scan: ScanResult = {
  folder: '/data',
  recordings: [recording('a.rhd'), recording('day 2/b.rhd')],
  epochs: [epoch('a.rhd', '/data'), epoch('day 2/b.rhd', '/data/day 2'), epoch('day 2/c.rhd', '/data/day 2')],
  skipped: [],
  problems: [],
  filesSeen: 3,
  elapsedMs: 1,
};

describe('treeRows', () => {
  it('lists each folder with its epochs beneath', () => {
    expect(treeRows(scan).map(({ kind, label }) => [kind, label])).toEqual([
      ['folder', 'data'],
      ['epoch', 'a.rhd'],
      ['folder', 'day 2'],
      ['epoch', 'b.rhd'],
      ['epoch', 'c.rhd'],
    ]);
  });

  it('gives every epoch its recordings', () => {
    const paths = treeRows(scan).map((row) => (row.kind === 'epoch' ? row.recordings.map(({ path }) => path) : null));
    expect(paths).toEqual([null, ['/data/a.rhd'], null, ['/data/day 2/b.rhd'], []]);
  });

  it('reads Windows paths', () => {
    const folder = 'C:\\data';
    const windows = { ...scan, folder, epochs: [epoch('x/b.rhd', `${folder}\\x`)] };
    expect(treeRows(windows)[0]?.label).toBe('x');
  });
});

it('takes epochs in and out', () => {
  const both = ['a', 'b'];
  const some = withTaken(new Set(), ['a'], false);
  expect([takenOf(both, new Set()), takenOf(both, some), takenOf(both, new Set(both))]).toEqual([
    'all',
    'some',
    'none',
  ]);
  expect(takenOf(both, withTaken(some, both, true))).toBe('all');
});
