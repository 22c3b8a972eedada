import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The list of channel files that the recording software keeps beside them: from 0.6 on, and before. */
const NAMES = ['structure.openephys', 'Continuous_Data.openephys'];
const MAX_BYTES = 16 << 20;

/** Places of channel files as the structure file lists them; empty where there is none that can be read. */
export function listedOrder(folder: string): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const name of NAMES) {
    const text = readText(join(folder, name));
    for (const [, file = ''] of text.matchAll(/<CHANNEL\b[^>]*\bfilename="([^"]+)"/g)) {
      if (!order.has(file)) order.set(file, order.size);
    }
    if (order.size > 0) break;
  }
  return order;
}

/** It only tells an order: without it, names are in natural order, which is nearly always the same. */
function readText(path: string): string {
  try {
    return statSync(path).size <= MAX_BYTES ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
