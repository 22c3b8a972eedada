import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNs5, writeRhd } from '../../bench/generate.ts';
import { startDataWorkers, type DataWorkers } from './data-workers.ts';

let folder = '';
let workers: DataWorkers;
const path = (...parts: string[]) => join(folder, ...parts);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-workers-'));
  workers = startDataWorkers({ threads: 2 });
  // Long enough that a view of the whole is split over the threads.
  writeNs5(path('long.ns5'), 32, 40e6);
  writeRhd(path('short.rhd'), 8, 1e6);
});
afterAll(async () => {
  await workers.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('reading by worker threads', () => {
  it('describes, and gives the same values by every road', async () => {
    const info = await workers.describe(path('long.ns5'));
    expect(info.channels.length).toBe(33);
    const end = (info.segments[0]?.t1 ?? 0) + 1 / 30_000;
    const envelope = await workers.envelope(path('long.ns5'), { channels: 'ai1-3', t0: 0, t1: end, columns: 10 });
    const view = await workers.view(path('long.ns5'), { channels: 'ai1-3', t0: 0, t1: end, columns: 10 });
    const { data, release } = await workers.readArrays(path('long.ns5'), {
      channels: 'ai3',
      from: 0,
      to: info.segments[0]?.samples ?? 0,
      unit: 'samples',
    });
    const third = Math.ceil(((data[0]?.length ?? 0) / 10) * 3);
    const column = data[0]?.subarray(third, Math.ceil((data[0].length / 10) * 4)) ?? new Float64Array(0);
    expect(envelope.channels[2]?.min[3]).toBe(column.reduce((a, b) => Math.min(a, b)));
    release();
    const run = view.header.channels[2]?.runs[0];
    expect(run?.count).toBe(10);
    expect(view.body[(run?.at ?? 0) + 3]).toBe(Math.fround(envelope.channels[2]?.min[3] ?? NaN));
    expect(view.body[(run?.at ?? 0) + 13]).toBe(Math.fround(envelope.channels[2]?.max[3] ?? NaN));
  });

  it('reads long ranges by all threads into memory that is used again once it is released', async () => {
    const query = (from: number) => ({ channels: 'ai4,ai2', from, to: from + 300_000, unit: 'samples' as const });
    const first = await workers.readArrays(path('long.ns5'), query(0));
    const piece = await workers.readArrays(path('long.ns5'), { ...query(0), from: 299_000 });
    expect(first.channels.map(({ name }) => name)).toEqual(['ai4', 'ai2']);
    first.data.forEach((values, index) => expect(values.slice(299_000)).toEqual(piece.data[index]));
    const memory = first.data[0]?.buffer;
    const before = first.data.map((values) => values.slice());
    first.release();
    first.release();
    expect(workers.cacheBytes()).toBeGreaterThan(4_800_000);
    const second = await workers.readArrays(path('long.ns5'), query(7));
    expect(second.data[0]?.buffer).toBe(memory);
    const third = await workers.readSingles(path('long.ns5'), query(7));
    expect(third.data[0]?.buffer).not.toBe(memory);
    second.data.forEach((values, index) => {
      expect(values.subarray(0, 299_993)).toEqual(before[index]?.subarray(7));
      expect(third.data[index]).toEqual(Float32Array.from(values));
    });
    second.release();
  });

  it('shows samples instead of columns where there are few, with one more at each end', async () => {
    const view = await workers.view(path('short.rhd'), { channels: 'ai2', t0: 0.01, t1: 0.02, columns: 1000 });
    const run = view.header.channels[0]?.runs[0];
    expect(view.header.channels[0]?.mode).toBe('samples');
    expect(run?.count).toBe(302);
    expect(run?.t0).toBeCloseTo(0.01 - 1 / 30_000, 12);
    const read = await workers.read(path('short.rhd'), { channels: 'ai2', from: 299, to: 601, unit: 'samples' });
    expect([...view.body]).toEqual(read.data[0]?.map((value) => Math.fround(value ?? NaN)));
  });

  it('shifts times where a session has another origin', async () => {
    const plain = { channels: 'ai1', from: 0, to: 0.001, unit: 'seconds' as const };
    const shifted = { ...plain, from: 100, to: 100.001, timeShift: 100 };
    const [a, b] = [await workers.read(path('short.rhd'), plain), await workers.read(path('short.rhd'), shifted)];
    expect(b.data).toEqual(a.data);
    expect(b.t0).toBe(100);
  });

  it.each([
    [{ channels: 'ai99', t0: 0, t1: 1, columns: 10 }, 'channel.notFound'],
    [{ channels: 'ai3-1', t0: 0, t1: 1, columns: 10 }, 'usage.invalid'],
    [{ channels: 'ai1', t0: 1, t1: 1, columns: 10 }, 'range.invalid'],
    [{ channels: 'ai1', t0: 0, t1: NaN, columns: 10 }, 'range.invalid'],
    [{ channels: 'ai1', t0: 0, t1: 1, columns: 0 }, 'range.invalid'],
  ])('refuses %j with %s', async (query, code) => {
    await expect(workers.view(path('short.rhd'), query)).rejects.toMatchObject({ code });
    await expect(workers.envelope(path('short.rhd'), query)).rejects.toMatchObject({ code });
  });

  it('refuses more values than one call gives', async () => {
    const query = { channels: 'all', from: 0, to: 1e9, unit: 'samples' as const };
    writeNs5(path('wide.ns5'), 128, 45e6);
    await expect(workers.read(path('wide.ns5'), query)).rejects.toMatchObject({ code: 'range.tooLarge' });
    const one = await workers.read(path('wide.ns5'), { ...query, channels: 'ai128' });
    expect(one.data[0]?.length).toBe(177_000);
  });

  it('stops when it is told to', async () => {
    const query = { channels: 'all', t0: 0, t1: 20, columns: 500 };
    const cancelled = AbortSignal.abort();
    await expect(workers.view(path('long.ns5'), query, cancelled)).rejects.toMatchObject({ code: 'app.cancelled' });
    const stop = new AbortController();
    const running = Array.from({ length: 20 }, () => workers.view(path('long.ns5'), query, stop.signal));
    stop.abort();
    const results = await Promise.allSettled(running);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(workers.describe(path('long.ns5'))).resolves.toMatchObject({ format: 'blackrock' });
  });
});

describe('faults of files', () => {
  it('says that a path is missing, and that it has vanished once it was open', async () => {
    await expect(workers.describe(path('none.ns5'))).rejects.toMatchObject({ code: 'path.missing' });
    writeNs5(path('gone.ns5'), 4, 1e5);
    const one = startDataWorkers({ threads: 1 });
    await one.describe(path('gone.ns5'));
    rmSync(path('gone.ns5'));
    const query = { channels: 'ai1', t0: 0, t1: 1, columns: 10 };
    await expect(one.view(path('gone.ns5'), query)).rejects.toMatchObject({ code: 'path.vanished' });
    await one.close();
  });

  it('reads the new content of a file that was replaced', async () => {
    writeNs5(path('same.ns5'), 4, 1e5);
    const before = await workers.describe(path('same.ns5'));
    writeNs5(path('other.ns5'), 6, 2e5);
    renameSync(path('other.ns5'), path('same.ns5'));
    const after = await Promise.all([1, 2, 3, 4].map(() => workers.describe(path('same.ns5'))));
    expect(before.channels.length).toBe(5);
    expect(after.map(({ channels }) => channels.length)).toEqual([7, 7, 7, 7]);
  });

  it.each(['with "quotes" and \'more\'.ns5', 'Zürich 脳波 😀.ns5', `${'n'.repeat(246)}.ns5`])(
    'opens %s',
    async (name) => {
      if (process.platform === 'win32' && name.includes('"')) return;
      writeNs5(path(name), 4, 1e5);
      expect((await workers.recognise(path(name))).map((sniff) => sniff.path)).toEqual([path(name)]);
      expect((await workers.describe(path(name))).channels.length).toBe(5);
    },
  );

  it('tells what a file is that it cannot read', async () => {
    writeFileSync(path('text.rhd'), 'not a recording at all');
    await expect(workers.describe(path('text.rhd'))).rejects.toMatchObject({
      code: 'format.invalid',
      message: expect.stringContaining('plain text') as string,
    });
    writeFileSync(path('notes.txt'), 'notes');
    expect(await workers.recognise(path('notes.txt'))).toEqual([]);
    await expect(workers.describe(path('notes.txt'))).rejects.toMatchObject({ code: 'format.unknown' });
    await expect(workers.describe(folder)).rejects.toMatchObject({ code: 'format.unknown' });
  });

  it('recognises content under another name', async () => {
    writeRhd(path('renamed.bin'), 4, 1e5);
    const [sniff] = await workers.recognise(path('renamed.bin'));
    expect(sniff?.format).toBe('intan-rhd');
    expect(sniff?.why.join(' ')).toContain('does not say so');
  });

  it('closes handles so that files can go', async () => {
    writeNs5(path('held.ns5'), 4, 1e5);
    await workers.view(path('held.ns5'), { channels: 'ai1', t0: 0, t1: 1, columns: 10 });
    const before = workers.cacheBytes();
    await workers.clearCaches();
    rmSync(path('held.ns5'));
    expect(workers.cacheBytes()).toBeLessThan(before);
  });
});

describe('scanning folders', () => {
  it('looks at 20,000 files in a few seconds, reports and goes on past faults', async () => {
    const root = path('scan');
    for (let index = 0; index < 200; index++) {
      const part = join(root, `part ${index}`);
      mkdirSync(part, { recursive: true });
      for (let file = 0; file < 100; file++)
        closeSync(openSync(join(part, `f${file}.${file % 2 ? 'rhd' : 'dat'}`), 'w'));
    }
    writeNs5(join(root, 'part 7', 'a.ns5'), 4, 1e5);
    writeRhd(join(root, 'part 8', 'b.rhd'), 4, 1e5);
    writeFileSync(join(root, 'part 9', 'bad.ns5'), Buffer.concat([Buffer.from('NEURALCD'), Buffer.alloc(40)]));
    writeFileSync(join(root, '.hidden'), '');
    mkdirSync(join(root, '.git'));
    symlinkSync(root, join(root, 'part 3', 'round and round'));
    symlinkSync(join(root, 'nowhere'), join(root, 'part 3', 'broken'));
    const seen: number[] = [];
    const scan = await workers.scanFolder(root, { onProgress: ({ files }) => seen.push(files) });
    expect(scan.files).toBe(20_003);
    expect(scan.folders).toBe(201);
    expect(scan.hidden).toBe(2);
    expect(scan.recordings.map((found) => [found.path.slice(root.length + 1), 'info' in found])).toEqual([
      [join('part 7', 'a.ns5'), true],
      [join('part 8', 'b.rhd'), true],
      [join('part 9', 'bad.ns5'), false],
    ]);
    expect(scan.problems.map(({ paths }) => paths[0])).toEqual([join(root, 'part 3', 'broken')]);
    expect(scan.nearMisses.length).toBe(1000);
    expect(seen.length).toBeGreaterThan(0);
    expect(scan.elapsedMs).toBeLessThan(20_000);
  });

  it('can be cancelled and refuses what is no folder', async () => {
    const stop = new AbortController();
    const scanning = workers.scanFolder(path('scan'), { onProgress: () => stop.abort(), signal: stop.signal });
    await expect(scanning).rejects.toMatchObject({ code: 'app.cancelled' });
    await expect(workers.scanFolder(path('nowhere'))).rejects.toMatchObject({ code: 'path.missing' });
  });
});
