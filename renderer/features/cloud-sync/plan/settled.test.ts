import { describe, expect, it } from 'vitest';
import type { SyncState } from '../../../../shared/model/sync.ts';
import { deletionsOf, doesMore, type Settled } from './settled.ts';

const none = { documents: 0, files: 0, bytes: 0 };
const conflict = (id: string, state: SyncState) => ({
  ...{ action: 'conflict' as const, kind: 'document' as const, id, state, documentId: id },
  ...{ cloudId: null, bytes: null, reason: '', side: null, className: '', name: '', refused: false, wasCommon: true },
});
const plan = {
  totals: {
    ...{ send: none, fetch: none, update: none, conflict: none, skip: none },
    'delete-here': { ...none, documents: 2 },
    'delete-there': { ...none, documents: 3 },
  },
  steps: [
    conflict('gone there', 'deletedThereEditedHere'),
    conflict('gone here', 'deletedHereEditedThere'),
    conflict('edited', 'conflict'),
  ],
};
const count = (settled: Record<string, Settled>) => deletionsOf(plan, settled);

describe('what a plan deletes', () => {
  it('is its own deletions, on both sides', () => {
    expect(count({})).toBe(5);
  });

  it('and each conflict that was settled by the side that has deleted it', () => {
    expect(count({ 'gone there': 'there', 'gone here': 'here' })).toBe(7);
  });

  it('but no conflict that was settled by keeping', () => {
    expect(count({ 'gone there': 'here', 'gone here': 'there', edited: 'there' })).toBe(5);
  });
});

it('a plan does more than delete where something is kept, sent or fetched', () => {
  expect(doesMore(plan, {})).toBe(false);
  expect(doesMore(plan, { 'gone there': 'there' })).toBe(false);
  expect(doesMore(plan, { 'gone there': 'here' })).toBe(true);
  expect(doesMore({ ...plan, totals: { ...plan.totals, fetch: { ...none, files: 1 } } }, {})).toBe(true);
});
