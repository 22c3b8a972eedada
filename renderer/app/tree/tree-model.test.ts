import { expect, it } from 'vitest';
import type { DatasetInfo, SessionInfo } from '../../../shared/contract/sessions.ts';
import { itemKey, type ItemEntry } from '../../state/items.ts';
import { treeStep } from './tree-keys.ts';
import { type TreeNodeKind, treeRows } from './tree-model.ts';

const session: SessionInfo = {
  kind: 'session',
  id: 's1',
  reference: 'mouse 12',
  path: '/data/m12',
  documents: { total: 5, byClass: { subject: 1, element: 4 } },
  daqSystems: [{ name: 'intan1', reader: 'reader', id: 'd1', epochs: 1 }],
  subjects: [],
  probes: [{ name: 'ctx', reference: 1, type: 'n-trode', subject: '', epochs: 1, id: null }],
  epochs: [
    { epochId: 'e1', number: 1, device: 'intan1', files: ['/data/m12/a.rhd'], clocks: [], probes: [], problems: [] },
  ],
  problems: [],
};
const items: Record<string, ItemEntry> = { [itemKey('/data/m12')]: { status: 'ready', info: session } };
const rowsOf = (toggled: string[], filter = '', kinds: TreeNodeKind[] = []) =>
  treeRows({ paths: ['/data/m12', '/data/unread'], items, toggled: new Set(toggled), filter, kinds });
const labels = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => '  '.repeat(row.level - 1) + row.label);

it('shows what is read, closed below the session, and leaves out empty groups', () => {
  expect(labels(rowsOf([]))).toEqual(['mouse 12', '  DAQ systems', '  Probes', '  Documents', 'unread']);
});

it('opens what was opened and asks for what is not read yet', () => {
  const rows = rowsOf(['/data/m12/daqs', '/data/m12/daq/intan1', '/data/unread']);
  expect(labels(rows)).toContain('      Epoch 1');
  expect(rows.at(-1)).toMatchObject({ kind: 'note', path: '/data/unread', level: 2 });
  expect(rows.find((row) => row.kind === 'epoch')).toMatchObject({
    epochId: 'e1',
    device: 'intan1',
    position: 1,
    siblings: 1,
  });
});

it('keeps what a filter finds with everything above it', () => {
  expect(labels(rowsOf([], 'elem'))).toEqual(['mouse 12', '  Documents', '    element']);
});

it('finds by beginnings of words too, and narrows to kinds of nodes', () => {
  expect(labels(rowsOf([], 'e1'))).toEqual(['mouse 12', '  DAQ systems', '    intan1', '      Epoch 1']);
  expect(labels(rowsOf([], '', ['probe']))).toEqual(['mouse 12', '  Probes', '    ctx | 1']);
  expect(labels(rowsOf([], 'element', ['probe']))).toEqual([]);
  expect(labels(rowsOf([], 'm1'))).toEqual(['mouse 12']);
});

it('puts sessions without a dataset together, before the datasets', () => {
  const dataset: DatasetInfo = {
    ...{ kind: 'dataset', id: 'd', reference: 'lab', path: '/data/lab', problems: [] },
    sessions: [{ id: 's2', reference: 'mouse 13', linked: false, path: '/data/lab', documents: 0 }],
    documents: { total: 0, byClass: {} },
  };
  const rows = treeRows({
    ...{ paths: ['/data/lab', '/data/m12'], toggled: new Set<string>(), filter: '', kinds: [] },
    items: { ...items, [itemKey('/data/lab')]: { status: 'ready', info: dataset } },
  });
  expect(labels(rows).slice(0, 2)).toEqual(['Sessions without a dataset', '  mouse 12']);
  expect(labels(rows).slice(-2)).toEqual(['lab', '  mouse 13']);
  expect(rows.filter((row) => row.isRoot === true).map(({ label }) => label)).toEqual(['mouse 12', 'lab']);
});

it('moves as the ARIA pattern for trees has it', () => {
  const rows = rowsOf([]);
  expect(treeStep('ArrowRight', rows, 1)).toBe('toggle');
  expect(treeStep('ArrowRight', rows, 0)).toBe(1);
  expect(treeStep('ArrowLeft', rows, 2)).toBe(0);
  expect(treeStep('ArrowLeft', rows, 0)).toBe('toggle');
  expect([treeStep('End', rows, 0), treeStep('p', rows, 0), treeStep('F6', rows, 0)]).toEqual([4, 2, undefined]);
});
