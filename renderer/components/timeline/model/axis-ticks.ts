import { formatNumber } from '../../../texts/translate.ts';

/** Room for a label and the space beside it. */
const LABEL_PX = 110;

/** Round times of a range, few enough for their labels: steps of 1, 2 or 5 times a power of ten. */
export function axisTicks(
  { t0, t1 }: { readonly t0: number; readonly t1: number },
  widthPx: number,
): { readonly time: number; readonly label: string }[] {
  const span = t1 - t0;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const least = (span / Math.max(1, widthPx)) * LABEL_PX;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= least * (1 - 1e-9)) ?? power * 10;
  const digits = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  const first = Math.ceil(t0 / step - 1e-9);
  const last = Math.floor(t1 / step + 1e-9);
  return Array.from({ length: Math.max(0, Math.min(100, last - first + 1)) }, (_, at) => {
    const time = (first + at) * step;
    return { time, label: `${formatNumber(time, digits)} s` };
  });
}
