import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedUser } from '../../../e2e/local-cloud/seed.ts';
import type { LocalCloud } from '../../../e2e/local-cloud/start.ts';
import { startTestCloud } from '../../../e2e/local-cloud/testing.ts';
import { createSession } from '../imports/create.ts';
import { newFolder, removeFolders, writeIntan } from '../imports/testing/made-recordings.ts';
import { createDirectClient } from '../router.ts';
import { createServices, type Services } from '../services.ts';

let local: LocalCloud;
let services: Services;
beforeAll(async () => {
  local = await startTestCloud();
  services = createServices({ door: 'web', dataFolder: newFolder() });
});
afterAll(async () => {
  await services.close();
  await local.stop();
  removeFolders();
});

it('an element is derived from one whose files lie in the cloud only: they are fetched, none counts as missing', async () => {
  const { derivedElements, elements, signals } = createDirectClient(services);
  const user = seedUser(local.cloud, { email: 'ada@example.org' });
  await services.cloud.accounts.signIn({ email: user.email, password: user.password, server: local.url });
  const original = newFolder();
  for (const name of ['t1', 't2']) await writeIntan(join(original, name, 'a.rhd'), 3, 1);
  await createSession(services, { sessionDir: original, reference: 'exp', from: original, exclude: [] });
  const probe =
    (await elements.list({ path: original })).find((one) => one.epochs.length > 1) ?? expect.fail('no probe');
  const from = (name: string, element: string) =>
    ({ element, name, reference: 1, how: { kind: 'downsample', factor: 2 } }) as const;
  await derivedElements.make({ path: original, ...from('half', `${probe.name}|${probe.reference}`) });
  const expected = await derivedElements.plan({ path: original, ...from('quarter', 'half|1') });
  expect(expected.epochs).toHaveLength(2);

  await services.ingest.ingest({ path: original });
  const { transfers } = services.cloud;
  const { cloudDatasetId } = await transfers.finish(await transfers.start({ kind: 'upload', path: original }));
  const download = { kind: 'download', datasetId: cloudDatasetId, folder: newFolder(), files: false } as const;
  const { path: dataset } = await transfers.finish(await transfers.start(download));
  const info = await services.items.info(dataset);
  const place = info.kind === 'dataset' ? { path: dataset, sessionId: info.sessions[0]?.id ?? '' } : { path: dataset };

  const plan = await derivedElements.plan({ ...place, ...from('quarter', 'half|1') });
  expect(plan).toEqual(expected);
  expect(plan.leftOut).toEqual([]);
  services.cloud.files.cache.clear();
  await derivedElements.make({ ...place, ...from('quarter', 'half|1') });
  await derivedElements.make({ path: original, ...from('quarter', 'half|1') });
  const read = (source: { path: string }) =>
    signals.read({
      source: { ...source, element: 'quarter|1', epoch: plan.epochs[1]?.epochId ?? '' },
      ...{ channels: 'all', from: 0, to: 10, unit: 'seconds' },
    });
  expect(await read(place)).toEqual(await read({ path: original }));
});
