import { clockTime } from './clocks.ts';
import type { EpochPlan } from './plan.ts';

/** What the stimulus computer wrote of an epoch: a table whose times are seconds of its own clock. */
export function stimulusLog(epoch: EpochPlan): string {
  const clock = epoch.clocks.stimulator;
  const rows = epoch.presentations.map((shown, index) => [
    index + 1,
    shown.stimulusId,
    shown.direction ?? 'NaN',
    clockTime(clock, shown.onset).toFixed(6),
    clockTime(clock, shown.offset).toFixed(6),
  ]);
  return [['trial', 'stimid', 'direction', 'onset', 'offset'], ...rows].map((row) => `${row.join('\t')}\n`).join('');
}
