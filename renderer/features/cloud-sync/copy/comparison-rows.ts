import type { CopyComparison } from '../../../../shared/contract/cloud-copies.ts';
import { plural, t } from '../../../texts/translate.ts';

/** One way in which a document is not the same on both sides. */
export interface ComparisonRow {
  readonly what: string;
  readonly id: string;
  /** Empty where there is nothing to add. */
  readonly why: string;
  /** It can be opened on this computer. */
  readonly isHere: boolean;
}

/** What is not the same on both sides: what asks for a decision comes first. */
export function comparisonRows(found: CopyComparison): ComparisonRow[] {
  const { duplicates, mismatchDetails, localOnlyIds, remoteOnlyIds } = found;
  const onlyThere = new Set(remoteOnlyIds);
  const extraText = (count: number) => plural(count, '{{count}} record too many', '{{count}} records too many');
  const rows = [
    ...duplicates.map(({ id, extra }) => ({ what: t('More than once'), id, why: extraText(extra.length) })),
    ...mismatchDetails.map(({ ndiId, reason }) => ({ what: t('Different'), id: ndiId, why: reason })),
    ...localOnlyIds.map((id) => ({ what: t('Only here'), id, why: '' })),
    ...remoteOnlyIds.map((id) => ({ what: t('Only in the cloud'), id, why: '' })),
  ];
  return rows.map((row) => ({ ...row, isHere: !onlyThere.has(row.id) }));
}

/** The sums in a line. */
export function comparisonSums(found: CopyComparison): string {
  const { common, mismatchedIds, localOnly, remoteOnly, duplicates, withoutId } = found;
  return [
    t('{{number}} the same', { number: common - mismatchedIds.length }),
    t('{{number}} different', { number: mismatchedIds.length }),
    t('{{number}} only here', { number: localOnly }),
    t('{{number}} only in the cloud', { number: remoteOnly }),
    t('{{number}} more than once', { number: duplicates.length }),
    ...(withoutId === 0 ? [] : [t('{{number}} in the cloud without an NDI id', { number: withoutId })]),
  ].join(' · ');
}
