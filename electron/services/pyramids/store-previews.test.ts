import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDemo } from '../demo/demo.ts';
import { createServices, type Services } from '../services.ts';

let folder = '';
let services: Services;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-previews-'));
  services = createServices({ door: 'cli', dataFolder: join(folder, 'data') });
  await makeDemo(services, { folder: join(folder, 'demo'), seed: 3 });
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

it('stores the overview of an epoch as pyraview documents whose levels hold the extremes of the samples', async () => {
  const path = join(folder, 'demo');
  const info = await services.items.info(path);
  if (info.kind !== 'session') throw new Error(info.kind);
  const epoch = info.epochs.find(({ device }) => device === 'intan1')?.epochId ?? '';
  const source = { path, device: 'intan1', epoch };
  const first = await services.overviews.build({ source, store: true });
  const second = await services.overviews.build({ source, store: true });
  expect(first.documents.length).toBeGreaterThan(0);
  expect(second.documents).not.toEqual(first.documents);
  const listed = await services.documents.list({ path, isa: 'pyraview' });
  expect(listed.documents.map(({ id }) => id).sort()).toEqual([...second.documents].sort());

  const [id = ''] = second.documents;
  const detail = services.documents.get({ path, id });
  expect(detail.document).toMatchObject({
    pyraview: { label: 'all', nativeRate: 20_000, dataType: 'double', decimationLevels: [100, 10, 10, 10] },
    epochid: { epochid: epoch },
    filter: { type: 'none' },
  });
  expect((await services.edits.validate({ path, ids: second.documents })).problems).toEqual([]);
  const { channels } = detail.document['pyraview'] as { channels: number };
  const file = detail.files.find(({ name }) => name === 'level2.bin');
  const bytes = readFileSync(join(path, '.ndi', 'files', file?.uid ?? ''));
  // Header and rows by the description of Pyraview's files alone.
  expect(bytes.toString('latin1', 0, 4)).toBe('PYRA');
  expect([4, 8, 12, 40].map((at) => bytes.readUInt32LE(at))).toEqual([1, 9, channels, 1000]);
  expect([16, 24, 32].map((at) => bytes.readDoubleLE(at))).toEqual([20, 20_000, 0]);
  const samples = await services.signals.read({ source, channels: 'ai1-2', from: 5000, to: 6000, unit: 'samples' });
  [0, 1].forEach((channel) => {
    const values = (samples.data[channel] ?? []).map(Number);
    const at = 1024 + 16 * (5 * channels + channel);
    expect(bytes.readDoubleLE(at)).toBe(Math.min(...values));
    expect(bytes.readDoubleLE(at + 8)).toBe(Math.max(...values));
  });
});
