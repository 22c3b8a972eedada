import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MatrixDescription } from '../../../shared/contract/raw-matrix.ts';
import { createServices, type Services } from '../services.ts';
import { createSession } from './create.ts';
import { describeMatrix, matrixOf } from './raw-matrix.ts';
import { scanForImport } from './scan.ts';
import { asSession, hashTree, newFolder, removeFolders, writeIntan } from './testing/made-recordings.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));

const description: MatrixDescription = {
  ...{ format: 'binary-matrix', channels: 2, type: 'int16', byteOrder: 'little-endian', sampleRate: 1000 },
  ...{ skip: 4, order: 'sample', gain: 0.5, offset: 0, units: 'uV' },
};

/** Four bytes of a header and ten samples of two channels. */
function writeMatrix(path: string): string {
  const words = Int16Array.from({ length: 20 }, (_, index) => index);
  writeFileSync(path, Buffer.concat([Buffer.from('head'), Buffer.from(words.buffer)]));
  return path;
}

const read = async (source: { path: string; matrix?: MatrixDescription }) =>
  (await services.signals.read({ source, channels: 'ai2', from: 0, to: 3, unit: 'samples' })).data[0];

describe('a file that somebody says is a raw matrix', () => {
  it('is tried without a byte written', async () => {
    const file = writeMatrix(join(newFolder(), 'run.xyz'));
    const source = { path: file, matrix: description };
    expect(await read(source)).toEqual([0.5, 1.5, 2.5]);
    expect((await services.signals.describe(source)).segments).toMatchObject([{ samples: 10, t1: 0.009 }]);
    await expect(read({ path: file, matrix: { ...description, skip: 100 } })).rejects.toMatchObject({
      code: 'format.truncated',
    });
    expect(matrixOf(file)).toEqual({ file, sizeBytes: 44, description: null });
    expect(existsSync(`${file}.json`)).toBe(false);
  });

  it('is found by every scan from then on, whatever its name, and becomes an epoch', async () => {
    const folder = newFolder();
    const files = ['a.xyz', 'b.xyz', 'c.log'].map((name) => writeMatrix(join(folder, name)));
    const before = hashTree(folder);
    expect((await scanForImport(services, { folder })).recordings).toEqual([]);
    await describeMatrix(services, { files, description });
    const scan = await scanForImport(services, { folder });
    expect(scan.recordings.map(({ key, format, channelList }) => [key, format, channelList])).toEqual(
      files.map((file) => [basename(file), 'binary-matrix', 'ai1-2']),
    );
    expect(scan.recordings[0]?.why[0]).toContain('a.xyz.json beside it says');
    expect(hashTree(folder)).toMatchObject(before);
    const info = asSession(
      await createSession(services, { sessionDir: folder, reference: 'r', from: folder, exclude: ['c.log'] }),
    );
    expect(info.epochs.map((epoch) => [epoch.device, basename(epoch.files[0] ?? '')])).toEqual([
      ['binarymatrix1', 'a.xyz'],
      ['binarymatrix1', 'b.xyz'],
    ]);
    const source = { path: folder, device: 'binarymatrix1', epoch: info.epochs[1]?.epochId ?? '' };
    const { data } = await services.signals.read({ source, channels: 'ai1', from: 0, to: 2, unit: 'samples' });
    expect(data).toEqual([[0, 1]]);
  });

  it('is so although its bytes look like something else, until that is taken back', async () => {
    const folder = newFolder();
    const file = join(folder, 'a.rhd');
    await writeIntan(file);
    expect((await services.signals.describe({ path: file })).format).toBe('intan-rhd');
    await describeMatrix(services, { files: [file], description });
    const info = await services.signals.describe({ path: file });
    expect(info.format).toBe('binary-matrix');
    expect(info.why).toContain('Its content also looks like Intan RHD2000.');
    expect(matrixOf(file).description).toEqual(description);
    await describeMatrix(services, { files: [file], description: null });
    expect((await services.signals.describe({ path: file })).format).toBe('intan-rhd');
    expect(existsSync(`${file}.json`)).toBe(false);
  });

  it('is refused where another text has the name, where a file is too short, and for folders: then none is written', async () => {
    const folder = newFolder();
    const [first, second] = ['a.xyz', 'b.xyz'].map((name) => writeMatrix(join(folder, name))) as [string, string];
    const short = join(folder, 'short.xyz');
    writeFileSync(short, 'abc');
    const code = (files: string[]) =>
      describeMatrix(services, { files, description }).catch((error: unknown) => (error as { code: string }).code);
    expect(await code([first, short])).toBe('format.truncated');
    writeFileSync(`${second}.json`, '{"mine": true}');
    expect(await code([first, second])).toBe('path.notEmpty');
    await expect(describeMatrix(services, { files: [second], description: null })).rejects.toMatchObject({
      code: 'path.notEmpty',
    });
    expect(await code([folder])).toBe('format.unsupported');
    expect(await code([join(folder, 'missing')])).toBe('path.missing');
    expect(existsSync(`${first}.json`)).toBe(false);
    expect(readFileSync(`${second}.json`, 'utf8')).toBe('{"mine": true}');
  });
});
