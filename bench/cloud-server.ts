// The local cloud in a process of its own, for bench/cloud.bench.ts: it must not share its time with what is measured.
import { seedDataset, seedUser } from '../e2e/local-cloud/seed.ts';
import { startLocalCloud } from '../e2e/local-cloud/start.ts';

const folder = process.argv[2] ?? '';
const running = await startLocalCloud({ folder, settings: { eventDelayMs: 5, zipDelayMs: 5 } });
const user = seedUser(running.cloud, { email: 'bench@example.org' });
process.on('message', ({ documents }: { documents: number }) => {
  const datasetId = seedDataset(running.cloud, user.organizationId, { name: 'listed', documents });
  process.send?.({ datasetId });
});
process.once('disconnect', () => process.exit(0));
process.send?.({ url: running.url, user });
