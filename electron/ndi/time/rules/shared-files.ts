import { dirname } from 'node:path';
import type { EpochSet, SetEpoch } from '../epoch-sets.ts';
import type { EpochOf } from './rule.ts';

/** Two epochs of different devices, and how many files they share. */
export interface SharedFiles {
  readonly a: EpochOf;
  readonly b: EpochOf;
  readonly count: number;
}

/** Pairs of epochs of different devices that share at least so many files, found by their paths. */
export function epochsSharingFiles(devices: readonly EpochSet[], least: number): SharedFiles[] {
  const users = new Map<string, { device: number; of: EpochOf }[]>();
  devices.forEach((set, device) => {
    for (const epoch of set.epochs) {
      for (const file of new Set(epoch.files)) append(users, file, { device, of: { set, epoch } });
    }
  });
  const pairs = new PairCounts();
  for (const together of users.values()) {
    for (const [at, one] of together.entries()) {
      for (const other of together.slice(at + 1)) {
        if (other.device !== one.device) pairs.add(one.of, other.of);
      }
    }
  }
  return pairs.atLeast(least);
}

/**
 * Pairs of epochs of two devices where files of the one lie one folder below files of the other: how many of one whose
 * grandparent folder is the parent folder of some file of the other, the larger of both ways (reference, section 21.3).
 */
export function epochsInFoldersOf(first: EpochSet, second: EpochSet, least: number): SharedFiles[] {
  const down = countBelow(first, second);
  const up = countBelow(second, first);
  const both = new PairCounts();
  for (const { a, b, count } of down.atLeast(least)) both.raise(a, b, count);
  for (const { a, b, count } of up.atLeast(least)) both.raise(b, a, count);
  return both.atLeast(least);
}

function countBelow(lower: EpochSet, upper: EpochSet): PairCounts {
  const byFolder = new Map<string, Set<SetEpoch>>();
  for (const epoch of upper.epochs) {
    for (const file of epoch.files) {
      const folder = dirname(file);
      byFolder.set(folder, (byFolder.get(folder) ?? new Set<SetEpoch>()).add(epoch));
    }
  }
  const pairs = new PairCounts();
  for (const epoch of lower.epochs) {
    for (const file of epoch.files) {
      for (const above of byFolder.get(dirname(dirname(file))) ?? []) {
        pairs.add({ set: lower, epoch }, { set: upper, epoch: above });
      }
    }
  }
  return pairs;
}

class PairCounts {
  readonly #counts = new Map<SetEpoch, Map<SetEpoch, { a: EpochOf; b: EpochOf; count: number }>>();

  add(a: EpochOf, b: EpochOf): void {
    this.#entry(a, b).count += 1;
  }

  raise(a: EpochOf, b: EpochOf, count: number): void {
    const entry = this.#entry(a, b);
    entry.count = Math.max(entry.count, count);
  }

  atLeast(least: number): SharedFiles[] {
    return [...this.#counts.values()].flatMap((row) => [...row.values()].filter(({ count }) => count >= least));
  }

  #entry(a: EpochOf, b: EpochOf) {
    const row = this.#counts.get(a.epoch) ?? new Map<SetEpoch, { a: EpochOf; b: EpochOf; count: number }>();
    this.#counts.set(a.epoch, row);
    const entry = row.get(b.epoch) ?? { a, b, count: 0 };
    row.set(b.epoch, entry);
    return entry;
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
