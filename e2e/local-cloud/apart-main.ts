// The local cloud in a process of its own: it shares neither time nor memory with what is measured.
import { seedDataset, seedUser } from './seed.ts';
import type { Settings } from './settings.ts';
import { startLocalCloud } from './start.ts';

const [folder = '', settings = '{}'] = process.argv.slice(2);
const quick = { eventDelayMs: 5, zipDelayMs: 5, ...(JSON.parse(settings) as Partial<Settings>) };
const running = await startLocalCloud({ folder, settings: quick });
const user = seedUser(running.cloud, { email: 'bench@example.org' });
process.on('message', ({ documents }: { documents: number }) => {
  const datasetId = seedDataset(running.cloud, user.organizationId, { name: 'listed', documents });
  process.send?.({ datasetId });
});
process.once('disconnect', () => process.exit(0));
process.send?.({ url: running.url, user });
