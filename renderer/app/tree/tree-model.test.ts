import { expect, it } from 'vitest';
import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { itemKey, type ItemEntry } from '../../state/items.ts';
import { treeStep } from './tree-keys.ts';
import { treeRows } from './tree-model.ts';

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
const rowsOf = (toggled: string[], filter = '') =>
  treeRows({ paths: ['/data/m12', '/data/unread'], items, toggled: new Set(toggled), filter });
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

it('moves as the ARIA pattern for trees has it', () => {
  const rows = rowsOf([]);
  expect(treeStep('ArrowRight', rows, 1)).toBe('toggle');
  expect(treeStep('ArrowRight', rows, 0)).toBe(1);
  expect(treeStep('ArrowLeft', rows, 2)).toBe(0);
  expect(treeStep('ArrowLeft', rows, 0)).toBe('toggle');
  expect([treeStep('End', rows, 0), treeStep('p', rows, 0), treeStep('F6', rows, 0)]).toEqual([4, 2, undefined]);
});
