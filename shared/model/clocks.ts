import { NdiError } from './errors.ts';

/** NDI's clock types. A global clock keeps its meaning across epochs; the others need an epoch beside the time. */
const clockTypes = {
  utc: { global: true },
  approx_utc: { global: true },
  exp_global_time: { global: true },
  approx_exp_global_time: { global: true },
  dev_global_time: { global: true },
  approx_dev_global_time: { global: true },
  dev_local_time: { global: false },
  no_time: { global: false },
  inherited: { global: false },
} as const;

export type ClockType = keyof typeof clockTypes;

/** An epoch's extent on one clock, in seconds; NaN on `no_time`. `t1` is the time of the last sample. */
export interface ClockSpan {
  readonly type: ClockType;
  readonly t0: number;
  readonly t1: number;
}

/** What an epoch without readable times says. */
export const noTime: ClockSpan = { type: 'no_time', t0: Number.NaN, t1: Number.NaN };

/**
 * The clock type of a name, whatever its case.
 * @throws NdiError document.invalid
 */
export function parseClockType(name: string): ClockType {
  const lower = name.trim().toLowerCase();
  if (Object.hasOwn(clockTypes, lower)) return lower as ClockType;
  throw new NdiError({
    code: 'document.invalid',
    message: `"${name}" is no clock type.`,
    recovery: `Use one of ${Object.keys(clockTypes).join(', ')}.`,
    details: { value: name },
  });
}

export const isGlobalClock = (type: ClockType): boolean => clockTypes[type].global;
/** Whether a time on the clock means something only together with an epoch. */
export const needsEpoch = (type: ClockType): boolean => type === 'dev_local_time';
