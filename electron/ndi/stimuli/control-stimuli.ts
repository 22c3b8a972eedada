import type { JsonObject } from '../../../shared/model/document-json.ts';

/**
 * In which repetition each presentation lies (1, 2, ...), and whether every repetition shows each stimulus once (the last
 * one may be incomplete).
 */
export function repetitions(order: readonly number[], stimuli: number): { reps: number[]; regular: boolean } {
  const reps = order.map((_, at) => Math.floor(at / stimuli) + 1);
  const seen = new Set<string>();
  const regular = order.every((id, at) => {
    const key = `${reps[at] ?? 0} ${id}`;
    const fresh = Number.isInteger(id) && id >= 1 && id <= stimuli && !seen.has(key);
    seen.add(key);
    return fresh;
  });
  return { reps, regular };
}

/** Ids of the stimuli that are blank (`isblank` is 1): NDI's method `pseudorandom`. */
export function blankStimuli(parameters: readonly JsonObject[]): number[] {
  return parameters.flatMap((one, at) => (Number(one['isblank']) === 1 ? [at + 1] : []));
}

/**
 * For each presentation the presentation (1, 2, ...) of the control stimulus that it is compared with: the one of the
 * same repetition where the order is regular, else the nearest in time (analysis reference, section 7). NaN without any.
 */
export function controlPresentations(
  order: readonly number[],
  onsets: readonly number[],
  stimuli: number,
  control: number,
): number[] {
  const controls = order.flatMap((id, at) => (id === control ? [at] : []));
  if (controls.length === 0) return order.map(() => NaN);
  const { reps, regular } = repetitions(order, stimuli);
  return order.map((_, at) => {
    if (regular) return (controls[Math.min(reps[at] ?? 1, controls.length) - 1] ?? NaN) + 1;
    const distance = (other: number) => Math.abs((onsets[other] ?? NaN) - (onsets[at] ?? NaN));
    const nearest = controls.reduce((best, other) => (distance(other) < distance(best) ? other : best));
    return nearest + 1;
  });
}
