/** How long, and how much memory, it takes to plan a sync of 100,000 documents. */
import { localDocument, planInput, remoteDocument } from '../electron/ndi/cloud/sync/testing/made-inventories.ts';
import { makePlan } from '../electron/ndi/cloud/sync/plan.ts';

const COUNT = 100_000;
const ids = Array.from({ length: COUNT }, (_, at) => `${at.toString(16).padStart(16, '0')}_${'0'.repeat(16)}`);
const before = process.memoryUsage().heapUsed;
const here = ids.filter((_, at) => at % 10 !== 0).map((id) => localDocument(id, 'same'));
const there = ids.filter((_, at) => at % 10 !== 1).map((id) => remoteDocument(id, 'same'));
const input = planInput(here, there, { local: ids, remote: ids }, { mode: 'twoWay', files: true, updateEdited: true });
const held = process.memoryUsage().heapUsed;
const times = Array.from({ length: 7 }, () => {
  const began = performance.now();
  makePlan(input);
  return performance.now() - began;
}).sort((a, b) => a - b);
const { steps } = makePlan(input);
const mb = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
process.stdout.write(
  `plan of ${COUNT} documents, ${steps.length} steps      median ${(times[3] ?? 0).toFixed(0)} ms; both lists ${mb(held - before)} MB\n`,
);
