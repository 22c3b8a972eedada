import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { createDirectClient } from './router.ts';
import { createServices } from './services.ts';

afterAll(cleanUp);

describe('maintenance by its calls', () => {
  it('checks, repairs, restores, backs up and compacts', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'one');
    const services = createServices({ door: 'cli', dataFolder: join(folder, 'app') });
    const { imports, maintenance, items } = createDirectClient(services);
    await imports.create({ sessionDir: path, reference: 'one', subject: 'a@b' });
    expect(await maintenance.check({ path })).toEqual({ ok: true, problems: [], counts: {} });
    const left = join(path, '.ndi', 'files', 'left');
    writeFileSync(left, 'over');
    utimesSync(left, 1_000_000, 1_000_000);
    expect(await maintenance.check({ path })).toMatchObject({ ok: false, counts: { 'file.leftover': 1 } });
    const { repaired, problems, backup } = await maintenance.repair({ path });
    expect([repaired.map((one) => one.code), problems]).toEqual([['file.leftover'], []]);
    await maintenance.restore({ path, backup: backup?.path ?? '' });
    expect(await maintenance.check({ path })).toMatchObject({ ok: false });
    expect(await maintenance.backups({ path })).toHaveLength(2);
    const kept = await maintenance.backUp({ path, target: join(folder, 'disk') });
    expect(kept).toMatchObject({ why: 'asked for', files: 1, fileBytes: 4 });
    expect(await maintenance.compact({ path })).toMatchObject({ afterBytes: expect.any(Number) as number });
    expect(await maintenance.sizes({ path })).toMatchObject({ files: 1, fileBytes: 4, freeBytes: 0 });
    expect(await items.info({ path })).toMatchObject({ kind: 'session', reference: 'one' });
    const nothing = maintenance.check({ path: folder });
    await expect(nothing).rejects.toMatchObject({ data: { code: 'session.notFound' } });
    await services.close();
  });
});
