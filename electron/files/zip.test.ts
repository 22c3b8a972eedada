import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { formatFault } from '../formats/file-faults.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../signal/fuzz-support.ts';
import { readZip, ZipFault } from './zip-reader.ts';
import { StoredZip, zipOf } from './zip-writer.ts';

const folder = temporaryFolder();
const hasPython = spawnSync('python3', ['--version']).status === 0;

async function bytesOf(zip: StoredZip): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of zip.chunks()) parts.push(part);
  return Buffer.concat(parts);
}

const entry = (name: string, content: Uint8Array) => ({
  name,
  sizeBytes: content.byteLength,
  async *chunks() {
    for (let at = 0; at < content.byteLength; at += 700) yield await Promise.resolve(content.subarray(at, at + 700));
  },
});

describe('zip archives', () => {
  it('say their size beforehand and are read back', async () => {
    const contents = fc.dictionary(fc.stringMatching(/^[a-zä]\w{0,9}$/), fc.uint8Array({ maxLength: 3000 }));
    await fc.assert(
      fc.asyncProperty(contents, async (held) => {
        const zip = new StoredZip(Object.entries(held).map(([name, content]) => entry(name, content)));
        const archive = await bytesOf(zip);
        expect(archive.length).toBe(zip.sizeBytes);
        const back = [...readZip(archive, 10_000)].map(({ name, content }) => [name, new Uint8Array(content)]);
        expect(back).toEqual(Object.entries(held));
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(!hasPython)('are whole for another program', async () => {
    const archive = await bytesOf(
      new StoredZip([entry('a', Buffer.from('one')), entry('b', Buffer.alloc(100_000, 7))]),
    );
    writeFileSync(join(folder, 'stored.zip'), archive);
    writeFileSync(join(folder, 'packed.zip'), zipOf({ 'c.json': Buffer.from('[1]'), 'd/e.json': Buffer.from('[12]') }));
    const script = `
import sys, zipfile
for name in sys.argv[1:]:
    z = zipfile.ZipFile(name); assert z.testzip() is None
    print([(i.filename, i.file_size) for i in z.infolist()])`;
    const run = spawnSync('python3', ['-c', script, join(folder, 'stored.zip'), join(folder, 'packed.zip')]);
    expect(run.stderr.toString()).toBe('');
    expect(run.stdout.toString()).toBe("[('a', 3), ('b', 100000)]\n[('c.json', 3), ('d/e.json', 4)]\n");
  });

  it('G5: compressed once more on their way are understood; damaged ones are refused, never misread', () => {
    const archive = zipOf({ 'documents.json': Buffer.from(JSON.stringify({ a: 'x'.repeat(500) })) });
    expect([...readZip(gzipSync(archive), 1e6)].map(({ name }) => name)).toEqual(['documents.json']);
    const whole = archive.toString('base64');
    for (let cut = 0; cut < archive.length; cut += 1) {
      expect(() => [...readZip(archive.subarray(0, cut), 1e6)]).toThrow(ZipFault);
    }
    for (let at = 0; at < archive.length; at += 1) {
      const damaged = Buffer.from(whole, 'base64');
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      try {
        for (const { content } of readZip(damaged, 1e6)) expect(content.length).toBe(508);
      } catch (error) {
        expect(error).toBeInstanceOf(ZipFault);
      }
    }
  });

  it(
    `are read or refused however they are damaged (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const contents = { 'a.json': Buffer.from(JSON.stringify({ a: 'x'.repeat(500) })), b: Buffer.alloc(300, 7) };
      const path = join(folder, 'fuzz.zip');
      writeFileSync(path, zipOf(contents));
      return fuzzReader([path], (damaged) => {
        try {
          const whole = Object.values(contents).map(String);
          for (const { content } of readZip(readFileSync(damaged), 1e6)) expect(whole).toContain(String(content));
        } catch (error) {
          if (!(error instanceof ZipFault)) throw error;
          throw formatFault('format.invalid', damaged, error.message);
        }
      });
    },
    fuzzMs,
  );

  it('G5: names that lead elsewhere are refused', () => {
    for (const name of ['../u1', 'sub/u1', 'C:\\u1', '..']) {
      expect(() => [...readZip(zipOf({ [name]: Buffer.from('x') }), 100)]).toThrow(ZipFault);
    }
    expect(() => [...readZip(zipOf({ bomb: Buffer.alloc(1e6) }), 1000)]).toThrow(/too large/);
  });

  it('notice an entry that changes while it is read', async () => {
    const grown = { ...entry('a', Buffer.from('longer')), sizeBytes: 3 };
    await expect(bytesOf(new StoredZip([grown]))).rejects.toThrow(/grew/);
    const shrunk = { ...entry('a', Buffer.from('x')), sizeBytes: 3 };
    await expect(bytesOf(new StoredZip([shrunk]))).rejects.toThrow(/shrank/);
  });
});
