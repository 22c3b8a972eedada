import { describe, expect, it } from 'vitest';
import type { CopyComparison } from '../../../../shared/contract/cloud-copies.ts';
import { comparisonRows, comparisonSums } from './comparison-rows.ts';

const found: CopyComparison = {
  cloudDatasetId: '0123456789abcdef01234567',
  contents: true,
  localOnly: 1,
  remoteOnly: 2,
  common: 5,
  localOnlyIds: ['a'],
  remoteOnlyIds: ['b', 'c'],
  commonIds: ['d', 'e', 'f', 'g', 'h'],
  mismatchedIds: ['e'],
  mismatchDetails: [{ ndiId: 'e', apiId: '1', reason: 'Document properties do not match.' }],
  duplicates: [{ id: 'd', kept: '2', extra: ['3', '4'] }],
  withoutId: 0,
};

describe('a comparison on the page', () => {
  it('names each document that is not the same, what asks for a decision first', () => {
    expect(comparisonRows(found).map(({ what, id, why }) => [what, id, why])).toEqual([
      ['More than once', 'd', '2 records too many'],
      ['Different', 'e', 'Document properties do not match.'],
      ['Only here', 'a', ''],
      ['Only in the cloud', 'b', ''],
      ['Only in the cloud', 'c', ''],
    ]);
  });

  it('sums up, and tells of records without an id only where there are some', () => {
    expect(comparisonSums(found)).toBe(
      '4 the same · 1 different · 1 only here · 2 only in the cloud · 1 more than once',
    );
    expect(comparisonSums({ ...found, withoutId: 3 })).toContain('3 in the cloud without an NDI id');
  });
});
