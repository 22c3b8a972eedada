/** When something was on; NaN where its beginning or its end was not seen. */
export interface OnOff {
  readonly on: number;
  readonly off: number;
}

/**
 * Pairs marks of on (positive) and off (negative): an on and the off right after it belong together, any other mark
 * stands alone (`pairOnOff`, daq-epochs-time reference, section 16).
 */
export function pairOnOff(marks: readonly { readonly time: number; readonly value: number }[]): OnOff[] {
  const sorted = [...marks].sort((a, b) => a.time - b.time);
  const pairs: OnOff[] = [];
  for (let at = 0; at < sorted.length; at++) {
    const mark = sorted[at];
    if (mark === undefined) break;
    const next = sorted[at + 1];
    if (mark.value <= 0) pairs.push({ on: NaN, off: mark.time });
    else if (next === undefined || next.value > 0) pairs.push({ on: mark.time, off: NaN });
    else {
      pairs.push({ on: mark.time, off: next.time });
      at += 1;
    }
  }
  return pairs;
}
