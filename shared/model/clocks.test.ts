import { describe, expect, it } from 'vitest';
import { isGlobalClock, needsEpoch, parseClockType } from './clocks.ts';

describe('clock types', () => {
  it('are read whatever their case; others are refused', () => {
    expect(parseClockType(' UTC ')).toBe('utc');
    expect(parseClockType('dev_local_time')).toBe('dev_local_time');
    for (const name of ['', 'gmt', 'constructor']) {
      expect(() => parseClockType(name)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    }
  });

  it('tell whether they are global and whether they need an epoch', () => {
    expect(isGlobalClock('approx_exp_global_time')).toBe(true);
    expect(isGlobalClock('inherited')).toBe(false);
    expect(needsEpoch('dev_local_time')).toBe(true);
    expect(needsEpoch('utc')).toBe(false);
  });
});
