import { describe, expect, it } from 'vitest';
import { clockTime } from './clocks.ts';
import { BLACKROCK_RATE, EPOCH_SECONDS, INTAN_RATE, blackrockStamp, planExperiment } from './plan.ts';
import { experimentTruth } from './truth.ts';
import { LATENCY, REFRACTORY, firingRate } from './units.ts';

const plan = planExperiment(7);

describe('the plan of the sample experiment', () => {
  it('is decided by its seed alone', () => {
    expect(experimentTruth(planExperiment(7))).toEqual(experimentTruth(plan));
    expect(experimentTruth(planExperiment(8)).epochs[0]?.triggers).not.toEqual(plan.epochs[0]?.triggers);
  });

  it('lets no cell fire within its refractory period', () => {
    for (const epoch of plan.epochs) {
      epoch.spikes.forEach((train, unit) => {
        const rate = plan.units[unit]?.device === 'intan1' ? INTAN_RATE : BLACKROCK_RATE;
        const shortest = Math.min(...train.slice(1).map((sample, index) => sample - train[index]!));
        expect(shortest).toBeGreaterThanOrEqual(Math.floor(REFRACTORY * rate));
      });
    }
  });

  it('lets each cell answer to a direction with the rate of its tuning curve', () => {
    const seeds = Array.from({ length: 12 }, (_, index) => planExperiment(100 + index));
    const relative: number[] = [];
    for (const { units, epochs } of seeds) {
      for (const epoch of epochs) {
        epoch.spikes.forEach((train, index) => {
          const unit = units[index]!;
          if (unit.device !== 'intan1') return;
          for (const shown of epoch.presentations) {
            const seen = train.filter((sample) => {
              const time = sample / INTAN_RATE - LATENCY;
              return time >= shown.onset && time < shown.offset;
            });
            relative.push(seen.length / (0.5 * firingRate(unit.tuning, shown.direction)));
          }
        });
      }
    }
    const mean = relative.reduce((sum, value) => sum + value, 0) / relative.length;
    expect(relative.length).toBe(12 * 3 * 6 * 18);
    expect(mean).toBeGreaterThan(0.97);
    expect(mean).toBeLessThan(1.03);
  });

  it('shows every stimulus equally often, one at a time, within the epoch', () => {
    for (const { presentations } of plan.epochs) {
      const counts = new Map<number, number>();
      for (const shown of presentations) counts.set(shown.stimulusId, (counts.get(shown.stimulusId) ?? 0) + 1);
      expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(new Set(counts.values())).toEqual(new Set([2]));
      presentations
        .slice(1)
        .forEach((shown, index) => expect(shown.onset).toBeGreaterThan(presentations[index]!.offset));
      expect(presentations.at(-1)!.offset).toBeLessThan(EPOCH_SECONDS);
    }
  });

  it('notes the same triggers on both devices, to a tick of the clock that drifts', () => {
    for (const epoch of experimentTruth(plan).epochs) {
      const { intan1, blackrock1 } = epoch.triggers;
      expect(blackrock1).toHaveLength(intan1.length);
      intan1.forEach((time, index) => {
        const expected = clockTime(epoch.clocks.blackrock1, time);
        expect(Math.abs(blackrock1[index]! - expected)).toBeLessThanOrEqual(0.5001 / BLACKROCK_RATE);
      });
    }
  });

  it('lets the second clock jump in the last epoch only, between two samples', () => {
    expect(plan.epochs.map((epoch) => epoch.clocks.blackrock1.jump !== null)).toEqual([false, false, true]);
    const { blackrock } = plan.epochs[2]!;
    const at = blackrock.jump!.sample;
    expect(blackrockStamp(blackrock, at) - blackrockStamp(blackrock, at - 1)).toBe(1 + 0.25 * BLACKROCK_RATE);
  });
});
