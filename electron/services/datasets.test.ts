import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { createDirectClient } from './router.ts';
import { createServices, type Services } from './services.ts';

let services: Services;
let client: ReturnType<typeof createDirectClient>;
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  services = createServices({ door: 'cli', dataFolder: join(folder, 'app') });
  client = createDirectClient(services);
});
afterEach(() => services.close());
afterAll(cleanUp);

const at = (name: string) => join(folder, name);
const isDemo = { field: '', operation: 'isa', param1: 'demoNDI', param2: '' };

describe('datasets by their calls', () => {
  it('are made, take sessions in, and let them go only when the loss is confirmed', async () => {
    const made = await client.datasets.create({ path: at('ds'), reference: 'published' });
    expect(made).toMatchObject({ kind: 'dataset', reference: 'published', sessions: [] });
    const session = await client.imports.create({ sessionDir: at('one'), reference: 'one', subject: 'a@b' });
    const linked = await client.datasets.add({ path: at('ds'), session: at('one') });
    expect(linked.sessions).toMatchObject([{ id: session.id, linked: true }]);
    const member = { path: at('ds'), sessionId: session.id };
    const held = await client.datasets.convert(member);
    expect(held.sessions).toMatchObject([{ id: session.id, linked: false, documents: 2 }]);
    expect(await client.datasets.content(member)).toMatchObject({ documents: 2, linked: false, reference: 'one' });
    await expect(client.datasets.remove(member)).rejects.toMatchObject({ data: { code: 'session.held' } });
    const empty = await client.datasets.remove({ ...member, deleteDocuments: true });
    expect(empty).toMatchObject({ sessions: [], documents: { total: 1 } });
  });

  it('are refused where a session is, and a session is no dataset', async () => {
    await client.imports.create({ sessionDir: at('one'), reference: 'one' });
    const create = client.datasets.create({ path: at('one'), reference: 'x' });
    await expect(create).rejects.toMatchObject({ data: { code: 'session.exists' } });
    const add = client.datasets.add({ path: at('one'), session: at('one') });
    await expect(add).rejects.toMatchObject({ data: { code: 'session.invalid' } });
  });

  it('link no session that lies in another dataset, but take it in', async () => {
    await client.datasets.create({ path: at('a'), reference: 'a' });
    await client.datasets.create({ path: at('b'), reference: 'b' });
    await client.imports.create({ sessionDir: at('one'), reference: 'one' });
    await client.datasets.add({ path: at('a'), session: at('one'), ingest: true });
    const link = client.datasets.add({ path: at('b'), session: at('a') });
    await expect(link).rejects.toMatchObject({ data: { code: 'usage.invalid' } });
    const taken = await client.datasets.add({ path: at('b'), session: at('a'), ingest: true });
    expect(taken.sessions).toMatchObject([{ reference: 'one', linked: false }]);
  });
});

describe('copies by their call', () => {
  it('go to a new folder, into a session, and into a dataset', async () => {
    const { id } = await client.imports.create({ sessionDir: at('one'), reference: 'one', subject: 'a@b' });
    const whole = await client.copies.copy({ path: at('one'), to: at('two') });
    expect(whole).toMatchObject({ kind: 'session', id, documents: 2, files: 0 });
    await client.imports.create({ sessionDir: at('three'), reference: 'three' });
    const joined = await client.copies.copy({ path: at('one'), to: at('three') });
    expect(joined).toMatchObject({ kind: 'session', documents: 1 });
    await client.datasets.create({ path: at('ds'), reference: 'ds' });
    const member = await client.copies.copy({ path: at('one'), to: at('ds') });
    expect(member).toMatchObject({ kind: 'dataset', documents: 2 });
    const partly = client.copies.copy({ path: at('one'), to: at('ds'), newIds: true });
    await expect(partly).rejects.toMatchObject({ data: { code: 'usage.invalid' } });
  });

  it('say which rules are broken, and go through unchecked, without files where those are gone', async () => {
    await client.imports.create({ sessionDir: at('one'), reference: 'one', subject: 'a@b' });
    writeFileSync(at('raw'), 'raw');
    const [demo] = (
      await client.edits.create({
        path: at('one'),
        documents: [
          {
            class: 'demoNDI',
            values: { 'demoNDI.value': 7 },
            files: [{ name: 'filename1.ext', location: at('raw') }],
          },
        ],
      })
    ).ids;
    // As a writer without checks would have left it.
    const database = new DatabaseSync(join(at('one'), '.ndi', 'did-sqlite.sqlite'));
    database.exec(`UPDATE docs SET json_code = replace(json_code, '"value": 7', '"value": "seven"')`);
    database.close();
    await client.imports.create({ sessionDir: at('two'), reference: 'two' });
    const request = { path: at('one'), to: at('two'), where: [isDemo] };
    await expect(client.copies.copy(request)).rejects.toMatchObject({
      data: { code: 'document.invalid', recovery: expect.stringContaining('unchecked') as string },
    });
    expect(await client.items.info({ path: at('two') })).toMatchObject({ documents: { total: 1 } });
    for (const name of readdirSync(join(at('one'), '.ndi', 'files'))) rmSync(join(at('one'), '.ndi', 'files', name));
    rmSync(at('raw'));
    const gone = client.copies.copy({ ...request, unchecked: true });
    await expect(gone).rejects.toMatchObject({ data: { code: 'document.fileMissing' } });
    const copy = await client.copies.copy({ ...request, unchecked: true, withoutFiles: true });
    expect(copy).toMatchObject({ documents: 1, files: 0, ids: [demo] });
    expect(copy.problems).toMatchObject([{ id: demo, class: 'demoNDI', field: 'demoNDI.value' }]);
    const report = await client.edits.validate({ path: at('two') });
    expect(report).toMatchObject({ ok: false, found: 1, problems: [{ id: demo }] });
    await client.datasets.create({ path: at('ds'), reference: 'published' });
    const taken = { path: at('ds'), session: at('two'), ingest: true };
    await expect(client.datasets.add(taken)).rejects.toMatchObject({ data: { code: 'document.invalid' } });
    expect(await client.datasets.add({ ...taken, unchecked: true })).toMatchObject({ sessions: [{ documents: 2 }] });
  });

  it('leave nothing behind where they fail', async () => {
    mkdirSync(at('empty'));
    const copy = client.copies.copy({ path: at('empty'), to: at('copy') });
    await expect(copy).rejects.toMatchObject({ data: { code: 'session.notFound' } });
    expect(existsSync(at('copy'))).toBe(false);
  });
});
