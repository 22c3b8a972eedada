import { describe, expect, it } from 'vitest';
import type { RemoteDataset } from '../../../shared/contract/cloud.ts';
import { inOrder } from './dataset-columns.tsx';

const dataset = (name: string, bytes: number | null): RemoteDataset => ({
  id: name,
  name,
  published: false,
  submitted: false,
  documents: null,
  bytes,
  updatedAt: null,
  linkedPath: null,
  abstract: '',
  authors: [],
  license: '',
  doi: '',
  deletedAt: null,
});
const some = [dataset('b10', 5), dataset('b2', null), dataset('a', 7)];
const names = (order: Parameters<typeof inOrder>[1]) => inOrder(some, order).map(({ name }) => name);

describe('datasets in an order', () => {
  it('are as the server lists them until one is chosen', () => {
    expect(names(undefined)).toEqual(['b10', 'b2', 'a']);
  });

  it('go by name with numbers as numbers, both ways', () => {
    expect(names({ column: 'name', descending: false })).toEqual(['a', 'b2', 'b10']);
    expect(names({ column: 'name', descending: true })).toEqual(['b10', 'b2', 'a']);
  });

  it('have what is not known at the end, both ways', () => {
    expect(names({ column: 'bytes', descending: false })).toEqual(['b10', 'a', 'b2']);
    expect(names({ column: 'bytes', descending: true })).toEqual(['a', 'b10', 'b2']);
  });
});
