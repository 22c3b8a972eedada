import type { IngestedEpoch } from './address.ts';

/**
 * Names of the segments of a group that hold a range of time, judged by the epoch's extent alone: its list of channels
 * need not be read. One more than needed may be among them, since the last segment may be short.
 * @param name of one of the group's segments: `ai_group1_seg.nbf_3`
 * @param range seconds of the epoch's first clock
 */
export function segmentsIn(
  { files, t0, t1 }: Pick<IngestedEpoch, 'files' | 't0' | 't1'>,
  name: string,
  range: { readonly from: number; readonly to: number },
): string[] {
  const [, group = ''] = /^(.*_seg\.nbf_)\d+$/.exec(name) ?? [];
  if (group === '') return [name];
  let count = 0;
  while (files[`${group}${count + 1}`] !== undefined) count += 1;
  const share = (time: number) => Math.min(1, Math.max(0, t1 > t0 ? (time - t0) / (t1 - t0) : 0));
  const first = Math.floor(share(range.from) * (count - 1));
  const last = Math.min(count - 1, Math.ceil(share(range.to) * count));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => `${group}${first + at + 1}`);
}
