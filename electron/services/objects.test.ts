import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileUid } from '../../shared/model/document-files.ts';
import { inDatabase } from '../ndi/testing/database-file.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { makeDemo } from './demo/demo.ts';
import { createDirectClient } from './router.ts';
import { createServices } from './services.ts';

const folder = temporaryFolder();
const services = createServices({ door: 'cli', dataFolder: join(folder, 'app') });
const { objects, documents, edits, elements, signals, items } = createDirectClient(services);
const path = join(folder, 'demo');
beforeAll(async () => {
  await makeDemo(services, { folder: path, seed: 3 });
});
afterAll(async () => {
  await services.close();
  cleanUp();
});

const one = async (isa: string) => (await documents.list({ path, isa, limit: 1 })).documents[0]?.id ?? '';

describe('objects by their calls', () => {
  it('tell what a document stands for', async () => {
    const system = await objects.ofDocument({ path, id: await one('daqsystem') });
    expect(system).toMatchObject({ kind: 'daqsystem', known: true });
    const subject = objects.ofDocument({ path, id: await one('subject') });
    await expect(subject).rejects.toMatchObject({ data: { code: 'document.invalid' } });
  });

  it('find whose a stored file is', async () => {
    const id = await one('stimulus_presentation');
    const { document } = await documents.get({ path, id });
    const uid = fileUid(document as never, 'presentation_time.bin');
    expect(await objects.ownerOfFile({ path, uid })).toMatchObject({
      document: { id },
      name: 'presentation_time.bin',
      sizeBytes: expect.any(Number) as number,
    });
    expect(await objects.ownerOfFile({ path, uid: 'nobody' })).toBeNull();
  });

  it('find files of documents and of epochs by a part of their name or of the epoch’s id', async () => {
    const info = await items.info({ path });
    const epoch = info.kind === 'session' ? info.epochs[0] : undefined;
    const ofEpoch = await objects.findFiles({ path, text: epoch?.epochId.toUpperCase() ?? '' });
    const own = ofEpoch.matches.filter(({ kind }) => kind === 'epoch');
    expect(own.map((match) => match.path)).toEqual(epoch?.files);
    expect(own[0]).toMatchObject({ device: epoch?.device, isThere: true });
    const { matches, more } = await objects.findFiles({ path, text: 'presentation_TIME' });
    expect([matches.length, more]).toEqual([3, false]);
    expect(matches[0]).toMatchObject({ kind: 'document', document: { class: 'stimulus_presentation' } });
    expect(await objects.findFiles({ path, text: 'nothing of the kind' })).toEqual({ matches: [], more: false });
  });

  it('look at tables and recordings before they become an epoch', async () => {
    const table = join(folder, 'look.tsv');
    writeFileSync(table, 'time\tx\ty\n1\t2\t3\n1.5\tNaN\t\n');
    expect(await objects.readSamples({ file: table })).toEqual({
      ...{ file: table, kind: 'table', sheets: [], sheet: '', columns: ['time', 'x', 'y'], total: 2, sampleRate: null },
      ...{ fromSec: 1, toSec: 1.5 },
      rows: [
        ['1', '2', '3'],
        ['1.5', 'NaN', ''],
      ],
    });
    const raw = join(folder, 'run.dat');
    writeFileSync(raw, new Uint8Array(Int16Array.from({ length: 400 }, (_, at) => at).buffer));
    const description = { format: 'binary-matrix', channels: 2, type: 'int16', byteOrder: 'little-endian' };
    writeFileSync(`${raw}.json`, JSON.stringify({ ...description, sampleRate: 100, gain: 0.5, units: 'mV' }));
    const look = await objects.readSamples({ file: raw });
    expect(look).toMatchObject({ kind: 'recording', total: 200, fromSec: 0, toSec: 1.99, sampleRate: 100 });
    expect([look.columns, look.rows[3]]).toEqual([
      ['time', 'ai1', 'ai2'],
      ['0.03', '3', '3.5'],
    ]);
    const refused = (text: string) => {
      writeFileSync(table, text);
      return expect(objects.readSamples({ file: table })).rejects;
    };
    await refused('time,x\n2,1\n1,1\n').toMatchObject({ data: { code: 'format.invalid' } });
    await refused('time,x\nsoon,1\n').toMatchObject({ data: { code: 'format.invalid' } });
    await refused('time\n1\n').toMatchObject({ data: { code: 'format.invalid' } });
    await refused('').toMatchObject({ data: { code: 'format.empty' } });
  });

  it('add an epoch with samples to a derived element, which is read back, and taken back', async () => {
    const all = await elements.list({ path });
    const probe = all.find((candidate) => candidate.probe && candidate.id !== null);
    const { ids } = await edits.create({
      path,
      documents: [
        {
          class: 'element',
          values: {
            'element.ndi_element_class': 'ndi.element.timeseries',
            'element.name': 'filtered',
            'element.reference': 1,
            'element.type': 'filtered',
            'element.direct': 0,
          },
          dependencies: {
            subject_id: await one('subject'),
            ...(probe?.id === null || probe === undefined ? {} : { underlying_element_id: probe.id }),
          },
        },
      ],
    });
    const table = join(folder, 'samples.csv');
    writeFileSync(table, ['time,value', ...Array.from({ length: 11 }, (_, at) => `${at / 10},${at * at}`)].join('\n'));
    const request = {
      path,
      element: 'filtered | 1',
      epochId: 'own',
      clocks: [{ type: 'dev_local_time', t0: 0, t1: 1 }],
      table,
    };
    await objects.addEpoch(request);
    const found = (await elements.list({ path })).find(({ id }) => id === ids[0]);
    expect(found?.epochs).toMatchObject([{ epochId: 'own', device: null, clocks: [{ t0: 0, t1: 1 }] }]);
    await expect(objects.addEpoch(request)).rejects.toMatchObject({ data: { code: 'document.duplicate' } });
    const source = { path, element: 'filtered | 1', epoch: 'own' };
    const read = await signals.read({ source, channels: 'all', from: 0, to: 1, unit: 'seconds' });
    expect(read.channels).toMatchObject([{ name: 'ai1', sampleRate: 10 }]);
    await edits.undo({ path });
    expect((await elements.list({ path })).find(({ id }) => id === ids[0])?.epochs).toEqual([]);
    const reversed = objects.addEpoch({ ...request, clocks: [{ type: 'dev_local_time', t0: 2, t1: 1 }] });
    await expect(reversed).rejects.toMatchObject({ data: { code: 'usage.invalid' } });
    const direct = objects.addEpoch({ ...request, element: probe?.id ?? '' });
    await expect(direct).rejects.toMatchObject({ data: { code: 'usage.invalid' } });
    writeFileSync(table, 'time,value\n0,many\n');
    await expect(objects.addEpoch(request)).rejects.toMatchObject({ data: { code: 'format.invalid' } });
  });

  it('leave an element out whose reference is no number, and say so', async () => {
    inDatabase(path, (database) =>
      database.exec(`UPDATE docs SET json_code = replace(json_code, '"reference": 2', '"reference": "two"')`),
    );
    const info = await items.info({ path });
    expect(info.problems.map(({ message }) => message).join()).toContain('its reference is no number');
  });
});
