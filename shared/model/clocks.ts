import { NdiError } from './errors.ts';

/** NDI's clock types. A global clock keeps its meaning across epochs; the others need an epoch beside the time. */
const clockTypes = {
  utc: { global: true, withinSec: 1e-4 },
  approx_utc: { global: true, withinSec: 5 },
  exp_global_time: { global: true, withinSec: 1e-4 },
  approx_exp_global_time: { global: true, withinSec: 5 },
  dev_global_time: { global: true, withinSec: 1e-4 },
  approx_dev_global_time: { global: true, withinSec: 5 },
  dev_local_time: { global: false, withinSec: 0 },
  no_time: { global: false, withinSec: 0 },
  inherited: { global: false, withinSec: 0 },
} as const;

export type ClockType = keyof typeof clockTypes;

export const clockNames = Object.keys(clockTypes) as readonly ClockType[];

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
    recovery: `Use one of ${clockNames.join(', ')}.`,
    details: { value: name },
  });
}

export const isGlobalClock = (type: ClockType): boolean => clockTypes[type].global;
/** How far, in seconds, a time on the clock may be from what it means, as NDI states it. */
export const clockAccuracySec = (type: ClockType): number => clockTypes[type].withinSec;

/**
 * Clocks whose times are equal wherever they are found, and what a step between two of them costs: from an exact clock
 * to itself and to its approximate form, never back (daq-epochs-time reference, section 17.2).
 */
export const clockLinks = [
  { from: 'utc', to: 'utc' },
  { from: 'utc', to: 'approx_utc' },
  { from: 'exp_global_time', to: 'exp_global_time' },
  { from: 'exp_global_time', to: 'approx_exp_global_time' },
  { from: 'dev_global_time', to: 'dev_global_time' },
  { from: 'dev_global_time', to: 'approx_dev_global_time' },
] as const satisfies readonly { from: ClockType; to: ClockType }[];

export const CLOCK_LINK_COST = 100;

/** Cost of the automatic step (times are equal) from one clock to another, Infinity where there is none. */
export function clockLinkCost(from: ClockType, to: ClockType): number {
  return clockLinks.some((link) => link.from === from && link.to === to) ? CLOCK_LINK_COST : Infinity;
}

/** @throws NdiError time.notGlobal */
export function assertGlobalClock(type: ClockType): void {
  if (isGlobalClock(type)) return;
  const global = clockNames.filter(isGlobalClock);
  throw new NdiError({
    code: 'time.notGlobal',
    message: `A time on the clock ${type} means something only within an epoch.`,
    recovery: `Name the epoch, or use a global clock: ${global.join(', ')}.`,
    details: { clock: type },
  });
}

/** Whether a time on the clock means something only together with an epoch. */
export const needsEpoch = (type: ClockType): boolean => type === 'dev_local_time';
